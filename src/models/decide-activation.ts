import type { GateEvidence } from './gate-evidence.ts'
import { percent, tellComparison, tellFigures, tellParity, tellRefusals } from './gate-sentences.ts'
import type { HoldOutReport } from './model-version.ts'

interface ActivationDecision {
  readonly activate: boolean
  /** For people, in sentences. */
  readonly reason: string
}

export interface Judgement {
  readonly holdOut: HoldOutReport
  readonly gate: GateEvidence
}

/**
 * The gate. A candidate takes the place of the active version unless a test shows that it is worse, or parity of
 * languages is required and it has none. Where there is nothing to compare with, it must beat always answering the
 * commonest label.
 */
export function decideActivation(
  { holdOut, gate }: Judgement,
  { requireParity }: { readonly requireParity: boolean },
): ActivationDecision {
  const { candidate, majority } = holdOut
  const isCompared = gate.version !== undefined
  const isGuess = !isCompared && candidate.right <= majority.right
  const guess = `always answering "${majority.label}" has ${percent(majority.accuracy)}`
  const refusals = [
    ...(isGuess ? [`it is no better than guessing, for ${guess}`] : []),
    ...tellRefusals(gate),
    ...(requireParity && gate.parity?.differs ? [tellParity(gate.parity)] : []),
  ]
  const figures = tellFigures(holdOut)
  if (refusals.length > 0)
    return { activate: false, reason: `Rejected: ${refusals.join('; ')}. It has ${figures}.` }
  const beside = isCompared ? tellComparison(gate) : guess
  const untested = requireParity && gate.parity === undefined
  return {
    activate: true,
    reason: [
      `Activated: ${figures}${beside === undefined ? '' : `; ${beside}`}.`,
      ...(untested ? ['Parity of languages was not tested: too few threads in French or in English.'] : []),
    ].join(' '),
  }
}
