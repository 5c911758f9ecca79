import { setImmediate } from 'node:timers/promises'
import type { CandidateDeps } from '../deps.ts'

const MONTH_MS = 30 * 86_400_000
/** Those asked for most often; what comes after them was hardly asked for twice. */
const MOST_SEARCHES = 2_000

type CountDeps = Pick<CandidateDeps, 'clock' | 'candidates' | 'search'>

/**
 * How many searches of the last thirty days found no article and ask for a candidate, by its id. A search counts for
 * one candidate at most: that of the thread whose question fits it best.
 */
export async function countFailedSearches(
  { clock, candidates, search }: CountDeps,
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const since = new Date(clock.now().getTime() - MONTH_MS).toISOString().slice(0, 10)
  for (const failed of await search.log.mostFrequentFailed(since, MOST_SEARCHES)) {
    await setImmediate()
    signal?.throwIfAborted()
    const threadIds = await search.threadsAsking(failed)
    const memberships = await candidates.membershipsOf(threadIds)
    const candidateOf = new Map(memberships.map(({ threadId, candidateId }) => [threadId, candidateId]))
    const best = threadIds.find((id) => candidateOf.has(id))
    const asked = best === undefined ? undefined : candidateOf.get(best)
    if (asked !== undefined) counts.set(asked, (counts.get(asked) ?? 0) + failed.count)
  }
  return counts
}
