/** The accuracy of a classifier trained on so many examples. */
export interface CurvePoint {
  /** Examples learned from. */
  readonly labels: number
  /** Share of right labels among the test texts, in [0, 1]. */
  readonly accuracy: number
}

/** Accuracy by number of labels, at all points on the same test texts. Plain values, which can be stored as JSON. */
export interface LearningCurve {
  /** By rising number of labels. */
  readonly points: readonly CurvePoint[]
  /** Number of test texts. */
  readonly judged: number
  /** Whether the test texts are the audit slice; otherwise they are examples, tested by cross-validation. */
  readonly heldOut: boolean
  /**
   * Bootstrap accuracies (Efron & Tibshirani 1993, section 6.2): each row has one for each point, over as many texts drawn
   * with replacement from the test texts. A row draws the same texts for all points, so that the difference of two
   * points is known better than either.
   */
  readonly resampled: readonly (readonly number[])[]
}

/** 95 % bootstrap interval of each point. */
export function curveIntervals({ points, resampled }: LearningCurve): [low: number, high: number][] {
  return points.map((_, at) =>
    middleOf(
      resampled.map((row) => row[at]!),
      0.95,
    ),
  )
}

/** The bounds of the middle `share` of at least one value. */
export function middleOf(values: readonly number[], share: number): [low: number, high: number] {
  const sorted = Float64Array.from(values).sort()
  const outside = Math.floor((sorted.length * (1 - share)) / 2)
  return [sorted[outside]!, sorted[sorted.length - 1 - outside]!]
}
