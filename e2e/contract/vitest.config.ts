import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// One suite for the fake and for a real cloud: with OS_AUTH_URL it asks that one, without it starts the fake.
// What the vendors of other clouds document runs against the fake alone: a real IMS or ECL cannot be had here.
const documented = process.env.OS_AUTH_URL ? [] : ['e2e/contract/documented/*.contract.ts']

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['e2e/contract/*.contract.ts', ...documented],
    globalSetup: ['e2e/contract/global-setup.ts'],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
