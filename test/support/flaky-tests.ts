import type { Reporter, TestModule } from 'vitest/node'

/** Names, after a run, the tests that passed only when they were run once more, and why: each is a defect of its own. */
export default class FlakyTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const flaky = modules.flatMap((module) =>
      [...module.children.allTests('passed')].filter((test) => test.diagnostic()?.flaky === true),
    )
    if (flaky.length === 0) return
    console.error('\nPassed only when run once more, and to be mended:')
    for (const test of flaky) {
      console.error(`  ${test.module.relativeModuleId} > ${test.fullName}`)
      for (const { message } of test.result().errors ?? []) console.error(`    ${message}`)
    }
  }
}
