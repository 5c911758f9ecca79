import {
  type JudgedRow,
  OUT_OF_SCOPE,
  saveClassifier,
  type TrainingProgress,
  trainClassifier,
} from '../learning/index.ts'
import type { Example } from './judge-hold-out.ts'

/** What one classifier made of the texts it was tested on, and what it took. */
export interface JudgedTexts {
  readonly rows: readonly JudgedRow[]
  /** Of `rows`, in their order: whether the classifier had met the label in training. */
  readonly knownLabel: readonly boolean[]
  readonly fitSeconds: number
  readonly classifySeconds: number
  readonly artefactBytes: number
  readonly temperature: number
  readonly threshold: number
  /** Texts learned from. */
  readonly learned: number
}

export interface JudgeOptions {
  readonly seed: number
  readonly riskBudget?: number
  readonly onProgress?: (progress: TrainingProgress) => void
}

/**
 * Learns from some texts and judges others. What out-of-scope texts look like is learned too, but `oos` is no answer:
 * a text of which it is the likeliest is left unassigned, and its label is the likeliest within scope (the choice is
 * explained in docs/evaluating.md).
 *
 * @throws LearningError where `learned` has fewer than two labels
 */
export async function judgeTexts(
  learned: readonly Example[],
  tested: readonly Example[],
  { seed, riskBudget, onProgress }: JudgeOptions,
): Promise<JudgedTexts> {
  const start = performance.now()
  const classifier = trainClassifier({
    texts: learned.map(({ text }) => text),
    labels: learned.map(({ label }) => label),
    seed,
    ...(riskBudget !== undefined && { riskBudget }),
    ...(onProgress && { onProgress }),
  })
  const fitted = performance.now()
  const rows = tested.map(({ text, label: truth }) => {
    const verdict = classifier.classify(text)
    if (verdict.label !== OUT_OF_SCOPE) {
      const { label, confidence, decision } = verdict
      return { truth, label, confidence, assigned: decision === 'assigned' }
    }
    const { label, confidence } = verdict.alternatives.find((each) => each.label !== OUT_OF_SCOPE)!
    return { truth, label, confidence, assigned: false }
  })
  const classified = performance.now()
  const known = new Set(classifier.labels)
  const files = await saveClassifier(classifier)
  return {
    rows,
    knownLabel: rows.map(({ truth }) => known.has(truth)),
    fitSeconds: (fitted - start) / 1000,
    classifySeconds: (classified - fitted) / 1000,
    artefactBytes: Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0),
    temperature: classifier.temperature,
    threshold: classifier.threshold,
    learned: learned.length,
  }
}
