/**
 * Why a label is not assigned:
 * - `unlike-anything-seen`: the text is novel, so its confidence means nothing;
 * - `two-labels-close`: the likeliest label alone is not confident enough, but together with the second it is, and the
 *   second has at least half its probability;
 * - `unsure`: any other confidence below the threshold.
 */
export type AbstentionReason = 'unsure' | 'unlike-anything-seen' | 'two-labels-close'

/** Ratio of the second probability to the first from which the two labels are close. */
const CLOSE = 0.5

/**
 * Why the likeliest label is not assigned; undefined where it is.
 *
 * @param novel whether the text is unlike the training texts
 * @param confidence probability of the likeliest label
 * @param second probability of the second label
 * @param threshold least confidence at which the likeliest label is assigned
 * @param scores what is compared with the threshold: where costs are stated, the scores of the label given, alone and
 *   together with the likeliest other one
 */
export function abstentionReason(
  novel: boolean,
  confidence: number,
  second: number,
  threshold: number,
  scores = { own: confidence, together: confidence + second },
): AbstentionReason | undefined {
  if (novel) return 'unlike-anything-seen'
  if (scores.own >= threshold) return undefined
  return scores.together >= threshold && second >= CLOSE * confidence ? 'two-labels-close' : 'unsure'
}
