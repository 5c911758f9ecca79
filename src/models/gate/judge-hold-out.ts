import { createHash } from 'node:crypto'
import type { Classifier } from '../../learning/classifier.ts'
import { evaluate, type JudgedRow } from '../../learning/evaluation/evaluate.ts'
import type { HoldOutFigures } from '../registry/model-version.ts'
import type { OutOfFoldRow } from './held-out-predictions.ts'

/** A labelled thread as text. */
export interface Example {
  readonly text: string
  readonly label: string
}

/** What a classifier says of texts that it has not learned from. */
export function judgeTextsBy(classifier: Classifier, examples: readonly Example[]): JudgedRow[] {
  return examples.map(({ text, label: truth }) => {
    const { label, confidence, decision } = classifier.classify(text)
    return { truth, label, confidence, assigned: decision === 'assigned' }
  })
}

/** Out-of-fold predictions as verdicts. */
export function judgeOutOfFold(rows: readonly OutOfFoldRow[]): JudgedRow[] {
  return rows.map(({ truth, likeliest, assigned }) => ({ truth, ...likeliest[0]!, assigned }))
}

/** Figures of judged threads, of which there is at least one. */
export function figuresOf(rows: readonly JudgedRow[]): HoldOutFigures {
  const right = rows.filter((row) => row.label === row.truth).length
  const figures = evaluate(rows)
  return {
    right,
    accuracy: right / rows.length,
    macroF1: figures.macro_f1,
    coverage: figures.coverage,
    wrongAmongAssigned: figures.selective_risk,
    calibrationError: figures.ece,
  }
}

/** How often the commonest label of `learned` (of equally common ones the first by name) is right. */
export function judgeMajority(learned: readonly Pick<Example, 'label'>[], truths: readonly string[]) {
  const counts = new Map<string, number>()
  for (const { label } of learned) counts.set(label, (counts.get(label) ?? 0) + 1)
  const [label] = [...counts].reduce((best, each) =>
    each[1] > best[1] || (each[1] === best[1] && each[0] < best[0]) ? each : best,
  )
  const right = truths.filter((truth) => truth === label).length
  return { label, right, accuracy: right / truths.length }
}

/** Equal for equal examples in the same order. */
export function fingerprint(examples: readonly Example[]): string {
  const hash = createHash('sha256')
  for (const { text, label } of examples) hash.update(JSON.stringify([text, label]))
  return hash.digest('hex').slice(0, 16)
}
