import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// One suite for the fake and for a real cloud: with OS_AUTH_URL it asks that one, without it starts the fake.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['e2e/contract/*.contract.ts'],
    globalSetup: ['e2e/contract/global-setup.ts'],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
