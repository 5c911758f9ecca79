import type { Sentences } from '../../text/wording.ts'
import { describeActivation, type RefusalGround } from './describe-activation.ts'
import type { CandidateEvaluation } from './evaluate-candidate.ts'

interface ActivationDecision {
  readonly activate: boolean
  /** For people, in both languages. */
  readonly reason: Sentences
}

/**
 * The gate: decides whether a candidate replaces the active version. It does unless a test shows that it is worse, or
 * the facet requires parity of languages and the candidate lacks it. Without an active version it must be right more
 * often than the commonest label.
 */
export function decideActivation(
  { evaluation, gate }: CandidateEvaluation,
  { requireParity }: { readonly requireParity: boolean },
): ActivationDecision {
  const { candidate, majority } = evaluation
  const isCompared = gate.version !== undefined
  const isGuess = !isCompared && candidate.right <= majority.right
  const refusals: RefusalGround[] = [
    ...(isGuess ? [{ kind: 'guess' } as const] : []),
    ...gate.tests
      .filter(({ refusal }) => refusal !== undefined)
      .map((test) => ({ kind: 'test', test }) as const),
    ...(requireParity && gate.parity?.differs ? [{ kind: 'parity', parity: gate.parity } as const] : []),
  ]
  const described = { evaluation, gate, refusals, parityUntested: requireParity && gate.parity === undefined }
  return { activate: refusals.length === 0, reason: describeActivation(described) }
}
