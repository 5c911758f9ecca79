import { setImmediate } from 'node:timers/promises'
import { singleJob } from '../../../platform/jobs/job-handler.ts'
import type { CandidateDeps } from '../deps.ts'
import { countFailedSearches } from './count-failed-searches.ts'
import { scoreOf } from './worth.ts'

/** Ranks all candidates anew. */
export const REWEIGH_JOB = 'articles.reweigh-candidates'
const CHUNK = 200
const DAY_MS = 86_400_000
/** Smaller changes of a score move no candidate by more than a place or two. */
const LEAST_CHANGE = 0.001

/** Has all candidates ranked anew a day from now at the latest. */
export async function scheduleReweighing({
  jobs,
  clock,
}: Pick<CandidateDeps, 'jobs' | 'clock'>): Promise<void> {
  await jobs.enqueue(singleJob(REWEIGH_JOB, {}, new Date(clock.now().getTime() + DAY_MS)))
}

type ReweighDeps = Pick<CandidateDeps, 'db' | 'clock' | 'candidates' | 'weights' | 'jobs' | 'search'>

/**
 * Ranks all candidates by the weights in force, as fresh as they are today, from what was counted of them and from
 * the searches that found no article. The job calls for itself again a day later.
 */
export async function reweighCandidates(deps: ReweighDeps, signal?: AbortSignal): Promise<void> {
  await scheduleReweighing(deps)
  const searches = await countFailedSearches(deps, signal)
  for (let after = ''; ; ) {
    await setImmediate()
    signal?.throwIfAborted()
    const last = await deps.db.transaction(async () => {
      await deps.candidates.lock()
      const { weights } = await deps.weights.current()
      const some = await deps.candidates.after(after, CHUNK)
      const ranked = some.map((candidate) => {
        const { id, demand: before, state } = candidate
        const failedSearches = state === 'open' ? (searches.get(id) ?? 0) : before.failedSearches
        const demand = { ...before, failedSearches }
        return { before: candidate, id, demand, score: scoreOf(demand, weights, deps.clock.now()) }
      })
      await deps.candidates.rank(
        ranked.filter(
          ({ before, demand, score }) =>
            demand.failedSearches !== before.demand.failedSearches ||
            Math.abs(score - before.score) > LEAST_CHANGE * before.score,
        ),
      )
      return some.length < CHUNK ? undefined : some.at(-1)?.id
    })
    if (last === undefined) return
    after = last
  }
}
