import type { JobHandler } from '../platform/index.ts'
import { RUN_IMPORT, runImportJob } from './imports/accept-import.ts'
import { type RunImportDeps, runImport } from './imports/run-import.ts'

/** How long an import waits for another one of the same process to end before it asks again. */
const TURN_MS = 1_000

/** Runs imports of uploads; one at a time in each process, so that the other jobs go on beside it. */
export function threadJobs(deps: RunImportDeps): JobHandler[] {
  let isBusy = false
  return [
    {
      type: RUN_IMPORT,
      async perform(payload, signal) {
        const { importId } = payload as { importId: string }
        if (isBusy) {
          const later = new Date(deps.clock.now().getTime() + TURN_MS)
          await deps.jobs.enqueue(runImportJob(importId, later))
          return
        }
        isBusy = true
        try {
          await runImport(deps, importId, signal)
        } finally {
          isBusy = false
        }
      },
    },
  ]
}
