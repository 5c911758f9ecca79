import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/test-run.ts'],
    // Time is no promise of any test: whatever hangs fails, however many other processes the machine has.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Among seven thousand tests one that fails by chance is found in CI: there it is run once more, and named at the end.
    retry: process.env.ENTRAIDE_TEST_MATRIX === 'full' ? 1 : 0,
    reporters: ['default', './test/support/flaky-tests.ts'],
    pool: 'forks',
    // Modules are loaded once a worker: nothing of the project keeps state in one, and loading took most of the time.
    isolate: false,
    // A fifth of the time is spent waiting for processes and databases: one worker more than cores fills it.
    maxWorkers: availableParallelism() + 1,
  },
})
