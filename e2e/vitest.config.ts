import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: /^server-only$/, replacement: fileURLToPath(new URL('tools/empty.ts', import.meta.url)) },
    ],
  },
  test: {
    include: ['{app,components,lib,e2e}/**/*.test.{ts,tsx,mjs}'],
    exclude: [...configDefaults.exclude, 'e2e/contract/**'],
    environment: 'node',
    // The sum at the end quotes messages, so they have to be whole.
    chaiConfig: { truncateThreshold: 0 },
    maxWorkers: 2,
    // A database in WebAssembly takes its time to start.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
