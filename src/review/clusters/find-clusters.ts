import type { Actor } from '../../access/actor.ts'
import { fourDigits } from '../../platform/four-digits.ts'
import type { ThreadFacts } from '../../threads/thread.ts'
import { statedOn } from '../../triage/measurements/describe-measurement.ts'
import type { ReviewDeps } from '../deps.ts'
import { excerptOf } from '../queue/review-queue.ts'
import { groupPairs } from './group-pairs.ts'

export interface ClusteredThread {
  readonly threadId: string
  readonly title: string
  /** The beginning of the question as plain text. */
  readonly excerpt: string
  readonly language: string
  readonly source: string
  /** Similarity to the first thread of the cluster; absent of that one. */
  readonly likeness?: number
  readonly prediction?: { readonly label: string; readonly confidence: number; readonly decision: string }
}

/** Threads that ask nearly the same and have no label: one answer may fit all. */
export interface Cluster {
  /** The label predicted for most of them, and for how many; absent without predictions. */
  readonly likely?: { readonly label: string; readonly threads: number }
  /** The first one is that which the others are like. */
  readonly threads: readonly ClusteredThread[]
}

export interface ClusterRequest {
  readonly facet: string
  readonly limit: number
  readonly actor: Pick<Actor, 'id' | 'audience'>
}

/** Pairs read; the rest are less alike. */
const MOST_PAIRS = 5_000
const MOST_MEMBERS = 49

/**
 * Clusters of near-duplicates without a label on a facet, the largest first. They are not reserved for the agent.
 *
 * @throws CodedError FACET_NOT_FOUND
 */
export async function findClusters(
  deps: ReviewDeps,
  { facet: name, limit, actor }: ClusterRequest,
): Promise<Cluster[]> {
  const { id: facetId } = await deps.facets.require(name)
  const now = deps.clock.now().toISOString()
  const query = { facetId, reader: actor.audience, holder: actor.id, now }
  const groups = groupPairs(await deps.clusters.pairs(query, MOST_PAIRS), MOST_MEMBERS).slice(0, limit)
  const ids = groups.flatMap(({ seed, members }) => [seed, ...members.map(({ threadId }) => threadId)])
  const predictions = await deps.predictions.of(ids)
  const measurements = await deps.measurements.current()
  const threads = new Map(
    (await deps.threads.facts(ids, actor.audience)).map((thread) => [thread.id, thread]),
  )
  const clusters = groups.map(({ seed, members }): Cluster => {
    const shown = [{ threadId: seed, likeness: undefined }, ...members].flatMap(({ threadId, likeness }) => {
      const thread = threads.get(threadId)
      const predicted = predictions.get(threadId)?.find((each) => each.facetId === facetId)
      if (thread === undefined) return []
      return [present(thread, likeness, predicted && statedOn(predicted, thread.source, measurements))]
    })
    return { likely: likeliest(shown), threads: shown }
  })
  return clusters.filter((cluster) => cluster.threads.length > 1)
}

function present(
  { id: threadId, title, question, language, source }: ThreadFacts,
  likeness: number | undefined,
  predicted: ClusteredThread['prediction'],
): ClusteredThread {
  return {
    threadId,
    title,
    excerpt: excerptOf(question),
    language,
    source,
    likeness,
    prediction: predicted && {
      label: predicted.label,
      confidence: fourDigits(predicted.confidence),
      decision: predicted.decision,
    },
  }
}

function likeliest(threads: readonly ClusteredThread[]): Cluster['likely'] {
  const counts = new Map<string, number>()
  for (const { prediction } of threads)
    if (prediction !== undefined) counts.set(prediction.label, (counts.get(prediction.label) ?? 0) + 1)
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return first && { label: first[0], threads: first[1] }
}
