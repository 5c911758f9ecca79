import type { HoldOutReport } from '../registry/model-version.ts'
import type { GateEvidence, GateTest, Ground, ParityEvidence } from './gate-evidence.ts'

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
  const guess = `always answering "${majority.label}" would be correct for ${percent(majority.accuracy)}`
  const refusals = [
    ...(isGuess ? [`it is no better than guessing: ${guess}`] : []),
    ...printRejections(gate),
    ...(requireParity && gate.parity?.differs ? [printParity(gate.parity)] : []),
  ]
  const figures = printFigures(holdOut)
  if (refusals.length > 0)
    return { activate: false, reason: `Rejected: ${refusals.join('; ')}. Accuracy: ${figures}.` }
  const beside = isCompared ? printComparison(gate) : guess
  const untested = requireParity && gate.parity === undefined
  return {
    activate: true,
    reason: [
      `Activated: ${figures}${beside === undefined ? '' : `; ${beside}`}.`,
      ...(untested ? ['Language parity was not tested: too few threads in French or English.'] : []),
    ].join(' '),
  }
}

/** Most refusals that a reason spells out; the report holds all. */
const MOST_TOLD = 3

/** "84.2 % of 57 threads right that it had not learned from when it predicted them (cross-validation)". */
export function printFigures({ basis, threads, candidate }: HoldOutReport): string {
  return `${percent(candidate.accuracy)} of ${threads} threads ${FIGURES_OF[basis]}`
}

const FIGURES_OF: Readonly<Record<HoldOutReport['basis'], string>> = {
  'audit-slice': 'of the audit slice correct',
  'out-of-fold': 'correct in held-out predictions (cross-validation)',
}

/** How the candidate compares as a whole, on the first ground that there is. */
export function printComparison({ version, tests }: GateEvidence): string | undefined {
  const whole = tests.find(({ scope, on }) => scope === 'all' && on !== 'relabelled')
  return whole && `${printCounts(whole, version)} ${placeOf(whole)}`
}

/** Why the tests turn a candidate down, each in a clause of its own. */
export function printRejections({ version, tests }: GateEvidence): string[] {
  const refusals = tests.filter(({ refusal }) => refusal !== undefined)
  const told = refusals.slice(0, MOST_TOLD).map((test) => printRejection(test, version))
  const more = refusals.length - told.length
  return more > 0 ? [...told, `and ${more} more (see the report)`] : told
}

/** In which language the candidate is better, and how probable that is by chance. */
export function printParity({ french, english, p }: ParityEvidence): string {
  const share = ({ right, threads }: typeof french) => `${percent(right / threads)} of ${threads}`
  return `language parity is required, but ${share(french)} threads are correct in French and ${share(english)} in English (${tellP(p)})`
}

function printRejection(test: GateTest, version: number | undefined): string {
  const { on, threads, lost, gained, refusal } = test
  const p = Math.max(test.p, test.again?.p ?? 0)
  if (on === 'relabelled')
    return `of ${threads} threads relabelled since version ${version}, the other examples support the old label for ${lost} and the new label for ${gained} (${tellP(p)})`
  const counts = `${printCounts(test, version)} ${placeOf(test)}`
  if (refusal === 'test') return `${counts} (${tellP(p)})`
  return `accuracy is ${((100 * (lost - gained)) / threads).toFixed(1)} points lower: ${counts} (${tellP(p)})`
}

function printCounts({ lost, gained }: GateTest, version: number | undefined): string {
  const wrong = lost === 1 ? '1 thread that' : `${lost} threads that`
  return `${wrong} version ${version} predicted correctly ${lost === 1 ? 'is' : 'are'} wrong now and ${gained} the other way round,`
}

const PLACES: Readonly<Record<Exclude<Ground, 'relabelled'>, string>> = {
  'out-of-fold': 'with held-out predictions',
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

function tellP(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}
