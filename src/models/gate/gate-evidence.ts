/**
 * Threads on which two versions are compared: predicted out of fold by both and labelled the same since; of the audit
 * slice, which neither has seen; first labelled after the older version was made; labelled otherwise since then (there
 * it is the labels that are compared, by what the older version said of the thread out of fold).
 */
export type Ground = 'out-of-fold' | 'audit-slice' | 'recent' | 'relabelled'

/** One thread, and whether each of two verdicts on it is right. */
export interface PairedPrediction {
  readonly language: string
  readonly label: string
  readonly before: boolean
  readonly now: boolean
}

export type Comparison =
  | { readonly on: Exclude<Ground, 'relabelled'>; readonly cases: readonly PairedPrediction[] }
  /** By how much the old label is likelier than the new one: the logarithm of their ratio. */
  | { readonly on: 'relabelled'; readonly oddsOfOld: readonly number[] }

/**
 * A one-sided test: is the candidate worse, beyond chance? Exact McNemar of the threads lost and gained; of labels
 * against labels (`relabelled`) Wilcoxon's signed ranks.
 */
export interface GateTest {
  readonly on: Ground
  readonly scope: 'all' | 'language' | 'label'
  /** Of the language (ISO 639-1) or label. */
  readonly name?: string
  readonly threads: number
  /** Right before, wrong now; for the old label. */
  readonly lost: number
  /** Wrong before, right now; for the new label. */
  readonly gained: number
  readonly p: number
  /** For being one of several (Holm 1979); the test of labels stands alone. */
  readonly adjusted: number
  /** What a second look found: the same test with the labels of then and now trained anew. */
  readonly again?: { readonly lost: number; readonly gained: number; readonly p: number }
  /**
   * Why it turns the candidate down, if it does: by the adjusted p-value, or as a drop of more than a point; where
   * there was a second look, only what that confirms.
   */
  readonly refusal?: 'test' | 'drop'
}

interface Counted {
  readonly threads: number
  readonly right: number
}

/** Accuracy in French and in English, and how probable such a difference is by chance. */
export interface ParityEvidence {
  readonly french: Counted
  readonly english: Counted
  /** Fisher's exact test, two-sided. */
  readonly p: number
  /** How many of the same threads the version compared with has right. */
  readonly before?: { readonly french: number; readonly english: number }
  /** Whether the candidate falls short of parity, whether or not the facet requires it. */
  readonly differs: boolean
}

/** What the gate decided on. */
export interface GateEvidence {
  /** Number of the version compared with; absent when there was none, or nothing to compare by. */
  readonly version?: number
  readonly tests: readonly GateTest[]
  /** Absent with too few threads in either language. */
  readonly parity?: ParityEvidence
}
