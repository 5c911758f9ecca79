import { saveClassifier } from '../learning/artefact/artefact.ts'
import { chooseScopeThreshold, coveringThreshold } from '../learning/calibration/scope-threshold.ts'
import type { Classifier } from '../learning/classifier.ts'
import { type JudgedRow, OUT_OF_SCOPE } from '../learning/evaluation/evaluate.ts'
import { type TrainingProgress, trainClassifier } from '../learning/training/train-classifier.ts'
import type { Example } from '../models/gate/judge-hold-out.ts'

/** A judged row, and how likely it is in scope. */
export interface ScoredRow extends JudgedRow {
  /**
   * Where out-of-scope texts were learned, the logarithm of how much likelier the likeliest label within scope is than
   * `oos`; else how familiar the text is.
   */
  readonly score: number
}

/** Least scores at which a text is taken to be in scope. */
export interface ScopeThresholds {
  /** By which most of the texts that it was chosen on are treated right. */
  readonly mostRight: number
  /** By which 95 % of those of them that are in scope are assigned. */
  readonly covering: number
}

/** Share of the texts in scope that `covering` assigns. */
const SCOPE_COVERAGE = 0.95

/** What one classifier made of the texts it was tested on, and what it took. */
export interface JudgedTexts {
  readonly rows: readonly ScoredRow[]
  /** Thresholds of their scores, chosen on the texts of `oosFrom`; absent without them. */
  readonly scope?: ScopeThresholds
  /** Of `rows`, in their order: whether the classifier had met the label in training. */
  readonly knownLabel: readonly boolean[]
  readonly fitSeconds: number
  readonly classifySeconds: number
  readonly artefactBytes: number
  readonly temperature: number
  readonly threshold: number
  /** Texts learned from. */
  readonly learned: number
  /** Texts without a label learned from besides. */
  readonly unlabelled: number
}

export interface JudgeOptions {
  readonly seed: number
  readonly riskBudget?: number
  /**
   * Texts, `oos` ones among them, on which it is chosen what is taken to be in scope. Without a budget that alone decides
   * what is assigned.
   */
  readonly oosFrom?: readonly Example[]
  /** Texts to learn from without a label; those tested on are left out. */
  readonly unlabelled?: readonly string[]
  readonly onProgress?: (progress: TrainingProgress) => void
}

/**
 * Learns from some texts and judges others. What out-of-scope texts look like is learned too, but `oos` is no answer:
 * a text of which it is the likeliest is left unassigned, and its label is the likeliest within scope (the choice is
 * explained in docs/operate/evaluating.md).
 *
 * @throws LearningError where `learned` has fewer than two labels
 */
export async function judgeTexts(
  learned: readonly Example[],
  tested: readonly Example[],
  { seed, riskBudget, oosFrom, unlabelled, onProgress }: JudgeOptions,
): Promise<JudgedTexts> {
  const start = performance.now()
  const testedTexts = new Set(tested.map(({ text }) => text))
  const classifier = trainClassifier({
    texts: learned.map(({ text }) => text),
    labels: learned.map(({ label }) => label),
    seed,
    riskBudget,
    ...(unlabelled && { unlabelled: unlabelled.filter((text) => !testedTexts.has(text)) }),
    ...(onProgress && { onProgress }),
  })
  const fitted = performance.now()
  const scope = oosFrom && chooseScope(oosFrom.map((example) => judge(classifier, example)))
  const chosen = performance.now()
  const rows = tested.map((example) => {
    const row = judge(classifier, example)
    if (scope === undefined) return row
    const inScope = row.score >= scope.mostRight
    return { ...row, assigned: inScope && (riskBudget === undefined || row.assigned) }
  })
  const classified = performance.now()
  const known = new Set(classifier.labels)
  const files = await saveClassifier(classifier)
  return {
    rows,
    ...(scope && { scope }),
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

/** What a classifier makes of a text by itself: under its budget, and never `oos`. */
function judge(classifier: Classifier, { text, label: truth }: Example): ScoredRow {
  const classification = classifier.classify(text)
  const { decision, familiarity } = classification
  if (!classifier.labels.includes(OUT_OF_SCOPE)) {
    const { label, confidence } = classification
    return { truth, label, confidence, assigned: decision === 'assigned', score: familiarity }
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
