import { exactMcNemar } from '../../learning/statistics/binomial.ts'
import { holm } from '../../learning/statistics/holm.ts'
import { signedRank } from '../../learning/statistics/rank-tests.ts'
import type { Comparison, GateTest, Ground, PairedPrediction } from './gate-evidence.ts'

/** Chance, at most, that a candidate no worse than the active version is turned down by any of the tests. */
const ALPHA = 0.05
/** A share of threads; a drop of more is turned down without adjustment for the other tests. */
const TOLERATED_DROP = 0.01
/** Fewest threads of a language or label, and fewest with differing verdicts: fewer than five never reach p < 0.05. */
const ENOUGH = { threads: 10, differing: 5 }
/** Fewest threads labelled otherwise: agents change their minds honestly, too. */
const ENOUGH_RELABELLED = 8

type Tally = Pick<GateTest, 'on' | 'scope' | 'name' | 'threads' | 'lost' | 'gained'>

/**
 * Tests the candidate on each ground as a whole and, out of fold and on the audit slice, in each language and label
 * with enough cases, adjusted for their number. A refusal is an adjusted p-value below 0.05, or a drop of more than one
 * point that chance alone rarely explains: without the latter every fifth candidate trained on the same 500 threads
 * with another seed would be refused for it (docs/internals/gate.md).
 *
 * Labels given otherwise since are another question, which no candidate trained on the same labels raises: their test
 * is not adjusted.
 */
export function testComparisons(comparisons: readonly Comparison[]): GateTest[] {
  const tallies = comparisons.flatMap((each) => (each.on === 'relabelled' ? [] : tally(each.on, each.cases)))
  const pValues = tallies.map(({ lost, gained }) => exactMcNemar(lost, gained))
  const adjusted = holm(pValues)
  const tests = tallies.map((each, at): GateTest => {
    const test = { ...each, p: pValues[at]!, adjusted: adjusted[at]! }
    if (test.adjusted < ALPHA) return { ...test, refusal: 'test' }
    return isDrop(test) ? { ...test, refusal: 'drop' } : test
  })
  const labels = comparisons.flatMap((each) => (each.on === 'relabelled' ? testLabels(each.oddsOfOld) : []))
  return [...tests, ...labels]
}

/** Whether a refusal depends on how the candidate's examples were dealt into folds. */
export function dependsOnFolds({ on, refusal }: GateTest): boolean {
  return refusal !== undefined && (on === 'out-of-fold' || on === 'recent')
}

/**
 * Takes a second look at refusals that depend on the folds: one stays where the same test has p < 0.05 again. Threads
 * of one label stand and fall together when a model is trained with another seed, which the test does not suppose.
 *
 * @param comparisons of the labels of then and now, both trained anew (`compareAnew`)
 */
export function confirmRefusals(tests: readonly GateTest[], comparisons: readonly Comparison[]): GateTest[] {
  const second = testComparisons(comparisons)
  return tests.map((test) => {
    if (!dependsOnFolds(test)) return test
    const { on, scope, name } = test
    const same = second.find((each) => each.on === on && each.scope === scope && each.name === name)
    const again = same === undefined ? NOTHING_FOUND : { lost: same.lost, gained: same.gained, p: same.p }
    const { refusal, ...rest } = test
    return again.p < ALPHA ? { ...rest, again, refusal: refusal! } : { ...rest, again }
  })
}

/** Of a language or label in which hardly a thread differs at the second look. */
const NOTHING_FOUND = { lost: 0, gained: 0, p: 1 }

function testLabels(oddsOfOld: readonly number[]): GateTest[] {
  const lost = oddsOfOld.filter((odds) => odds > 0).length
  const gained = oddsOfOld.filter((odds) => odds < 0).length
  if (lost + gained < ENOUGH_RELABELLED) return []
  const p = signedRank(oddsOfOld)
  const test = { on: 'relabelled', scope: 'all', threads: oddsOfOld.length, lost, gained } as const
  return [{ ...test, p, adjusted: p, ...(p < ALPHA && { refusal: 'test' }) }]
}

function isDrop({ on, scope, threads, lost, gained, p }: Tally & { readonly p: number }): boolean {
  return scope === 'all' && isSliced(on) && (lost - gained) / threads > TOLERATED_DROP && p < ALPHA
}

/** The grounds that stand for all posts. */
function isSliced(on: Ground): boolean {
  return on === 'out-of-fold' || on === 'audit-slice'
}

function tally(on: Ground, cases: readonly PairedPrediction[]): Tally[] {
  if (cases.length === 0) return []
  const whole = count(cases, { on, scope: 'all' })
  if (!isSliced(on)) return [whole]
  const languages = groups(cases, ({ language }) => language).filter(([language]) => language !== 'und')
  const labels = groups(cases, ({ label }) => label)
  const parts = [
    ...languages.map(([name, some]) => count(some, { on, scope: 'language', name })),
    ...labels.map(([name, some]) => count(some, { on, scope: 'label', name })),
  ]
  const suffices = ({ threads, lost, gained }: Tally) =>
    threads >= ENOUGH.threads && lost + gained >= ENOUGH.differing
  return [whole, ...parts.filter(suffices)]
}

function count(cases: readonly PairedPrediction[], of: Pick<GateTest, 'on' | 'scope' | 'name'>): Tally {
  return {
    ...of,
    threads: cases.length,
    lost: cases.filter(({ before, now }) => before && !now).length,
    gained: cases.filter(({ before, now }) => !before && now).length,
  }
}

/** Cases by a key, keys in code unit order. */
function groups(
  cases: readonly PairedPrediction[],
  keyOf: (each: PairedPrediction) => string,
): [string, PairedPrediction[]][] {
  const byKey = new Map<string, PairedPrediction[]>()
  for (const each of cases) {
    const key = keyOf(each)
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, [each])
    else known.push(each)
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1))
}
