import type { HoldOutReport } from './model-version.ts'

/** A candidate may be this much worse than the active version before it is turned down. */
const TOLERANCE = 0.01

export interface ActivationDecision {
  readonly activate: boolean
  /** A sentence for people. */
  readonly reason: string
}

/**
 * The gate. A candidate takes the place of the active version unless it is more than one point worse on the
 * hold-out; where there is none to compare with, unless it is no better than always answering the commonest label.
 */
export function decideActivation({
  threads,
  candidate,
  active,
  majority,
}: HoldOutReport): ActivationDecision {
  const own = `${percent(candidate.accuracy)} of ${threads} held-out threads right`
  if (active !== undefined) {
    const activate = (active.right - candidate.right) / threads <= TOLERANCE + Number.EPSILON
    const theirs = `version ${active.version}, active until then, has ${percent(active.accuracy)}`
    return activate
      ? { activate, reason: `Activated: ${own}; ${theirs}.` }
      : { activate, reason: `Rejected: ${own}, more than a point worse; ${theirs}.` }
  }
  const activate = candidate.right > majority.right
  const guess = `always answering "${majority.label}" has ${percent(majority.accuracy)}`
  return activate
    ? { activate, reason: `Activated: ${own}; ${guess}.` }
    : { activate, reason: `Rejected: ${own}, no better than guessing; ${guess}.` }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
