import { isDeepStrictEqual } from 'node:util'
import type { TriageDeps } from '../deps.ts'
import type { Calendar } from './calendar.ts'
import { contentOf, type Outcome, type RoutingRule, type RuleSet } from './routing-rule.ts'

/** A part of a rule set that differs; absent on the side that does not have it. */
export interface Difference<T> {
  readonly before?: T
  readonly after?: T
}

/** How one rule set differs from another; rules are the same where their names are. */
export interface RuleSetDiff {
  readonly added: readonly RoutingRule[]
  readonly removed: readonly RoutingRule[]
  readonly changed: readonly {
    readonly name: string
    readonly before: RoutingRule
    readonly after: RoutingRule
  }[]
  /** As few rules as explain the new order; positions begin at 1. */
  readonly moved: readonly { readonly name: string; readonly from: number; readonly to: number }[]
  readonly default?: Difference<Outcome>
  readonly calendars: readonly ({ readonly name: string } & Difference<Calendar>)[]
  /** Whether both decide alike: nothing of the above differs. */
  readonly same: boolean
}

/** Compares two rule sets. */
export function diffRuleSets(before: RuleSet, after: RuleSet): RuleSetDiff {
  const old = new Map(before.rules.map((rule) => [rule.name, rule]))
  const present = new Map(after.rules.map((rule) => [rule.name, rule]))
  const changed = after.rules.flatMap((rule) => {
    const earlier = old.get(rule.name)
    return earlier === undefined || isSame(earlier, rule)
      ? []
      : [{ name: rule.name, before: earlier, after: rule }]
  })
  return {
    added: after.rules.filter(({ name }) => !old.has(name)),
    removed: before.rules.filter(({ name }) => !present.has(name)),
    changed,
    moved: movedRules(before.rules, after.rules),
    default: isSame(before.default, after.default)
      ? undefined
      : { before: before.default, after: after.default },
    calendars: changedCalendars(before.calendars ?? {}, after.calendars ?? {}),
    same: isSame(contentOf(before), contentOf(after)),
  }
}

/** Whether two values are written alike in JSON, whatever the order of their keys. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)))
}

function movedRules(before: readonly RoutingRule[], after: readonly RoutingRule[]): RuleSetDiff['moved'] {
  const places = new Map(before.map(({ name }, index) => [name, index]))
  const shared = after.flatMap(({ name }, to) => {
    const from = places.get(name)
    return from === undefined ? [] : [{ name, from: from + 1, to: to + 1 }]
  })
  const kept = longestIncreasing(shared.map(({ from }) => from))
  return shared.filter((_, index) => !kept.has(index))
}

/** The positions of a longest increasing part of a sequence: what need not move to bring it into order. */
function longestIncreasing(values: readonly number[]): Set<number> {
  const lengths: number[] = []
  const previous: number[] = []
  let end = -1
  for (const [index, value] of values.entries()) {
    lengths[index] = 1
    previous[index] = -1
    for (let earlier = 0; earlier < index; earlier++)
      if (values[earlier]! < value && lengths[earlier]! + 1 > lengths[index]!) {
        lengths[index] = lengths[earlier]! + 1
        previous[index] = earlier
      }
    if (end < 0 || lengths[index]! > lengths[end]!) end = index
  }
  const kept = new Set<number>()
  for (let index = end; index >= 0; index = previous[index]!) kept.add(index)
  return kept
}

function changedCalendars(
  before: Readonly<Record<string, Calendar>>,
  after: Readonly<Record<string, Calendar>>,
): RuleSetDiff['calendars'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((name) => !isSame(before[name] ?? null, after[name] ?? null))
    .map((name) => ({ name, before: before[name], after: after[name] }))
}

export interface RuleSetComparison extends RuleSetDiff {
  readonly from: number
  readonly to: number
}

/**
 * Compares two versions of the rules.
 *
 * @param versions `to` is the version in force by default
 * @throws CodedError ROUTING_VERSION_NOT_FOUND
 */
export async function compareRuleSets(
  { ruleSets }: Pick<TriageDeps, 'ruleSets'>,
  { from, to }: { readonly from: number; readonly to?: number },
): Promise<RuleSetComparison> {
  const before = await ruleSets.require(from)
  const after = to === undefined ? await ruleSets.current() : await ruleSets.require(to)
  return { from: before.version, to: after.version, ...diffRuleSets(before, after) }
}
