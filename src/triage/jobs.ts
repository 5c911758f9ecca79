import type { JobHandler } from '../platform/jobs/job-runner.ts'
import type { TriageDeps } from './deps.ts'
import { continueSweep, reconsiderDue, SWEEP_JOB, type SweepPosition, startSweep } from './sweep.ts'

import { RECONSIDER_JOB, triageThreads } from './triage-threads.ts'

const START_SWEEP = 'triage.start-sweep'
/** How long the labels of a running import gather before all threads are routed again. */
const GATHERING_MS = 5_000

/** Keeps predictions and routing in step with threads, labels, models, rules and time. */
export function triageJobs(deps: TriageDeps): JobHandler[] {
  return [
    {
      type: 'triage.classify-imported',
      on: ['threads.changed'],
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
      // Rules may ask for views; what a thread says is as it was.
      type: 'triage.reroute-viewed',
      on: ['threads.viewed'],
      perform: (payload, signal) =>
        triageThreads(deps, (payload as { threadIds: string[] }).threadIds, { fresh: false, signal }),
    },
    {
      type: START_SWEEP,
      on: ['model.activated', 'budget.changed'],
      perform: () => startSweep(deps),
    },
    {
      type: 'triage.gather-labels',
      on: ['labels.imported', 'annotations.revised'],
      perform: () =>
        deps.jobs.enqueue({
          type: START_SWEEP,
          dedupeKey: START_SWEEP,
          runAt: new Date(deps.clock.now().getTime() + GATHERING_MS),
        }),
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
