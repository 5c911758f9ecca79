import type { JobHandler } from '../platform/jobs/job-runner.ts'
import { measureCurve } from './curve/measure-curve.ts'
import type { InsightDeps } from './deps.ts'
import { checkParity } from './parity/check-parity.ts'

const LOOK_AT_PARITY = 'insight.look-at-parity'

const DAY_MS = 86_400_000
/** How long a new version has to speak on the threads that were drawn before it is looked at. */
const SETTLING_MS = 60_000

/** Looks at parity each day, and soon after another version is in force, whose learning curve is measured then. */
export function figureJobs(deps: InsightDeps): JobHandler[] {
  /** One waits at a time: a sooner one brings it forward, a later one leaves it where it is. */
  const checkIn = (ms: number) =>
    deps.jobs.enqueue({
      type: LOOK_AT_PARITY,
      dedupeKey: LOOK_AT_PARITY,
      runAt: new Date(deps.clock.now().getTime() + ms),
    })
  return [
    { type: 'insight.look-after-activation', on: ['model.activated'], perform: () => checkIn(SETTLING_MS) },
    {
      type: 'insight.measure-curve',
      on: ['model.activated'],
      perform: (payload, signal) => measureCurve(deps, (payload as { facet: string }).facet, signal),
    },
    { type: 'insight.look-within-a-day', on: ['label.corrected'], perform: () => checkIn(DAY_MS) },
    {
      type: LOOK_AT_PARITY,
      async perform(_, signal) {
        await checkParity(deps, signal)
        await checkIn(DAY_MS)
      },
    },
  ]
}
