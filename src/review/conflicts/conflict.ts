import type { Rating } from '../../labels/agreement/rating-store.ts'
import type { Annotation, Provenance } from '../../labels/annotation.ts'
import type { GuidedLabel } from '../../labels/guidelines/guide-labels.ts'

/** Kinds of grounds for a conflict. */
export const GROUNDS = ['dispute', 'ratings', 'suspect', 'near-duplicate'] as const
export type GroundKind = (typeof GROUNDS)[number]

/** A reason why the label of a thread may be wrong, as it is stored. */
export interface Ground {
  readonly kind: GroundKind
  /** Of a near-duplicate: the thread with another label. */
  readonly otherId?: string
  /** Of a suspect: the likelier label. */
  readonly likely?: string
  /** Of a suspect the probability of its label in force, of a near-duplicate its likeness; of disputes and ratings 0. */
  readonly score: number
}

/** A thread whose label on a facet may be wrong; one conflict, however many grounds there are. */
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
  /** A knowledge manager ruled, or no ground is left. */
  readonly outcome: 'ruled' | 'resolved'
  readonly rulingId?: string
}

/** What an agent finds wrong. */
export interface Dispute {
  readonly reason: string
  readonly actor: { readonly id: string; readonly name: string }
  readonly createdAt: string
}

/** A ground, with the data that a knowledge manager needs to judge it. */
export type ShownGround =
  | { readonly kind: 'dispute'; readonly disputes: readonly Dispute[] }
  | { readonly kind: 'ratings'; readonly ratings: readonly Omit<Rating, 'threadId'>[] }
  | {
      readonly kind: 'suspect'
      readonly likely: string
      /** Probability of the label in force, in the held-out prediction. */
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

export type ConflictAnnotation = Pick<
  Annotation,
  'id' | 'label' | 'provenance' | 'blind' | 'actor' | 'note' | 'createdAt'
>

/** A conflict as a knowledge manager sees it. */
export interface ShownConflict extends Omit<Conflict, 'facetId' | 'grounds'> {
  readonly title: string
  readonly excerpt: string
  readonly language: string
  readonly source: string
  /** The label in force; absent once there is none. */
  readonly label?: string
  readonly provenance?: Provenance
  readonly grounds: readonly ShownGround[]
  /** Who gave it which label, when and why, the latest first; without revoked ones. */
  readonly annotations: readonly ConflictAnnotation[]
  /** The labels at stake with their guidelines: given, likelier, or of a near-duplicate; by name. */
  readonly labels: readonly GuidedLabel[]
  /** Path of the whole thread. */
  readonly path: string
}

export interface RuledConflict {
  readonly conflict: ShownConflict
  readonly ruling: Annotation
}
