import { saveClassifier } from '../learning/artefact/artefact.ts'
import type { Classifier } from '../learning/classifier.ts'
import { type ClassifiedRow, OUT_OF_SCOPE } from '../learning/evaluation/evaluate.ts'
import { type TrainingProgress, trainClassifier } from '../learning/training/train-classifier.ts'
import type { Example } from '../models/training/training-example.ts'

/** A classified row with its score of being in scope. */
export interface ScoredRow extends ClassifiedRow {
  /**
   * Where out-of-scope texts were learned, the logarithm of how much likelier the likeliest label within scope is than
   * `oos`; otherwise the negated novelty of the text.
   */
  readonly score: number
}

/** Least scores at which a text is taken to be in scope. */
export interface ScopeThresholds {
  /** Chosen so that most texts of the choice are treated right. */
  readonly mostRight: number
  /** Chosen so that 95 % of the texts in scope are assigned. */
  readonly covering: number
}

/** Share of the texts in scope that `covering` assigns. */
const SCOPE_COVERAGE = 0.95

/** The predictions of one classifier for its test texts, with times and sizes. */
export interface TextEvaluation {
  readonly rows: readonly ScoredRow[]
  /** Thresholds of their scores, chosen on the texts of `oosFrom`; absent without them. */
  readonly scope?: ScopeThresholds
  /** Of `rows`, in their order: whether the label occurs in the training texts. */
  readonly knownLabel: readonly boolean[]
  readonly fitSeconds: number
  readonly classifySeconds: number
  readonly artefactBytes: number
  readonly temperature: number
  readonly threshold: number
  /** Texts learned from. */
  readonly learned: number
  /** Texts without a label that were also learned from. */
  readonly unlabelled: number
}

export interface TextEvaluationOptions {
  readonly seed: number
  readonly riskBudget?: number
  /**
   * Texts, some of them `oos`, on which the threshold of being in scope is chosen. Without a risk budget that threshold
   * alone decides what is assigned.
   */
  readonly oosFrom?: readonly Example[]
  /** Texts without a label to learn from; test texts are left out. */
  readonly unlabelled?: readonly string[]
  readonly onProgress?: (progress: TrainingProgress) => void
}

/**
 * Trains on some texts and tests on others. Texts out of scope are learned as the label `oos`, but `oos` is never
 * predicted: where it is the likeliest label, the text is left unassigned, and its label is the likeliest one in scope
 * (see docs/operate/evaluating.md).
 *
 * @throws LearningError where `learned` has fewer than two labels
 */
export async function evaluateTexts(
  learned: readonly Example[],
  tested: readonly Example[],
  { seed, riskBudget, oosFrom, unlabelled, onProgress }: TextEvaluationOptions,
): Promise<TextEvaluation> {
  const start = performance.now()
  const testedTexts = new Set(tested.map(({ text }) => text))
  const classifier = trainClassifier({
    texts: learned.map(({ text }) => text),
    labels: learned.map(({ label }) => label),
    seed,
    riskBudget,
    unlabelled: unlabelled?.filter((text) => !testedTexts.has(text)),
    onProgress,
  })
  const fitted = performance.now()
  const scope = oosFrom && chooseScope(oosFrom.map((example) => classify(classifier, example)))
  const chosen = performance.now()
  const rows = tested.map((example) => {
    const row = classify(classifier, example)
    if (scope === undefined) return row
    const inScope = row.score >= scope.mostRight
    return { ...row, assigned: inScope && (riskBudget === undefined || row.assigned) }
  })
  const classified = performance.now()
  const known = new Set(classifier.labels)
  const files = await saveClassifier(classifier)
  return {
    rows,
    scope,
    knownLabel: rows.map(({ truth }) => known.has(truth)),
    fitSeconds: (fitted - start) / 1000,
    classifySeconds: (classified - chosen) / 1000,
    artefactBytes: Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0),
    temperature: classifier.temperature,
    threshold: classifier.threshold,
    learned: learned.length,
    unlabelled: classifier.unlabelled,
  }
}

/** The prediction of a classifier under its own budget, never `oos`. */
function classify(classifier: Classifier, { text, label: truth }: Example): ScoredRow {
  const classification = classifier.classify(text)
  const { decision, novelty } = classification
  if (!classifier.labels.includes(OUT_OF_SCOPE)) {
    const { label, confidence } = classification
    return { truth, label, confidence, assigned: decision === 'assigned', score: -novelty }
  }
  const within = classification.alternatives.find(({ label }) => label !== OUT_OF_SCOPE)!
  const outside = classification.alternatives.find(({ label }) => label === OUT_OF_SCOPE)!
  const assigned = decision === 'assigned' && classification.label !== OUT_OF_SCOPE
  return { truth, ...within, assigned, score: Math.log(within.confidence) - Math.log(outside.confidence) }
}

function chooseScope(rows: readonly ScoredRow[]): ScopeThresholds {
  const scoped = rows.map(({ truth, label, score }) => ({
    inScope: truth !== OUT_OF_SCOPE,
    right: label === truth,
    score,
  }))
  return { mostRight: chooseScopeThreshold(scoped), covering: coveringThreshold(scoped, SCOPE_COVERAGE) }
}

/** A row for choosing the threshold of being in scope. */
export interface ScopedRow {
  readonly inScope: boolean
  /** Whether the likeliest label in scope is right. */
  readonly right: boolean
  /** The higher, the likelier the row is in scope. */
  readonly score: number
}

/**
 * The least score at which a row is assigned, chosen so that most rows are treated right: a row in scope by getting its
 * label, a row out of scope by getting none. Of equally good thresholds the lowest; infinite where assigning nothing is
 * best.
 */
export function chooseScopeThreshold(rows: readonly ScopedRow[]): number {
  const order = [...rows].sort((a, b) => b.score - a.score)
  let gain = 0
  let most = 0
  let threshold = Infinity
  order.forEach(({ inScope, right, score }, at) => {
    gain += inScope ? (right ? 1 : 0) : -1
    if (order[at + 1]?.score === score || gain < most) return
    most = gain
    threshold = score
  })
  return threshold
}

/** The highest threshold that assigns a share `coverage` of the rows in scope. */
export function coveringThreshold(rows: readonly ScopedRow[], coverage: number): number {
  const scores = Float64Array.from(
    rows.filter(({ inScope }) => inScope),
    ({ score }) => score,
  ).sort()
  const left = Math.floor(scores.length * (1 - coverage) + 1e-9)
  return scores[left] ?? Infinity
}
