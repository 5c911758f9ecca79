import type { Ranked } from './digits.ts'

/** Below this the model gives a label next to no chance. */
const UNLIKELY = 0.02

/** Whether the model gives a label next to no chance in an item whose prediction is shown. */
export function isUnlikely(label: string, { prediction }: Ranked): boolean {
  if (prediction === undefined) return false
  const { alternatives } = prediction
  const found = alternatives.find((each) => each.label === label)
  // Of a label that is not among the likeliest, all that is known is what these leave to the others.
  const left = 1 - alternatives.reduce((sum, { confidence }) => sum + confidence, 0)
  return (found?.confidence ?? left) < UNLIKELY
}
