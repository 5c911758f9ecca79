import type { Audience } from '../../access/audience.ts'
import type { FacetStore } from '../../labels/facet-store.ts'
import { type Explanation, explain } from '../../learning/evaluation/explain.ts'
import type { SimilarExample, SimilarExamples } from '../../models/explanations/similar-examples.ts'
import type { ModelRegistry } from '../../models/registry/model-registry.ts'
import { threadText } from '../../text/thread-text.ts'
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
