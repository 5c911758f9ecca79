import { LearningError } from '../errors.ts'

/**
 * Area under the precision-recall curve as a sum over ranks: `Σ (Rₙ − Rₙ₋₁) Pₙ` (scikit-learn's definition). Rows of
 * equal score share a rank, so that their order does not matter. 0 where no row is positive.
 *
 * @param scores the higher, the surer that a row is positive
 * @param positive 1 or 0 a row
 * @throws LearningError `LENGTH_MISMATCH`; `INVALID_ARGUMENT` for a score that is not a number
 */
export function averagePrecision(scores: Float64Array, positive: Uint8Array): number {
  if (scores.length !== positive.length) {
    throw new LearningError('LENGTH_MISMATCH', 'each score needs one label')
  }
  if (scores.some(Number.isNaN)) throw new LearningError('INVALID_ARGUMENT', 'a score must be a number')
  const order = [...scores.keys()].sort((a, b) => (scores[a]! === scores[b]! ? 0 : scores[b]! - scores[a]!))
  let [found, counted, sum] = [0, 0, 0]
  order.forEach((row, place) => {
    found += positive[row]! > 0 ? 1 : 0
    const next = order[place + 1]
    if (next !== undefined && scores[next] === scores[row]) return
    sum += (found - counted) * (found / (place + 1))
    counted = found
  })
  return found > 0 ? sum / found : 0
}
