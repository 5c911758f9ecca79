import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import type { TriageDeps } from './deps.ts'
import { measureLabels } from './measurements/measure-labels.ts'
import { actsOnlyWhereMeasured } from './measurements/measurement.ts'
import { findBreaches, SLA_JOB } from './sla/find-breaches.ts'
import { continueSweep, reconsiderDue, SWEEP_JOB, type SweepPosition, startSweep } from './sweep.ts'
import { RECONSIDER_JOB, triageThreads } from './triage-threads.ts'

/** How long the labels of a running import gather before all threads are routed again. */
const GATHERING_MS = 5_000
/** How long triaged threads gather before the audit slice is read again, which takes the longer the larger it is. */
const MEASURING_MS = 60_000

/** Keeps predictions and routing in step with threads, labels, models, rules and time. */
export function triageJobs(deps: TriageDeps): JobHandler[] {
  return [
    on('threads.changed', {
      type: 'triage.classify-threads',
      payload: ({ threadIds }) => ({ threadIds }),
      perform: ({ threadIds }, signal) => triageThreads(deps, threadIds, { signal }),
    }),
    on('label.corrected', {
      type: 'triage.reroute-labelled',
      perform: ({ threadId }, signal) => triageThreads(deps, [threadId], { fresh: false, signal }),
    }),
    // Rules may ask for views; what a thread says is as it was.
    on('threads.viewed', {
      type: 'triage.reroute-viewed',
      perform: ({ threadIds }, signal) => triageThreads(deps, threadIds, { fresh: false, signal }),
    }),
    on(['model.activated', 'budget.changed', 'protection.changed'], {
      type: 'triage.start-sweep',
      perform: (event) =>
        deps.db.transaction(async () => {
          // A version may take over again: what it changed the time before is another story.
          if ('versionId' in event) await deps.changes.forget(event.versionId, event.activatedAt)
          await startSweep(deps)
        }),
    }),
    on(['labels.imported', 'annotations.revised'], {
      type: 'triage.sweep-labelled',
      debounceMs: GATHERING_MS,
      payload: () => ({}),
      perform: () => startSweep(deps),
    }),
    on(['label.corrected', 'annotations.revised', 'budget.changed', 'costs.changed'], {
      type: 'triage.measure-labels',
      payload: ({ facet }) => (actsOnlyWhereMeasured(facet) ? {} : undefined),
      perform: () => measureLabels(deps),
    }),
    // What a version assigns is known once its predictions are there.
    on('threads.triaged', {
      type: 'triage.measure-triaged',
      debounceMs: MEASURING_MS,
      // Posts arrive all day: people do not wait for it.
      bulk: true,
      payload: () => ({}),
      perform: () => measureLabels(deps),
    }),
    {
      type: SWEEP_JOB,
      bulk: true,
      perform: (position: SweepPosition, signal) => continueSweep(deps, position, signal),
    },
    {
      type: RECONSIDER_JOB,
      perform: (_, signal) => reconsiderDue(deps, signal),
    },
    {
      type: SLA_JOB,
      perform: (_, signal) => findBreaches(deps, signal),
    },
  ]
}
