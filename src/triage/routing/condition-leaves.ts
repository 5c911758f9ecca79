import { type Condition, type Destination, destinationKey, type RuleSet } from './routing-rule.ts'

/** A condition without parts. */
export type LeafCondition = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>

interface PlacedLeaf {
  readonly leaf: LeafCondition
  /** Where in the rule, as a path: `when/all/0/label`. */
  readonly place: string
}

/** The leaves of a condition with their places. */
export function placedLeavesIn(condition: Condition | undefined, place = 'when'): PlacedLeaf[] {
  if (condition === undefined) return []
  if ('all' in condition)
    return condition.all.flatMap((part, index) => placedLeavesIn(part, `${place}/all/${index}`))
  if ('any' in condition)
    return condition.any.flatMap((part, index) => placedLeavesIn(part, `${place}/any/${index}`))
  if ('not' in condition) return placedLeavesIn(condition.not, `${place}/not`)
  return [{ leaf: condition, place: `${place}/${Object.keys(condition)[0]}` }]
}

/** The leaves of a condition. */
function* leavesIn(condition: Condition | undefined): Generator<LeafCondition> {
  if (condition === undefined) return
  if ('all' in condition) for (const part of condition.all) yield* leavesIn(part)
  else if ('any' in condition) for (const part of condition.any) yield* leavesIn(part)
  else if ('not' in condition) yield* leavesIn(condition.not)
  else yield condition
}

/** How far the load of a destination has to be counted: no rule asks about more. */
export interface LoadLimit {
  readonly destination: Destination
  readonly most: number
}

/** The limits on the load of destinations that rules ask about, by `destinationKey`. */
export function loadLimitsIn({ rules }: RuleSet): ReadonlyMap<string, LoadLimit> {
  const limits = new Map<string, LoadLimit>()
  for (const { when } of rules)
    for (const leaf of leavesIn(when)) {
      if (!('load' in leaf)) continue
      const { destination, atLeast = 0, atMost = 0 } = leaf.load
      const key = destinationKey(destination)
      limits.set(key, { destination, most: Math.max(limits.get(key)?.most ?? 0, atLeast, atMost) })
    }
  return limits
}
