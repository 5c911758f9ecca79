import type { ReplayPoint } from './replay.ts'

/** A point of several replays of one strategy, which differ by their seed. */
export interface ReplayedPoint {
  readonly labels: number
  /** Mean over the seeds. */
  readonly accuracy: number
  readonly lowest: number
  readonly highest: number
  readonly balancedAccuracy: number
  readonly labelsFound: number
}

/** The points that all replays have: where one ended early, no later ones. */
export function summariseReplays(replays: readonly (readonly ReplayPoint[])[]): ReplayedPoint[] {
  const shared = Math.min(...replays.map((points) => points.length))
  return Array.from({ length: shared }, (_, at) => {
    const points = replays.map((replay) => replay[at]!)
    const accuracies = points.map(({ accuracy }) => accuracy)
    return {
      labels: Math.max(...points.map(({ labels }) => labels)),
      accuracy: mean(accuracies),
      lowest: Math.min(...accuracies),
      highest: Math.max(...accuracies),
      balancedAccuracy: mean(points.map((point) => point.balancedAccuracy)),
      labelsFound: mean(points.map((point) => point.labelsFound)),
    }
  })
}

/** Labels from which on the accuracy is never below a bound; undefined where its last point is. */
export function labelsToReach(
  points: readonly { readonly labels: number; readonly accuracy: number }[],
  bound: number,
): number | undefined {
  const below = points.findLastIndex(({ accuracy }) => accuracy < bound)
  return points[below + 1]?.labels
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
