import type { Audience } from '../access/index.ts'
import { type Facet, type GuidedLabel, guideLabels } from '../labels/index.ts'
import { plainText } from '../text/markdown-plain.ts'
import type { StoredPrediction } from '../triage/index.ts'
import type { ReviewDeps } from './deps.ts'

/** Why a thread is shown: it was misrouted, the model is unsure of it, it was drawn, or nothing is known yet. */
export type Why = 'misroute' | 'uncertain' | 'audit' | 'unlabelled'

export interface QueueItem {
  readonly threadId: string
  readonly title: string
  /** Beginning of the question as plain text. */
  readonly excerpt: string
  readonly language: string
  readonly source: string
  readonly why: Why
  /** Whether the verdict is given without seeing the prediction; to be said when annotating. */
  readonly blind: boolean
  /** Absent on blind items, and while there is no model. */
  readonly prediction?: Pick<StoredPrediction, 'label' | 'confidence' | 'alternatives' | 'decision'>
  /** Where the thread can be read in full. */
  readonly path: string
}

export interface ReviewQueue {
  readonly facet: Pick<Facet, 'name' | 'description'>
  /** What to choose from. */
  readonly labels: readonly GuidedLabel[]
  readonly items: readonly QueueItem[]
}

export interface QueueRequest {
  readonly facet: string
  readonly limit: number
  readonly reader: Audience
}

const EXCERPT = 300
const MOST_LABELS = 1000
/** One in so many is of the audit slice. */
const AUDIT_EVERY = 4

/**
 * What an agent should look at next: open misroutes first, then what the model is least sure of, mixed with the
 * audit slice. Nothing that an agent has labelled on this facet, unless it was misrouted.
 *
 * @throws CodedError FACET_NOT_FOUND
 */
export async function reviewQueue(deps: ReviewDeps, request: QueueRequest): Promise<ReviewQueue> {
  const facet = await deps.facets.require(request.facet)
  const labels = await deps.facets.labels(facet.id, { limit: MOST_LABELS })
  const chosen = await choose(deps, { ...request, facetId: facet.id })
  return {
    facet: { name: facet.name, description: facet.description },
    labels: await guideLabels(deps, labels.items, request.reader),
    items: await present(deps, chosen, facet.id),
  }
}

interface Chosen {
  readonly threadId: string
  readonly why: Why
}

async function choose(
  { queue }: ReviewDeps,
  query: QueueRequest & { readonly facetId: string },
): Promise<Chosen[]> {
  const because = (why: Why, threadIds: readonly string[]) => threadIds.map((threadId) => ({ threadId, why }))
  const misrouted = because('misroute', await queue.misrouted(query))
  const limit = query.limit - misrouted.length
  if (limit === 0) return misrouted
  const usual = because('uncertain', await queue.leastCertain({ ...query, limit }))
  if (usual.length < limit)
    usual.push(...because('unlabelled', await queue.unlabelled({ ...query, limit: limit - usual.length })))
  const drawn = because('audit', await queue.auditSlice({ ...query, limit }))
  return [...misrouted, ...mix(usual, drawn).slice(0, limit)]
}

/** Every fourth, from the second on, is one of those drawn; when either list ends the other goes on. */
function mix<T>(usual: readonly T[], drawn: readonly T[]): T[] {
  const rest = { usual: [...usual], drawn: [...drawn] }
  return Array.from({ length: usual.length + drawn.length }, (_, place) => {
    const [first, second] = place % AUDIT_EVERY === 1 ? [rest.drawn, rest.usual] : [rest.usual, rest.drawn]
    return (first.shift() ?? second.shift()) as T
  })
}

async function present(deps: ReviewDeps, chosen: readonly Chosen[], facetId: string): Promise<QueueItem[]> {
  const ids = chosen.map(({ threadId }) => threadId)
  const threads = new Map((await deps.threads.facts(ids)).map((thread) => [thread.id, thread]))
  const predictions = await deps.predictions.of(ids)
  return chosen.flatMap(({ threadId, why }) => {
    const thread = threads.get(threadId)
    if (thread === undefined) return []
    const blind = why === 'audit'
    const predicted = predictions.get(threadId)?.find((prediction) => prediction.facetId === facetId)
    const item: QueueItem = {
      threadId,
      title: thread.title,
      excerpt: excerptOf(thread.question),
      language: thread.language,
      source: thread.source,
      why,
      blind,
      ...(predicted !== undefined && !blind && { prediction: predicted }),
      path: `/api/threads/${threadId}`,
    }
    return [item]
  })
}

/** Beginning of a question as plain text, cut between words. */
export function excerptOf(markdown: string): string {
  const text = plainText(markdown).replaceAll(/\s+/g, ' ').trim()
  if (text.length <= EXCERPT) return text
  return `${text.slice(0, EXCERPT).replace(/\s?\S*$/, '')} …`
}
