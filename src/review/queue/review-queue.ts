import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { Facet } from '../../labels/facet.ts'
import { type GuidedLabel, guideLabels } from '../../labels/guidelines/guide-labels.ts'
import type { QueryStrategyName } from '../../learning/queries/strategies.ts'
import type { SpokenLanguage } from '../../text/language/preferred-language.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import { type Stated, statedOn } from '../../triage/measurements/describe-measurement.ts'
import { actsOnlyWhereMeasured } from '../../triage/measurements/measurement.ts'
import { rounded } from '../../triage/predictions/prediction.ts'
import type { StoredPrediction } from '../../triage/predictions/prediction-store.ts'
import { labelsRoutedOn } from '../../triage/routing/check-rule-set.ts'
import type { ReviewDeps } from '../deps.ts'
import type { Misroute } from '../misroutes/misroute-store.ts'
import type { Skip } from '../skips/skip-store.ts'
import type { DoubtfulImport } from './candidate-store.ts'
import { explainWhy } from './explain-why.ts'
import { handOut } from './hand-out.ts'
import { noticeOf, type QueueNotice } from './queue-notice.ts'
import { type QueuePosts, queuePosts } from './queue-posts.ts'
import { type Chosen, DRAWN, type Why } from './why.ts'

export interface QueueItem {
  readonly threadId: string
  readonly title: string
  /** The beginning of the question as plain text. */
  readonly excerpt: string
  readonly language: string
  readonly source: string
  readonly why: Why
  /** The same in a sentence. */
  readonly reason: string
  /** Whether it is labelled without seeing the prediction; to be stated when annotating. */
  readonly blind: boolean
  /** Absent on blind items, where there is no prediction, and where the model may have learned from the label in doubt. */
  readonly prediction?: Pick<
    Stated<StoredPrediction>,
    'label' | 'confidence' | 'alternatives' | 'decision' | 'measured'
  >
  /** Of an imported label in doubt: what was stated, and what a model that had not seen the thread finds likelier. */
  readonly imported?: Omit<DoubtfulImport, 'threadId'>
  /** What receivers reported of a misrouted thread, the earliest first. */
  readonly misroutes?: readonly Pick<Misroute, 'id' | 'reason' | 'suggested' | 'reporter' | 'createdAt'>[]
  /** Who skipped it before, or was not sure; absent on blind items, which nobody's opinion should colour. */
  readonly skips?: readonly Skip[]
  /** Where asked for. */
  readonly posts?: QueuePosts['posts']
  readonly morePosts?: QueuePosts['morePosts']
  /** Path of the whole thread. */
  readonly path: string
}

export interface ReviewQueue {
  readonly facet: Pick<Facet, 'name' | 'description'>
  /** The labels to choose from. */
  readonly labels: readonly GuidedLabel[]
  readonly items: readonly QueueItem[]
  /** Present where nothing is handed out: why, and what to do. */
  readonly notice?: QueueNotice
}

export interface QueueRequest {
  readonly facet: string
  readonly limit: number
  /** Who asks; gets only threads that their audience may see. */
  readonly actor: Pick<Actor, 'id' | 'audience'>
  /** `default` by default. */
  readonly strategy?: QueryStrategyName
  /** Whether items come with the posts of their threads; `none` by default. */
  readonly posts?: 'none' | 'all'
  /** In which the reasons are written; English by default. */
  readonly language?: SpokenLanguage
}

const EXCERPT = 300
const MOST_LABELS = 1000

/**
 * The threads that an agent should label next: open misroutes first, then those that the strategy chooses, mixed with the
 * audit slice. Threads that an agent has labelled on this facet are left out unless they were misrouted, and so are those
 * that another agent holds. An agent who asks again before labelling gets the same threads.
 *
 * @throws CodedError FACET_NOT_FOUND
 */
export async function reviewQueue(deps: ReviewDeps, request: QueueRequest): Promise<ReviewQueue> {
  const { actor, limit, strategy = 'default', language = 'en', posts = 'none' } = request
  const facet = await deps.facets.require(request.facet)
  const page = await deps.facets.labels(facet.id, { limit: MOST_LABELS })
  const labels = page.items.map(({ name, description }) => ({ name, description }))
  const suggested = await labelsThatMayAct(deps, facet.name)
  const reader = actor.audience
  const query = { facetId: facet.id, reader, holder: actor.id, strategy, limit, labels, suggested }
  // In turn: agents who ask at the same time would choose the same threads, and most would have to choose again.
  const chosen = await deps.turns.take(facet.id, () => handOut(deps, query))
  return {
    facet: { name: facet.name, description: facet.description },
    labels: await guideLabels(deps, page.items, actor.audience),
    items: await present(deps, chosen, { facetId: facet.id, reader, language, posts }),
    notice:
      chosen.length > 0
        ? undefined
        : noticeOf(await deps.candidates.leftOver({ ...query, now: deps.clock.now().toISOString() })),
  }
}

/** The labels of a facet that the rules in force would act on, where they act only on sources where they were measured. */
async function labelsThatMayAct({ ruleSets }: ReviewDeps, facet: string): Promise<string[]> {
  return actsOnlyWhereMeasured(facet) ? labelsRoutedOn(await ruleSets.current(), facet) : []
}

async function present(
  deps: ReviewDeps,
  chosen: readonly Chosen[],
  {
    facetId,
    reader,
    language,
    posts,
  }: Required<Pick<QueueRequest, 'language' | 'posts'>> & {
    readonly facetId: string
    readonly reader: Audience
  },
): Promise<QueueItem[]> {
  const ids = chosen.map(({ threadId }) => threadId)
  const chosenFor = (wanted: Why) => chosen.flatMap(({ threadId, why }) => (why === wanted ? [threadId] : []))
  const misroutes = await deps.misroutes.openOf(facetId, chosenFor('misroute'))
  const imported = await deps.candidates.doubtsAmong(facetId, chosenFor('doubtful-import'))
  const threads = new Map((await deps.threads.facts(ids, reader)).map((thread) => [thread.id, thread]))
  const predictions = await deps.predictions.of(ids)
  const measurements = await deps.measurements.current()
  const skips = await deps.skips.of(facetId, ids)
  const shown = posts === 'all' ? await queuePosts(deps, ids, reader) : undefined
  return chosen.flatMap(({ threadId, why }) => {
    const thread = threads.get(threadId)
    if (thread === undefined) return []
    const blind = DRAWN.includes(why)
    const predicted = predictions.get(threadId)?.find((prediction) => prediction.facetId === facetId)
    const doubt = imported.get(threadId)
    const prediction =
      blind || why === 'doubtful-import' || predicted === undefined
        ? undefined
        : statedOn(predicted, thread.source, measurements)
    const alternatives =
      doubt === undefined
        ? prediction?.alternatives
        : [doubt, { label: doubt.likely, confidence: 1 - doubt.confidence }]
    const item: QueueItem = {
      threadId,
      title: thread.title,
      excerpt: excerptOf(thread.question),
      language: thread.language,
      source: thread.source,
      why,
      reason: explainWhy(why, alternatives, prediction?.measured)[language],
      blind,
      prediction: prediction && { ...prediction, ...rounded(prediction) },
      imported: doubt && { label: doubt.label, confidence: doubt.confidence, likely: doubt.likely },
      misroutes: misroutes.get(threadId),
      skips: blind ? undefined : skips.get(threadId),
      ...shown?.get(threadId),
      path: `/api/threads/${threadId}`,
    }
    return [item]
  })
}

/** The beginning of a question as plain text, cut between words. */
export function excerptOf(markdown: string): string {
  const text = plainText(markdown).replaceAll(/\s+/g, ' ').trim()
  if (text.length <= EXCERPT) return text
  return `${text.slice(0, EXCERPT).replace(/\s?\S*$/, '')} …`
}
