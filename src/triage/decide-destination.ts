import { holds, turningPoints } from './evaluate-condition.ts'
import { DEFAULT_RULE, type Outcome, type RoutingRule, type RuleSet } from './routing-rule.ts'
import type { RoutingSubject } from './routing-subject.ts'

export interface Decision extends Outcome {
  /** Name of the rule that decided, `default` when none held. */
  readonly rule: string
  /** The first instant at which time alone makes another rule decide; absent when it never will. */
  readonly reconsiderAt?: Date
}

/**
 * Says where a subject should go. As long as nothing becomes known of the subject, the same rule decides throughout
 * `[now, reconsiderAt)` and another one at `reconsiderAt`.
 */
export function decideDestination(ruleSet: RuleSet, subject: RoutingSubject, now: Date): Decision {
  const at = now.getTime()
  const rule = firstThatHolds(ruleSet, subject, at)
  const turn = comingTurns(ruleSet, subject, at).find(
    (instant) => firstThatHolds(ruleSet, subject, instant) !== rule,
  )
  return {
    rule: rule?.name ?? DEFAULT_RULE,
    ...(rule?.then ?? ruleSet.default),
    ...(turn === undefined ? {} : { reconsiderAt: new Date(turn) }),
  }
}

function firstThatHolds({ rules }: RuleSet, subject: RoutingSubject, at: number): RoutingRule | undefined {
  return rules.find(({ when }) => when === undefined || holds(when, subject, at))
}

/** Instants after `at` at which any rule's condition may change, in order. */
function comingTurns({ rules }: RuleSet, subject: RoutingSubject, at: number): number[] {
  const turns = rules.flatMap(({ when }) => (when === undefined ? [] : turningPoints(when, subject)))
  return [...new Set(turns.filter((instant) => instant > at))].sort((a, b) => a - b)
}
