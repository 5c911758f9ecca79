import type { VersionEvaluation } from '../registry/model-version.ts'
import type { CandidateEvaluation } from './evaluate-candidate.ts'
import type { GateEvidence, GateTest, Ground, ParityEvidence } from './gate-evidence.ts'

interface ActivationDecision {
  readonly activate: boolean
  /** In sentences, for people. */
  readonly reason: string
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
  const guess = `always answering "${majority.label}" would be correct for ${percent(majority.accuracy)}`
  const refusals = [
    ...(isGuess ? [`it is no better than guessing: ${guess}`] : []),
    ...describeRefusals(gate),
    ...(requireParity && gate.parity?.differs ? [describeParity(gate.parity)] : []),
  ]
  const figures = describeFigures(evaluation)
  if (refusals.length > 0)
    return { activate: false, reason: `Rejected: ${refusals.join('; ')}. Accuracy: ${figures}.` }
  const compared = isCompared ? describeComparison(gate) : guess
  const untested = requireParity && gate.parity === undefined
  return {
    activate: true,
    reason: [
      `Activated: ${figures}${compared === undefined ? '' : `; ${compared}`}.`,
      ...(untested ? ['Language parity was not tested: too few threads in French or English.'] : []),
    ].join(' '),
  }
}

/** Refusals listed in a reason; the report holds all. */
const MOST_LISTED = 3

/** "84.2 % of 57 threads right that it had not learned from when it predicted them (cross-validation)". */
function describeFigures({ basis, threads, candidate }: VersionEvaluation): string {
  return `${percent(candidate.accuracy)} of ${threads} threads ${FIGURES_OF[basis]}`
}

const FIGURES_OF: Readonly<Record<VersionEvaluation['basis'], string>> = {
  'audit-slice': 'of the audit slice correct',
  'held-out': 'correct in held-out predictions (cross-validation)',
}

/** How the candidate compares over all threads of the first comparison. */
function describeComparison({ version, tests }: GateEvidence): string | undefined {
  const whole = tests.find(({ scope, on }) => scope === 'all' && on !== 'relabelled')
  return whole && `${describeCounts(whole, version)} ${placeOf(whole)}`
}

/** Why the tests reject a candidate, a clause for each. */
function describeRefusals({ version, tests }: GateEvidence): string[] {
  const refusals = tests.filter(({ refusal }) => refusal !== undefined)
  const listed = refusals.slice(0, MOST_LISTED).map((test) => describeRefusal(test, version))
  const more = refusals.length - listed.length
  return more > 0 ? [...listed, `and ${more} more (see the report)`] : listed
}

/** The accuracy in each language, and the p-value of the difference. */
function describeParity({ french, english, p }: ParityEvidence): string {
  const share = ({ right, threads }: typeof french) => `${percent(right / threads)} of ${threads}`
  return `language parity is required, but ${share(french)} threads are correct in French and ${share(english)} in English (${formatP(p)})`
}

function describeRefusal(test: GateTest, version: number | undefined): string {
  const { on, threads, lost, gained, refusal } = test
  const p = Math.max(test.p, test.again?.p ?? 0)
  if (on === 'relabelled')
    return `of ${threads} threads relabelled since version ${version}, the other examples support the old label for ${lost} and the new label for ${gained} (${formatP(p)})`
  const counts = `${describeCounts(test, version)} ${placeOf(test)}`
  if (refusal === 'test') return `${counts} (${formatP(p)})`
  return `accuracy is ${((100 * (lost - gained)) / threads).toFixed(1)} points lower: ${counts} (${formatP(p)})`
}

function describeCounts({ lost, gained }: GateTest, version: number | undefined): string {
  const wrong = lost === 1 ? '1 thread that' : `${lost} threads that`
  return `${wrong} version ${version} predicted correctly ${lost === 1 ? 'is' : 'are'} wrong now and ${gained} the other way round,`
}

const PLACES: Readonly<Record<Exclude<Ground, 'relabelled'>, string>> = {
  'held-out': 'with held-out predictions',
  'audit-slice': 'in the audit slice',
  recent: 'labelled since',
}

function placeOf({ on, scope, name = '', threads }: GateTest): string {
  const place = PLACES[on as Exclude<Ground, 'relabelled'>]
  if (scope === 'label') return `among ${threads} threads of "${name}" ${place}`
  if (scope === 'language') return `among ${threads} threads in ${languageName(name)} ${place}`
  return `among ${threads} threads ${place}`
}

function languageName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code
}

function formatP(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}
