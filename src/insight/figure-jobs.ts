import type { JobHandler } from '../platform/index.ts'
import type { InsightDeps } from './deps.ts'
import { lookAtParity } from './look-at-parity.ts'
import { measureCurve } from './measure-curve.ts'

const LOOK_AT_PARITY = 'insight.look-at-parity'

const DAY_MS = 86_400_000
/** How long a new version has to speak on the threads that were drawn before it is looked at. */
const SETTLING_MS = 60_000

/** Looks at parity each day, and soon after another version is in force, whose learning curve is measured then. */
export function figureJobs(deps: InsightDeps): JobHandler[] {
  /** One waits at a time: a sooner one brings it forward, a later one leaves it where it is. */
  const lookIn = (ms: number) =>
    deps.jobs.enqueue({
      type: LOOK_AT_PARITY,
      dedupeKey: LOOK_AT_PARITY,
      runAt: new Date(deps.clock.now().getTime() + ms),
    })
  return [
    { type: 'insight.look-after-activation', on: ['model.activated'], perform: () => lookIn(SETTLING_MS) },
    {
      type: 'insight.measure-curve',
      on: ['model.activated'],
      perform: (payload, signal) => measureCurve(deps, (payload as { facet: string }).facet, signal),
    },
    { type: 'insight.look-within-a-day', on: ['label.corrected'], perform: () => lookIn(DAY_MS) },
    {
      type: LOOK_AT_PARITY,
      async perform(_, signal) {
        await lookAtParity(deps, signal)
        await lookIn(DAY_MS)
      },
    },
  ]
}
