import { exactMcNemar } from '../../learning/statistics/binomial.ts'
import type { Sentences } from '../../text/wording.ts'
import type { VersionEvaluation } from '../registry/model-version.ts'
import { activationPhrases, type Compared } from './activation-phrases.ts'
import type { GateEvidence, GateTest, ParityEvidence } from './gate-evidence.ts'

/** Why a candidate is refused. */
export type RefusalGround =
  | { readonly kind: 'guess' }
  | { readonly kind: 'test'; readonly test: GateTest }
  | { readonly kind: 'parity'; readonly parity: ParityEvidence }

interface Described {
  readonly evaluation: VersionEvaluation
  readonly gate: GateEvidence
  /** None where the candidate is activated. */
  readonly refusals: readonly RefusalGround[]
  /** Whether parity is required and too few threads test it. */
  readonly parityUntested: boolean
}

/** Refusals by tests that a reason lists; the report holds all. */
const MOST_LISTED = 3
/** Significance of a difference that a reason names. */
const ALPHA = 0.05

/** Says what the gate decided, and why, in both languages. */
export function describeActivation(described: Described): Sentences {
  return { en: describeIn('en', described), fr: describeIn('fr', described) }
}

function describeIn(
  language: keyof Sentences,
  { evaluation, gate, refusals, parityUntested }: Described,
): string {
  const say = activationPhrases[language]
  const figures = say.figures(evaluation)
  if (refusals.length > 0) return say.rejected(clausesOf(language, refusals, evaluation, gate), figures)
  const whole = gate.tests.find(({ scope, on }) => scope === 'all' && on !== 'relabelled')
  const besides =
    gate.version === undefined ? say.guess(evaluation) : whole && say.compared(compare(whole, gate))
  const sentences = [say.activated(figures, besides), ...(parityUntested ? [say.parityUntested] : [])]
  return sentences.join(' ')
}

function clausesOf(
  language: keyof Sentences,
  refusals: readonly RefusalGround[],
  evaluation: VersionEvaluation,
  { version }: GateEvidence,
): string[] {
  const say = activationPhrases[language]
  const tests = refusals.flatMap((each) => (each.kind === 'test' ? [each.test] : []))
  const more = tests.length - MOST_LISTED
  return [
    ...refusals.flatMap(({ kind }) => (kind === 'guess' ? [say.noBetterThanGuessing(evaluation)] : [])),
    ...tests.slice(0, MOST_LISTED).map((test) => say.worse(test, version)),
    ...(more > 0 ? [say.more(more)] : []),
    ...refusals.flatMap((each) => (each.kind === 'parity' ? [say.lacksParity(each.parity)] : [])),
  ]
}

/**
 * How an activated candidate compares with the active version, by a two-sided test: the one-sided test of the gate asks
 * only whether it is worse.
 */
function compare(whole: GateTest, { version, tests }: GateEvidence): Compared {
  const { lost, gained } = whole
  const p = Math.min(1, 2 * Math.min(exactMcNemar(lost, gained), exactMcNemar(gained, lost)))
  const compared = { version, test: whole, p, tests: tests.length }
  if (p >= ALPHA) return { ...compared, outcome: 'same' }
  if (gained > lost) return { ...compared, outcome: 'better' }
  return { ...compared, outcome: whole.again === undefined ? 'tolerated' : 'not-confirmed' }
}
