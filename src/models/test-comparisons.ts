import { exactMcNemar, holm } from '../learning/index.ts'
import type { Comparison, GateTest, Ground, PairedVerdict } from './gate-evidence.ts'

/** Chance, at most, that a candidate no worse than the active version is turned down by any of the tests. */
const ALPHA = 0.05
/** A share of threads; a drop of more is turned down without adjustment for the other tests. */
const TOLERATED_DROP = 0.01
/** Fewest threads of a language or label, and fewest with differing verdicts: fewer than five never reach p < 0.05. */
const ENOUGH = { threads: 10, differing: 5 }
/** Fewest threads relabelled against or with what the model said: agents change their minds honestly, too. */
const ENOUGH_RELABELLED = 8

type Tally = Pick<GateTest, 'on' | 'scope' | 'name' | 'threads' | 'lost' | 'gained'>

/**
 * Tests the candidate on each ground as a whole and, out of fold and on the audit slice, in each language and label
 * with enough cases. A refusal is an adjusted p-value below 0.05, or a drop of more than one point on a whole ground
 * that chance alone explains in fewer than one of twenty cases: without that, every fifth candidate trained on the
 * same 500 threads with another seed would be refused for it (docs/gate.md).
 */
export function testComparisons(comparisons: readonly Comparison[]): GateTest[] {
  const tallies = comparisons.flatMap(tally)
  const pValues = tallies.map(({ lost, gained }) => exactMcNemar(lost, gained))
  const adjusted = holm(pValues)
  return tallies.map((each, at): GateTest => {
    const test = { ...each, p: pValues[at]!, adjusted: adjusted[at]! }
    if (test.adjusted < ALPHA) return { ...test, refusal: 'test' }
    return isDrop(test) ? { ...test, refusal: 'drop' } : test
  })
}

function isDrop({ on, scope, threads, lost, gained, p }: Tally & { readonly p: number }): boolean {
  return scope === 'all' && isSliced(on) && (lost - gained) / threads > TOLERATED_DROP && p < ALPHA
}

/** The grounds that stand for all posts. */
function isSliced(on: Ground): boolean {
  return on === 'out-of-fold' || on === 'audit-slice'
}

function tally({ on, cases }: Comparison): Tally[] {
  const whole = count(cases, { on, scope: 'all' })
  if (cases.length === 0) return []
  if (on === 'relabelled') return whole.lost + whole.gained >= ENOUGH_RELABELLED ? [whole] : []
  if (!isSliced(on)) return [whole]
  return [
    whole,
    ...groups(cases, ({ language }) => language)
      .filter(([language]) => language !== 'und')
      .map(([name, some]) => count(some, { on, scope: 'language', name })),
    ...groups(cases, ({ label }) => label).map(([name, some]) => count(some, { on, scope: 'label', name })),
  ].filter(
    ({ scope, threads, lost, gained }) =>
      scope === 'all' || (threads >= ENOUGH.threads && lost + gained >= ENOUGH.differing),
  )
}

function count(cases: readonly PairedVerdict[], of: Pick<GateTest, 'on' | 'scope' | 'name'>): Tally {
  return {
    ...of,
    threads: cases.length,
    lost: cases.filter(({ before, now }) => before && !now).length,
    gained: cases.filter(({ before, now }) => !before && now).length,
  }
}

/** Cases by a key, keys in code unit order. */
function groups(
  cases: readonly PairedVerdict[],
  keyOf: (each: PairedVerdict) => string,
): [string, PairedVerdict[]][] {
  const byKey = new Map<string, PairedVerdict[]>()
  for (const each of cases) {
    const key = keyOf(each)
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, [each])
    else known.push(each)
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1))
}
