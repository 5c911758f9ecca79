import { createHash } from 'node:crypto'
import { type Classifier, evaluate } from '../learning/index.ts'
import type { HoldOutFigures } from './model-version.ts'

/** A labelled thread as text. */
export interface Example {
  readonly text: string
  readonly label: string
}

/** What a classifier makes of the held-out threads. */
export function judgeHoldOut(classifier: Classifier, heldOut: readonly Example[]): HoldOutFigures {
  const rows = heldOut.map(({ text, label: truth }) => {
    const { label, confidence, decision } = classifier.classify(text)
    return { truth, label, confidence, assigned: decision === 'assigned' }
  })
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
export function judgeMajority(learned: readonly Example[], heldOut: readonly Example[]) {
  const counts = new Map<string, number>()
  for (const { label } of learned) counts.set(label, (counts.get(label) ?? 0) + 1)
  const [label] = [...counts].reduce((best, each) =>
    each[1] > best[1] || (each[1] === best[1] && each[0] < best[0]) ? each : best,
  )
  const right = heldOut.filter((example) => example.label === label).length
  return { label, right, accuracy: right / heldOut.length }
}

/** Equal for equal examples in the same order. */
export function fingerprint(examples: readonly Example[]): string {
  const hash = createHash('sha256')
  for (const { text, label } of examples) hash.update(JSON.stringify([text, label]))
  return hash.digest('hex').slice(0, 16)
}
