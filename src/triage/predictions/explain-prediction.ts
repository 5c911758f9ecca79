import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { FacetStore } from '../../labels/facet-store.ts'
import { type Explanation, explain } from '../../learning/evaluation/explain.ts'
import { type Influence, type InfluenceDeps, influencesOn } from '../../models/explanations/influences.ts'
import type { SimilarExample, SimilarExamples } from '../../models/explanations/similar-examples.ts'
import type { ModelRegistry } from '../../models/registry/model-registry.ts'
import { threadText } from '../../text/thread-text.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import { triageErrors } from '../errors.ts'

export interface ExplainDeps {
  readonly facets: Pick<FacetStore, 'require'>
  readonly models: ModelRegistry
  readonly similar: SimilarExamples
}

/** A post, and what of its classification is asked about. */
interface PostToExplain {
  readonly title?: string
  /** Markdown. */
  readonly body: string
  readonly facet: string
  /** The likeliest unless told. */
  readonly label?: string
}

export interface ExplainedPost extends Explanation {
  readonly facet: string
  readonly modelVersion: number
  /** What the model read: title and body as plain text. The spans are of this. */
  readonly text: string
  readonly similar: readonly SimilarExample[]
  /** True while the labelled posts are still being read: asked again later, there may be similar ones. */
  readonly similarPending: boolean
}

/**
 * Says why the model in force gives a label its probability. Stores nothing.
 *
 * @param reader whose eyes the similar posts are for
 * @throws CodedError FACET_NOT_FOUND, EXPLAIN_NO_MODEL, EXPLAIN_LABEL_UNKNOWN
 */
export async function explainPost(
  { facets, models, similar }: ExplainDeps,
  post: PostToExplain,
  reader: Audience,
): Promise<ExplainedPost> {
  const facet = await facets.require(post.facet)
  const model = (await models.active()).find(({ facetId }) => facetId === facet.id)
  if (model === undefined) throw triageErrors.EXPLAIN_NO_MODEL({ facet: facet.name })
  const { classifier, version } = model
  if (post.label !== undefined && !classifier.labels.includes(post.label))
    throw triageErrors.EXPLAIN_LABEL_UNKNOWN({ facet: facet.name, version, label: post.label })
  const text = threadText({ title: post.title ?? '', question: post.body })
  const found = await similar.find(model, text, { reader })
  return {
    facet: facet.name,
    modelVersion: version,
    text,
    ...explain(classifier, text, post.label),
    similar: found ?? [],
    similarPending: found === undefined,
  }
}

export interface PredictionInfluencesDeps extends InfluenceDeps {
  readonly facets: Pick<FacetStore, 'require'>
  readonly models: ModelRegistry
  readonly threads: Pick<ThreadStore, 'require' | 'facts'>
}

export interface InfluencesRequest {
  readonly threadId: string
  readonly facet: string
  /** The likeliest unless told. */
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
  /** True while the labelled threads are still being read: asked again later, there may be some. */
  readonly pending: boolean
}

/**
 * Which annotations made the model in force say this of a thread, as far as the actor may see them.
 *
 * @throws CodedError THREAD_NOT_FOUND, FACET_NOT_FOUND, EXPLAIN_NO_MODEL, EXPLAIN_LABEL_UNKNOWN
 */
export async function predictionInfluences(
  deps: PredictionInfluencesDeps,
  { threadId, facet: name, label: asked, limit, actor }: InfluencesRequest,
): Promise<PredictionInfluences> {
  const { id } = await deps.threads.require(threadId, actor.audience)
  const facet = await deps.facets.require(name)
  const model = (await deps.models.active()).find(({ facetId }) => facetId === facet.id)
  if (model === undefined) throw triageErrors.EXPLAIN_NO_MODEL({ facet: facet.name })
  const { classifier, version } = model
  if (asked !== undefined && !classifier.labels.includes(asked))
    throw triageErrors.EXPLAIN_LABEL_UNKNOWN({ facet: facet.name, version, label: asked })
  const [facts] = await deps.threads.facts([id])
  const text = facts === undefined ? '' : threadText(facts)
  const { label: likeliest, alternatives } = classifier.classify(text)
  const label = asked ?? likeliest
  const found = await influencesOn(deps, model, text, { label, reader: actor.audience, limit })
  return {
    threadId: id,
    facet: facet.name,
    label,
    probability: alternatives.find((each) => each.label === label)!.confidence,
    modelVersion: version,
    influences: found ?? [],
    pending: found === undefined,
  }
}
