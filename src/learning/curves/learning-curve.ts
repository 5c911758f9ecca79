/** How good a classifier is that learned from so many examples. */
export interface CurvePoint {
  /** Examples learned from. */
  readonly labels: number
  /** Share of right labels among the texts judged, in [0, 1]. */
  readonly accuracy: number
}

/** Accuracy by the number of labels; all points are judged on the same texts. Plain numbers, for storing. */
export interface LearningCurve {
  /** By rising number of labels. */
  readonly points: readonly CurvePoint[]
  /** Texts judged. */
  readonly judged: number
  /** Whether they were held out for good (the audit slice), rather than in turn. */
  readonly heldOut: boolean
  /**
   * The accuracies that other texts of the same kind could have given: each row has one for each point, over as many
   * texts drawn from those judged, with replacement (Efron & Tibshirani 1993, section 6.2). What the points have in common
   * by being judged on the same texts is kept, so that a difference of two of them is known better than either.
   */
  readonly resampled: readonly (readonly number[])[]
}

/** 95 % of what other texts could have given, for each point. */
export function curveIntervals({ points, resampled }: LearningCurve): [low: number, high: number][] {
  return points.map((_, at) =>
    middleOf(
      resampled.map((row) => row[at]!),
      0.95,
    ),
  )
}

/** The bounds of the middle share of some values; at least one is needed. */
export function middleOf(values: readonly number[], share: number): [low: number, high: number] {
  const sorted = Float64Array.from(values).sort()
  const outside = Math.floor((sorted.length * (1 - share)) / 2)
  return [sorted[outside]!, sorted[sorted.length - 1 - outside]!]
}
