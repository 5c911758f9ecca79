import { type JobHandler, on, singleJob } from '../platform/jobs/job-handler.ts'
import { raiseRefusal } from './alerts/raise-refusal.ts'
import { measureCurve } from './curve/measure-curve.ts'
import type { InsightDeps } from './deps.ts'
import { checkParity } from './parity/check-parity.ts'

const CHECK_PARITY = 'insight.check-parity'

const DAY_MS = 86_400_000
/** How long a new version has to predict the threads that were drawn before parity is checked. */
const PREDICTING_MS = 60_000
/** Versions of one spell of labelling follow each other within minutes: one curve, minutes of work, serves them. */
const GATHERING_VERSIONS_MS = 180_000

/**
 * Checks parity each day, and soon after another version is active, whose learning curve is measured minutes later;
 * raises alerts about refused versions.
 */
export function figureJobs(deps: InsightDeps): JobHandler[] {
  return [
    on(['model.activated', 'label.corrected'], {
      type: CHECK_PARITY,
      bulk: true,
      debounceMs: { 'model.activated': PREDICTING_MS, 'label.corrected': DAY_MS },
      payload: () => ({}),
      async perform(_, signal) {
        await checkParity(deps, signal)
        await deps.jobs.enqueue(singleJob(CHECK_PARITY, {}, new Date(deps.clock.now().getTime() + DAY_MS)))
      },
    }),
    on('model.refused', {
      type: 'insight.raise-refusal',
      perform: (event) => raiseRefusal(deps, event),
    }),
    on('model.activated', {
      type: 'insight.resolve-alerts',
      perform: () => deps.alerts.resolveOutdated(),
    }),
    on('model.activated', {
      type: 'insight.measure-curve',
      bulk: true,
      long: 'idle',
      debounceMs: GATHERING_VERSIONS_MS,
      payload: ({ facet }) => ({ facet }),
      perform: ({ facet }, signal) => measureCurve(deps, facet, signal),
    }),
  ]
}
