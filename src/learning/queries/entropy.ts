import { byUncertainty } from './uncertainty.ts'

/**
 * Asks about what could be many labels: Shannon's entropy, in nats. What is left of the probability beyond the ranks told
 * is taken as shared evenly by the other labels, which is the most that it can be.
 */
export const entropy = byUncertainty(({ ranks, classes, probabilities }, row) => {
  let sum = 0
  let rest = 1
  for (let at = row * ranks; at < (row + 1) * ranks; at++) {
    const p = probabilities[at]!
    rest -= p
    if (p > 0) sum -= p * Math.log(p)
  }
  return classes > ranks && rest > 0 ? sum - rest * Math.log(rest / (classes - ranks)) : sum
})
