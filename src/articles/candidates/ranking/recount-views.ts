import type { CandidateDeps } from '../deps.ts'
import { viewsAMonth } from '../gather-threads.ts'
import { scoreOf } from './worth.ts'

/** Counts the views of the candidates of these threads again, of which nothing else changed. */
export async function recountViews(deps: CandidateDeps, threadIds: readonly string[]): Promise<void> {
  const touched = await deps.candidates.membershipsOf(threadIds)
  const ids = [...new Set(touched.map(({ candidateId }) => candidateId))]
  if (ids.length === 0) return
  await deps.db.transaction(async () => {
    await deps.candidates.lock()
    const members = await deps.candidates.membersOf(ids)
    const facts = await deps.threads.facts(members.map(({ threadId }) => threadId))
    const views = await viewsAMonth(deps, facts)
    const { weights } = await deps.weights.current()
    for (const candidate of await deps.candidates.of(ids)) {
      const own = members.filter(({ candidateId }) => candidateId === candidate.id)
      const demand = {
        ...candidate.demand,
        views: own.reduce((sum, { threadId }) => sum + (views.get(threadId) ?? 0), 0),
      }
      await deps.candidates.change({
        ...candidate,
        demand,
        score: scoreOf(demand, weights, deps.clock.now()),
      })
    }
  })
}
