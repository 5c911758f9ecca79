import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/test-run.ts'],
    // Time is no promise of any test: whatever hangs fails, however many other processes the machine has.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // Modules are loaded once a worker: nothing of the project keeps state in one, and loading took most of the time.
    isolate: false,
    // Much of the time is spent waiting for processes and databases: no core is left for those to have for themselves.
    maxWorkers: '100%',
  },
})
