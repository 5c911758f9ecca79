import { exactMcNemar } from '../../learning/statistics/binomial.ts'
import { holm } from '../../learning/statistics/holm.ts'
import { signedRank } from '../../learning/statistics/rank-tests.ts'
import type { Comparison, GateTest, Ground, PairedPrediction } from './gate-evidence.ts'

/** Probability, at most, that any of the tests rejects a candidate that is no worse than the active version. */
const ALPHA = 0.05
/** A share of threads; a larger drop is a refusal without adjustment for the other tests. */
const TOLERATED_DROP = 0.01
/** Fewest threads of a language or label, and fewest that only one version has right: under five, p never falls below 0.05. */
const ENOUGH = { threads: 10, differing: 5 }
/** Fewest threads with a changed label, since agents also correct labels for good reasons. */
const ENOUGH_RELABELLED = 8

type PairedCounts = Pick<GateTest, 'on' | 'scope' | 'name' | 'threads' | 'lost' | 'gained'>

/**
 * Tests each comparison as a whole and, for held-out predictions and the audit slice, each language and label with
 * enough cases; p-values are adjusted for the number of tests. A refusal is an adjusted p-value below 0.05, or a drop
 * of more than one point with an unadjusted p-value below 0.05: without that condition every fifth candidate trained
 * on the same 500 threads with another seed would be refused (docs/internals/gate.md).
 *
 * Changed labels are a question of their own, which does not arise for a candidate trained on the same labels: their
 * test is not adjusted.
 */
export function testComparisons(comparisons: readonly Comparison[]): GateTest[] {
  const counts = comparisons.flatMap((each) =>
    each.on === 'relabelled' ? [] : countPairs(each.on, each.cases),
  )
  const pValues = counts.map(({ lost, gained }) => exactMcNemar(lost, gained))
  const adjusted = holm(pValues)
  const tests = counts.map((each, at): GateTest => {
    const test = { ...each, p: pValues[at]!, adjusted: adjusted[at]! }
    if (test.adjusted < ALPHA) return { ...test, refusal: 'test' }
    return isDrop(test) ? { ...test, refusal: 'drop' } : test
  })
  const labels = comparisons.flatMap((each) => (each.on === 'relabelled' ? testLabels(each.oddsOfOld) : []))
  return [...tests, ...labels]
}

/** Whether a refusal depends on how the candidate's examples were dealt into folds. */
export function dependsOnFolds({ on, refusal }: GateTest): boolean {
  return refusal !== undefined && (on === 'held-out' || on === 'recent')
}

/**
 * Repeats the tests that refused the candidate and depend on the folds: a refusal stands where the same test has
 * p < 0.05 again. The test assumes that threads are independent, but those of one label change together when a model is
 * trained with another seed.
 *
 * @param comparisons after retraining on the old and the new labels (`compareRetrained`)
 */
export function confirmRefusals(tests: readonly GateTest[], comparisons: readonly Comparison[]): GateTest[] {
  const repeated = testComparisons(comparisons)
  return tests.map((test) => {
    if (!dependsOnFolds(test)) return test
    const { on, scope, name } = test
    const same = repeated.find((each) => each.on === on && each.scope === scope && each.name === name)
    const again = same === undefined ? NO_DIFFERENCE : { lost: same.lost, gained: same.gained, p: same.p }
    const { refusal, ...rest } = test
    return again.p < ALPHA ? { ...rest, again, refusal: refusal! } : { ...rest, again }
  })
}

/** For a language or label with too few differing threads in the repetition. */
const NO_DIFFERENCE = { lost: 0, gained: 0, p: 1 }

function testLabels(oddsOfOld: readonly number[]): GateTest[] {
  const lost = oddsOfOld.filter((odds) => odds > 0).length
  const gained = oddsOfOld.filter((odds) => odds < 0).length
  if (lost + gained < ENOUGH_RELABELLED) return []
  const p = signedRank(oddsOfOld)
  const test = { on: 'relabelled', scope: 'all', threads: oddsOfOld.length, lost, gained } as const
  return [{ ...test, p, adjusted: p, ...(p < ALPHA && { refusal: 'test' }) }]
}

function isDrop({ on, scope, threads, lost, gained, p }: PairedCounts & { readonly p: number }): boolean {
  return scope === 'all' && isRepresentative(on) && (lost - gained) / threads > TOLERATED_DROP && p < ALPHA
}

/** Whether the threads of a comparison represent all posts. */
function isRepresentative(on: Ground): boolean {
  return on === 'held-out' || on === 'audit-slice'
}

function countPairs(on: Ground, cases: readonly PairedPrediction[]): PairedCounts[] {
  if (cases.length === 0) return []
  const whole = count(cases, { on, scope: 'all' })
  if (!isRepresentative(on)) return [whole]
  const languages = groups(cases, ({ language }) => language).filter(([language]) => language !== 'und')
  const labels = groups(cases, ({ label }) => label)
  const parts = [
    ...languages.map(([name, some]) => count(some, { on, scope: 'language', name })),
    ...labels.map(([name, some]) => count(some, { on, scope: 'label', name })),
  ]
  const suffices = ({ threads, lost, gained }: PairedCounts) =>
    threads >= ENOUGH.threads && lost + gained >= ENOUGH.differing
  return [whole, ...parts.filter(suffices)]
}

function count(
  cases: readonly PairedPrediction[],
  of: Pick<GateTest, 'on' | 'scope' | 'name'>,
): PairedCounts {
  return {
    ...of,
    threads: cases.length,
    lost: cases.filter(({ before, now }) => before && !now).length,
    gained: cases.filter(({ before, now }) => !before && now).length,
  }
}

/** Groups cases by a key; groups in code unit order of their keys. */
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
