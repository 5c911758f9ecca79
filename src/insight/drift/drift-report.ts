import type { DriftFigures, DriftKind } from '../../learning/drift/measure-drift.ts'
import type { RisenTerm } from '../../learning/drift/risen-terms.ts'
import type { LANGUAGES } from './read-posts.ts'

/** All posts, or those of one language. */
export type DriftScope = 'all' | (typeof LANGUAGES)[number]

/** A word that more posts have than before; `examples` are threads that have it. */
interface RisenWord extends RisenTerm {
  /** The most frequent form of the term. */
  readonly word: string
  readonly examples: readonly string[]
}

type LabelShiftWithExamples = DriftFigures['labels']['shifts'][number] & {
  /** Threads of the window with that label, where its share rose. */
  readonly examples: readonly string[]
}

/** Figures of one scope; examples are ids of threads. */
export interface ScopeFigures {
  readonly posts: number
  readonly referencePosts: number
  readonly vocabulary: Omit<DriftFigures['vocabulary'], 'risen'> & {
    readonly risen: readonly RisenWord[]
    /** Threads with the greatest share of unknown words. */
    readonly examples: readonly string[]
  }
  readonly labels: Omit<DriftFigures['labels'], 'shifts'> & {
    readonly shifts: readonly LabelShiftWithExamples[]
  }
  readonly confidence: DriftFigures['confidence'] & {
    /** Threads of which the model is least confident. */
    readonly examples: readonly string[]
  }
  readonly coverage: DriftFigures['coverage']
}

export type ScopeReport = { readonly scope: DriftScope } & (
  | { readonly status: 'measured'; readonly figures: ScopeFigures }
  | {
      /** Too few posts to compare, now or before. */
      readonly status: 'too-few-posts'
      readonly posts: number
      readonly referencePosts: number
    }
)

export interface StoredAlarm {
  readonly scope: DriftScope
  readonly kind: DriftKind
  readonly p: number
}

/** How the posts of a window differ from those before the active model, on one day. */
export interface DriftReport {
  readonly window: { readonly since: string; readonly until: string; readonly days: number }
  readonly scopes: readonly ScopeReport[]
  readonly alarms: readonly StoredAlarm[]
}

export interface StoredReport extends DriftReport {
  readonly id: string
  readonly facet: string
  readonly facetId: string
  readonly modelVersion: number
  /** UTC, `2026-01-31`. */
  readonly day: string
  readonly measuredAt: string
}
