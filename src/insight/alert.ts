import type { Audience } from '../access/index.ts'
import type { Interval } from '../learning/index.ts'
import type { Measure, ParityBasis } from './parity.ts'
import type { Sentences } from './wording.ts'

/** What is told of a difference between French and English. */
export interface ParityFinding {
  readonly measure: Measure
  /** French less English. */
  readonly difference: number
  /** 95 % confidence interval. */
  readonly interval: Interval
  /** Of such a difference by chance, for its being one of several (Holm 1979). */
  readonly p: number
  /** What p had to be at most at this look. */
  readonly level: number
  readonly basis: ParityBasis
  readonly cases: { readonly fr: number; readonly en: number }
  readonly summary: Sentences
}

/** Something that supervisors should look at. */
export interface Alert extends ParityFinding {
  readonly id: string
  readonly kind: 'parity'
  readonly facet: string
  /** Number of the model version that it is about. */
  readonly version: number
  readonly raisedAt: string
  /** When another version took that one's place; absent while it is open. */
  readonly settledAt?: string
}

/** An alert to raise; a version has one of a measure at most. */
export interface NewAlert {
  readonly facetId: string
  readonly versionId: string
  /** The closest circle among the threads that it rests on: nobody else is told. */
  readonly audience: Audience
  readonly finding: ParityFinding
}
