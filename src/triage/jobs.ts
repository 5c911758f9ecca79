import type { JobHandler } from '../platform/index.ts'
import type { TriageDeps } from './deps.ts'
import { reconsiderDue } from './reconsider-due.ts'
import { continueSweep, SWEEP_JOB, type SweepPosition, startSweep } from './sweep.ts'
import { RECONSIDER_JOB, triageThreads } from './triage-threads.ts'

/** Keeps predictions and routing in step with threads, labels, models, rules and time. */
export function triageJobs(deps: TriageDeps): JobHandler[] {
  return [
    {
      type: 'triage.classify-imported',
      on: ['threads.imported'],
      perform: (payload, signal) =>
        triageThreads(deps, (payload as { threadIds: string[] }).threadIds, { signal }),
    },
    {
      type: 'triage.reroute-labelled',
      on: ['label.corrected'],
      perform: (payload, signal) =>
        triageThreads(deps, [(payload as { threadId: string }).threadId], { fresh: false, signal }),
    },
    {
      type: 'triage.start-sweep',
      on: ['model.activated'],
      perform: () => startSweep(deps),
    },
    {
      type: SWEEP_JOB,
      perform: (payload, signal) => continueSweep(deps, payload as unknown as SweepPosition, signal),
    },
    {
      type: RECONSIDER_JOB,
      perform: (_payload, signal) => reconsiderDue(deps, signal),
    },
  ]
}
