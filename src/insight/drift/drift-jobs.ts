import { CodedError } from '../../platform/errors.ts'
import { type JobHandler, on, singleJob } from '../../platform/jobs/job-handler.ts'
import type { NewJob } from '../../platform/jobs/job-store.ts'
import type { DriftDeps } from './deps.ts'
import { measureFacet } from './measure-facet.ts'
import { takeSnapshot } from './take-snapshot.ts'

const DAILY_JOB = 'insight.drift-daily'
const MEASURE_JOB = 'insight.measure-drift'
/** When a day is measured, in hours of UTC: the day before is over in Europe and the night is quiet. */
const HOUR = 2

/** The job that measures a facet; while one waits, another adds none. */
export function measuringJob(facet: string): NewJob {
  return singleJob(MEASURE_JOB, { facet })
}

/**
 * Takes the snapshot when a model comes in force, and measures each day. The day's job first has itself called for
 * the next, so that no failure ends the row of days; days on which nothing ran are made up for by one measuring.
 */
export function driftJobs(deps: DriftDeps): JobHandler[] {
  return [
    on('model.activated', {
      type: 'insight.take-snapshot',
      bulk: true,
      async perform({ versionId }, signal) {
        await schedule(deps)
        const model = (await deps.models.active()).find((each) => each.versionId === versionId)
        if (model !== undefined) await takeSnapshot(deps, model, signal)
      },
    }),
    {
      type: DAILY_JOB,
      perform: () =>
        deps.db.transaction(async () => {
          await schedule(deps)
          await deps.jobs.enqueueAll((await deps.models.active()).map(({ facet }) => measuringJob(facet)))
        }),
    },
    {
      type: MEASURE_JOB,
      bulk: true,
      async perform({ facet }: { readonly facet: string }, signal) {
        try {
          await measureFacet(deps, { facet, signal })
        } catch (error) {
          // The model was taken out of force while the job waited.
          if (!(error instanceof CodedError && error.code === 'DRIFT_NO_MODEL')) throw error
        }
      },
    },
  ]
}

async function schedule({ jobs, clock }: Pick<DriftDeps, 'jobs' | 'clock'>): Promise<void> {
  await jobs.enqueue(singleJob(DAILY_JOB, {}, nextMeasuring(clock.now())))
}

/** The next such hour. */
function nextMeasuring(now: Date): Date {
  const next = new Date(now)
  next.setUTCHours(HOUR, 0, 0, 0)
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1)
  return next
}
