/**
 * Why a label is not assigned:
 * - `unlike-anything-seen`: the text is not like those that were learned from, so that no confidence counts;
 * - `two-labels-close`: the likeliest label alone is not confident enough, but it and the next together are, and the
 *   next has at least half its probability;
 * - `unsure`: any other confidence below the threshold.
 */
export type AbstentionReason = 'unsure' | 'unlike-anything-seen' | 'two-labels-close'

/** The next label's share of the likeliest's probability from which on the two are close. */
const CLOSE = 0.5

/**
 * Why the likeliest label is not assigned; undefined where it is.
 *
 * @param familiar whether the text is like those that were learned from
 * @param confidence the likeliest label's probability
 * @param next that of the second
 * @param threshold of the likeliest label
 */
export function abstentionReason(
  familiar: boolean,
  confidence: number,
  next: number,
  threshold: number,
): AbstentionReason | undefined {
  if (!familiar) return 'unlike-anything-seen'
  if (confidence >= threshold) return undefined
  return confidence + next >= threshold && next >= CLOSE * confidence ? 'two-labels-close' : 'unsure'
}
