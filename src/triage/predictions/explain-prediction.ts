import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { FacetStore } from '../../labels/facet-store.ts'
import { type Explanation, explain } from '../../learning/evaluation/explain.ts'
import { type Influence, type InfluenceDeps, influencesOn } from '../../models/explanations/influences.ts'
import type { SimilarExample, SimilarExamples } from '../../models/explanations/similar-examples.ts'
import type { ModelRegistry } from '../../models/registry/model-registry.ts'
import { fourDigits } from '../../platform/four-digits.ts'
import { threadText } from '../../text/thread-text.ts'
import type { Sentences } from '../../text/wording.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import { triageErrors } from '../errors.ts'
import { type Measured, measuredOf } from '../measurements/describe-measurement.ts'
import type { MeasurementStore } from '../measurements/measurement-store.ts'
import { type CostDecision, costDecisionOf } from './explain-costs.ts'
import { toPrediction } from './prediction.ts'
import { describeProvisional, type ProvisionalPrediction, provisionalOf } from './provisional.ts'

interface ModelDeps {
  readonly facets: Pick<FacetStore, 'require'>
  readonly models: ModelRegistry
}

export interface ExplainDeps extends ModelDeps {
  readonly measurements: Pick<MeasurementStore, 'current'>
  readonly similar: SimilarExamples
}

/** A post, and the prediction to explain. */
interface PostToExplain {
  readonly title?: string
  /** Markdown. */
  readonly body: string
  readonly facet: string
  /** That of the decision by default: the likeliest or, where costs are stated, that of least expected cost. */
  readonly label?: string
  /** Name of the source it was written in. */
  readonly source?: string
}

export interface ExplainedPost extends Explanation {
  readonly facet: string
  readonly modelVersion: number
  /** The likeliest label, where rules may use it provisionally. */
  readonly provisional?: ProvisionalPrediction & { readonly sentence: Sentences }
  /** Present where stated costs changed which label the post is given. */
  readonly costs?: CostDecision
  /** Whether the label acts on the post's source; absent where the labels of the facet act everywhere. */
  readonly measured?: Measured
  /** What the model read: title and body as plain text. Spans refer to it. */
  readonly text: string
  readonly similar: readonly SimilarExample[]
  /** True while the labelled posts are still being read: a later request may return similar ones. */
  readonly similarPending: boolean
}

/**
 * Explains the probability that the active model gives a label. Stores nothing.
 *
 * @param reader similar posts are limited to threads that this audience may see
 * @throws CodedError FACET_NOT_FOUND, EXPLAIN_NO_MODEL, EXPLAIN_LABEL_UNKNOWN
 */
export async function explainPost(
  deps: ExplainDeps,
  post: PostToExplain,
  reader: Audience,
): Promise<ExplainedPost> {
  const { facet, model } = await requireModel(deps, post)
  const text = threadText({ title: post.title ?? '', question: post.body })
  const found = await deps.similar.find(model, text, { reader })
  const classification = model.classifier.classify(text)
  const explained = explain(model.classifier, text, post.label ?? classification.label)
  const provisional = provisionalOf(toPrediction(model, classification))
  const about = { facet: facet.name, label: explained.label }
  const measured = measuredOf(about, post.source, await deps.measurements.current(reader))
  return {
    facet: facet.name,
    modelVersion: model.version,
    provisional: provisional && { ...provisional, sentence: describeProvisional(provisional) },
    costs: costDecisionOf(classification),
    text,
    ...explained,
    probability: fourDigits(explained.probability),
    measured,
    similar: found ?? [],
    similarPending: found === undefined,
  }
}

export interface ThreadToExplain {
  readonly threadId: string
  readonly facet: string
  /** As of a post. */
  readonly label?: string
  readonly actor: Pick<Actor, 'audience'>
}

/**
 * Explains the probability that the active model gives a label to a stored thread; the similar posts are other threads'.
 *
 * @throws CodedError THREAD_NOT_FOUND, FACET_NOT_FOUND, EXPLAIN_NO_MODEL, EXPLAIN_LABEL_UNKNOWN
 */
export async function explainThread(
  deps: ExplainDeps & { readonly threads: Pick<ThreadStore, 'require' | 'facts'> },
  { threadId, facet, label, actor }: ThreadToExplain,
): Promise<ExplainedPost> {
  const { id, source } = await deps.threads.require(threadId, actor.audience)
  const [facts] = await deps.threads.facts([id])
  const post = { title: facts?.title, body: facts?.question ?? '', facet, label, source }
  const explained = await explainPost(deps, post, actor.audience)
  return { ...explained, similar: explained.similar.filter((each) => each.threadId !== id) }
}

export interface PredictionInfluencesDeps extends InfluenceDeps, ModelDeps {
  readonly threads: Pick<ThreadStore, 'require' | 'facts'>
}

export interface InfluencesRequest {
  readonly threadId: string
  readonly facet: string
  /** The likeliest by default. */
  readonly label?: string
  readonly limit: number
  readonly actor: Actor
}

export interface PredictionInfluences {
  readonly threadId: string
  readonly facet: string
  readonly label: string
  readonly probability: number
  readonly modelVersion: number
  readonly influences: readonly Influence[]
  /** True while the labelled threads are still being read: a later request may return some. */
  readonly pending: boolean
}

/**
 * The annotations that most influenced the active model's prediction for a thread, as far as the actor may see them.
 *
 * @throws CodedError THREAD_NOT_FOUND, FACET_NOT_FOUND, EXPLAIN_NO_MODEL, EXPLAIN_LABEL_UNKNOWN
 */
export async function predictionInfluences(
  deps: PredictionInfluencesDeps,
  { limit, actor, ...request }: InfluencesRequest,
): Promise<PredictionInfluences> {
  const { id } = await deps.threads.require(request.threadId, actor.audience)
  const { facet, model } = await requireModel(deps, request)
  const [facts] = await deps.threads.facts([id])
  const text = facts === undefined ? '' : threadText(facts)
  const { label: likeliest, alternatives } = model.classifier.classify(text)
  const label = request.label ?? likeliest
  const found = await influencesOn(deps, model, text, { label, reader: actor.audience, limit })
  return {
    threadId: id,
    facet: facet.name,
    label,
    probability: fourDigits(alternatives.find((each) => each.label === label)!.confidence),
    modelVersion: model.version,
    influences: found ?? [],
    pending: found === undefined,
  }
}

/** The active model of a facet, which must know the label if there is one. */
async function requireModel(
  { facets, models }: ModelDeps,
  { facet: name, label }: { readonly facet: string; readonly label?: string },
) {
  const facet = await facets.require(name)
  const model = (await models.active()).find(({ facetId }) => facetId === facet.id)
  if (model === undefined) throw triageErrors.EXPLAIN_NO_MODEL({ facet: facet.name })
  if (label !== undefined && !model.classifier.labels.includes(label))
    throw triageErrors.EXPLAIN_LABEL_UNKNOWN({ facet: facet.name, version: model.version, label })
  return { facet, model }
}
