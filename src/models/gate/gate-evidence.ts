/**
 * The threads of a comparison of two versions:
 * - `held-out`: held-out predictions of both, for examples with the same label in both trainings;
 * - `audit-slice`: threads of the audit slice, which neither was trained on;
 * - `recent`: threads first labelled after the older version was made;
 * - `relabelled`: threads whose label changed since. Here the two labels are compared, by the held-out predictions of
 *   the older version.
 */
export type Ground = 'held-out' | 'audit-slice' | 'recent' | 'relabelled'

/** One thread, and whether each of the two predictions for it is right. */
export interface PairedPrediction {
  readonly language: string
  readonly label: string
  readonly before: boolean
  readonly now: boolean
}

export type Comparison =
  | { readonly on: Exclude<Ground, 'relabelled'>; readonly cases: readonly PairedPrediction[] }
  /** The logarithm of how much likelier the old label is than the new one, for each thread. */
  | { readonly on: 'relabelled'; readonly oddsOfOld: readonly number[] }

/**
 * A one-sided test of whether the candidate is worse beyond chance: the exact McNemar test of the threads lost and
 * gained; where labels are compared (`relabelled`), Wilcoxon's signed-rank test.
 */
export interface GateTest {
  readonly on: Ground
  readonly scope: 'all' | 'language' | 'label'
  /** Of the language (ISO 639-1) or label. */
  readonly name?: string
  readonly threads: number
  /** Right before and wrong now; or those for the old label. */
  readonly lost: number
  /** Wrong before and right now; or those for the new label. */
  readonly gained: number
  readonly p: number
  /** Adjusted for the number of tests (Holm 1979); `relabelled` is not adjusted. */
  readonly adjusted: number
  /** The same test after retraining on the old and the new labels with another seed. */
  readonly again?: { readonly lost: number; readonly gained: number; readonly p: number }
  /**
   * Why the test rejects the candidate, if it does: the adjusted p-value, or a drop of more than a point. Where the
   * test was repeated, only what the repetition confirms.
   */
  readonly refusal?: 'test' | 'drop'
}

interface Counted {
  readonly threads: number
  readonly right: number
}

/** Accuracy in French and in English, and whether the difference is beyond chance. */
export interface ParityEvidence {
  readonly french: Counted
  readonly english: Counted
  /** Fisher's exact test, two-sided. */
  readonly p: number
  /** How many of the same threads the version compared with has right. */
  readonly before?: { readonly french: number; readonly english: number } | undefined
  /** Whether the candidate lacks parity, whether or not the facet requires it. */
  readonly differs: boolean
}

/** What the gate decides on. */
export interface GateEvidence {
  /** Number of the version compared with; absent when there was none, or nothing to compare. */
  readonly version?: number | undefined
  readonly tests: readonly GateTest[]
  /** Absent with too few threads in either language. */
  readonly parity?: ParityEvidence | undefined
}
