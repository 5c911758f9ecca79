import type { Audience } from '../../access/audience.ts'
import type { Annotation } from '../../labels/annotation.ts'
import type { AnnotationStore } from '../../labels/annotation-store.ts'
import type { ActiveModel } from '../registry/model-registry.ts'
import type { SimilarExamples } from './similar-examples.ts'

/** What one annotation did to a prediction. */
export interface Influence {
  readonly annotation: Pick<
    Annotation,
    'id' | 'threadId' | 'label' | 'provenance' | 'actor' | 'createdAt' | 'blind'
  >
  /** Cosine of the two texts as the model reads them, in [0, 1]. */
  readonly similarity: number
  /**
   * How hard the model was pulled by this example: `1 − p` towards its own label, `−p` away from another, with `p`
   * the probability that the model now gives the asked label on the example's text.
   */
  readonly weight: number
  /** `similarity · weight`; negative where it spoke against the label. */
  readonly influence: number
}

export interface InfluenceQuery {
  /** The label whose probability is asked about. */
  readonly label: string
  readonly reader: Audience
  readonly limit: number
}

export interface InfluenceDeps {
  readonly similar: SimilarExamples
  readonly annotations: Pick<AnnotationStore, 'byIds'>
}

/**
 * The annotations that did most for and against a label on a text: the representer values of Yeh et al. 2018
 * (theorem 3.1) – what each training example adds to a logit is its own loss gradient times its likeness – over the
 * fifty most alike examples and with the gradient that the trained model leaves on them. An order, not an exact share:
 * the network has a hidden layer and its weights do not decay.
 *
 * @returns the greatest first, whatever its sign; undefined while the examples are still being read
 */
export async function influencesOn(
  { similar, annotations }: InfluenceDeps,
  model: ActiveModel,
  text: string,
  { label, reader, limit }: InfluenceQuery,
): Promise<Influence[] | undefined> {
  const near = await similar.nearest(model, text, { reader })
  if (near === undefined) return undefined
  const given = await annotations.byIds(near.flatMap(({ annotationId }) => annotationId ?? []))
  const place = model.classifier.labels.indexOf(label)
  const found: Influence[] = []
  for (const example of near) {
    const annotation = given.get(example.annotationId ?? '')
    if (annotation === undefined) continue
    const probability = model.classifier.predict(example.text)[place]!
    const weight = (example.label === label ? 1 : 0) - probability
    const { id, threadId, provenance, actor, createdAt, blind } = annotation
    found.push({
      annotation: { id, threadId, label: example.label, provenance, actor, createdAt, blind },
      similarity: example.score,
      weight,
      influence: example.score * weight,
    })
  }
  return found.sort((a, b) => Math.abs(b.influence) - Math.abs(a.influence)).slice(0, limit)
}
