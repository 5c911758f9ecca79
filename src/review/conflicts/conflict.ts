import type { Annotation, Provenance } from '../../labels/annotation.ts'
import type { Rating } from '../../labels/rating-store.ts'

/** Why a label is in doubt. */
export const GROUNDS = ['ratings', 'suspect', 'near-duplicate'] as const
export type GroundKind = (typeof GROUNDS)[number]

/** A reason to doubt the label of a thread, as it is stored. */
export interface Ground {
  readonly kind: GroundKind
  /** Of a near-duplicate: the thread that is labelled otherwise. */
  readonly otherId?: string
  /** Of a suspect: what the label probably should be. */
  readonly likely?: string
  /** Of a suspect the probability of its own label, of a near-duplicate its likeness; of ratings 0. */
  readonly score: number
}

/** A thread whose label on a facet is in doubt, once, however many reasons there are. */
export interface Conflict {
  readonly id: string
  readonly facetId: string
  readonly facet: string
  readonly threadId: string
  readonly openedAt: string
  readonly grounds: readonly Ground[]
  readonly closed?: ConflictEnd
}

export interface ConflictEnd {
  readonly at: string
  /** A knowledge manager ruled, or nothing speaks against the label any more. */
  readonly outcome: 'ruled' | 'resolved'
  readonly rulingId?: string
}

/** A reason to doubt a label, with what a knowledge manager needs to judge it. */
export type ShownGround =
  | { readonly kind: 'ratings'; readonly ratings: readonly Omit<Rating, 'threadId'>[] }
  | {
      readonly kind: 'suspect'
      readonly likely: string
      /** Probability of the label it has, by models that have not seen the thread. */
      readonly ownConfidence: number
    }
  | {
      readonly kind: 'near-duplicate'
      readonly threadId: string
      readonly title: string
      /** Its label; absent once it has none. */
      readonly label?: string
      readonly likeness: number
    }

/** A conflict as a knowledge manager sees it. */
export interface ShownConflict extends Omit<Conflict, 'facetId' | 'grounds'> {
  readonly title: string
  readonly excerpt: string
  readonly language: string
  readonly source: string
  /** The label that stands; absent once there is none. */
  readonly label?: string
  readonly provenance?: Provenance
  readonly grounds: readonly ShownGround[]
  /** Where the thread can be read in full. */
  readonly path: string
}

export interface RuledConflict {
  readonly conflict: ShownConflict
  readonly ruling: Annotation
}
