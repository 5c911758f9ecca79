import type { Audience } from '../../access/audience.ts'
import type { AbstentionReason } from '../../learning/risk/abstention.ts'
import type { Destination } from '../routing/routing-rule.ts'

/** A label of a thread was given by people or imports, or predicted where none was given. */
export const LABEL_BASES = ['given', 'predicted', 'any'] as const
export type LabelBasis = (typeof LABEL_BASES)[number]

/** What became of a question: an answer is accepted; it has answers but none accepted; it has none. */
export const STATUSES = ['resolved', 'answered', 'open'] as const
export type Status = (typeof STATUSES)[number]

export const DECISIONS = ['assigned', 'suggested', 'abstained'] as const
export type ListedDecision = (typeof DECISIONS)[number]

/** A facet and a value of it, as `category:billing` states them. */
export interface OnFacet<Value extends string = string> {
  readonly facet: string
  readonly value: Value
}

/** Which threads are listed; all that is stated must hold. */
export interface ThreadFilter {
  readonly reader: Audience
  /** Of one facet any of the labels, of several facets one each. */
  readonly labels?: readonly OnFacet[]
  readonly labelBasis?: LabelBasis
  /** Facets on which the threads have no label in force. */
  readonly unlabelled?: readonly string[]
  readonly decision?: OnFacet<ListedDecision>
  readonly reason?: OnFacet<AbstentionReason>
  readonly destination?: { readonly kind: Destination['kind']; readonly name?: string }
  /** Name of a source. */
  readonly source?: string
  readonly language?: string
  readonly status?: Status
  readonly resolved?: boolean
  readonly unanswered?: boolean
  /** ISO 8601, inclusive. */
  readonly createdAfter?: string
  /** ISO 8601, exclusive. */
  readonly createdBefore?: string
  /** Id of the member who asked. */
  readonly author?: string
  /** Words that search finds the threads by. */
  readonly text?: string
}
