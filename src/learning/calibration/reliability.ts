import { LearningError } from '../errors.ts'
import type { Confidences } from './calibration-parity.ts'

/** Rows whose confidence lies in one stretch, from `from` (inclusive) to `to` (exclusive; inclusive where it is 1). */
export interface ReliabilityBin {
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly right: number
  /** Absent where there are no rows. */
  readonly meanConfidence?: number
}

/**
 * The reliability diagram (DeGroot & Fienberg 1983; Niculescu-Mizil & Caruana 2005): rows by confidence, in bins of equal
 * width, empty ones too.
 *
 * @throws LearningError `INVALID_ARGUMENT` for less than one bin
 */
export function reliabilityBins({ confidences, correct }: Confidences, bins: number): ReliabilityBin[] {
  if (!Number.isSafeInteger(bins) || bins < 1)
    throw new LearningError('INVALID_ARGUMENT', 'there must be at least one bin')
  const rows = new Float64Array(bins)
  const right = new Float64Array(bins)
  const sums = new Float64Array(bins)
  confidences.forEach((confidence, at) => {
    const bin = Math.min(bins - 1, Math.floor(confidence * bins))
    rows[bin]! += 1
    right[bin]! += correct[at]!
    sums[bin]! += confidence
  })
  return Array.from({ length: bins }, (_, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    rows: rows[bin]!,
    right: right[bin]!,
    meanConfidence: rows[bin]! > 0 ? sums[bin]! / rows[bin]! : undefined,
  }))
}
