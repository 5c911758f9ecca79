import { type Given, holds } from './condition-holds.ts'
import { type ConditionReading, createConditionReading } from './condition-reading.ts'
import {
  type Condition,
  DEFAULT_RULE,
  type Outcome,
  type ProvisionalLabel,
  type RoutingRule,
  type RoutingSubject,
  type RuleSet,
} from './routing-rule.ts'
import { comingTurns } from './turning-points.ts'

export interface Decision extends Outcome {
  /** Name of the rule that decided, `default` when none held. */
  readonly rule: string
  /** The provisional assignments without which the rule would not hold; absent where there are none. */
  readonly provisional?: readonly ProvisionalLabel[]
}

/** A decision, and how long it lasts. */
export interface LastingDecision extends Decision {
  /**
   * The first time at which another rule decides although nothing else changed; absent when none ever will. Where a
   * calendar makes no difference within five weeks, the end of the day after these, when the same rule may decide.
   */
  readonly reconsiderAt?: Date
}

/**
 * Decides where a subject should go.
 *
 * @param reading remembers what it read of conditions, so that a rule set that decides often is read once
 */
export function decideDestination(
  ruleSet: RuleSet,
  subject: RoutingSubject,
  now: Date,
  reading: ConditionReading = createConditionReading(),
): Decision {
  const given = givenOf(ruleSet, subject, reading)
  return decisionBy(firstThatHolds(ruleSet, given, now.getTime()), ruleSet, given, now.getTime())
}

/**
 * Decides where a subject should go, and for how long: as long as the subject does not change, the same rule decides
 * throughout `[now, reconsiderAt)`. Reads calendars up to five weeks ahead, which `decideDestination` does not.
 *
 * @param reading as of `decideDestination`
 */
export function decideUntilNextTurn(
  ruleSet: RuleSet,
  subject: RoutingSubject,
  now: Date,
  reading: ConditionReading = createConditionReading(),
): LastingDecision {
  const at = now.getTime()
  const given = givenOf(ruleSet, subject, reading)
  const rule = firstThatHolds(ruleSet, given, at)
  return { ...decisionBy(rule, ruleSet, given, at), reconsiderAt: nextTurn(rule, ruleSet, given, at) }
}

function givenOf(ruleSet: RuleSet, subject: RoutingSubject, reading: ConditionReading): Given {
  return { subject, reading, calendars: ruleSet.calendars ?? {}, ofText: new Map() }
}

/** @param rule the first that holds; absent where none does */
function decisionBy(rule: RoutingRule | undefined, ruleSet: RuleSet, given: Given, at: number): Decision {
  const provisional = rule?.when === undefined ? [] : provisionalGrounds(rule.when, given, at)
  return {
    rule: rule?.name ?? DEFAULT_RULE,
    ...(rule?.then ?? ruleSet.default),
    provisional: provisional.length === 0 ? undefined : provisional,
  }
}

/** When another rule than this one decides, or may decide. */
function nextTurn(
  rule: RoutingRule | undefined,
  ruleSet: RuleSet,
  given: Given,
  at: number,
): Date | undefined {
  for (const { at: instant, isLast } of comingTurns(ruleSet, given, at))
    if (isLast || firstThatHolds(ruleSet, given, instant) !== rule) return new Date(instant)
  return undefined
}

/** The provisional assignments that a condition needs to hold, if it holds. */
function provisionalGrounds(condition: Condition, context: Given, now: number): ProvisionalLabel[] {
  if ('all' in condition) return condition.all.flatMap((part) => provisionalGrounds(part, context, now))
  if ('any' in condition) {
    const grounds = condition.any
      .filter((part) => holds(part, context, now))
      .map((part) => provisionalGrounds(part, context, now))
    return grounds.find((each) => each.length === 0) ?? grounds[0] ?? []
  }
  if (!('label' in condition)) return []
  const { facet } = condition.label
  const given = context.subject.labels.get(facet)
  if (given === undefined || given.decision === 'assigned' || given.provisional === undefined) return []
  return [{ facet, label: given.label, confidence: given.confidence, ...given.provisional }]
}

function firstThatHolds({ rules }: RuleSet, given: Given, at: number): RoutingRule | undefined {
  return rules.find(({ when }) => when === undefined || holds(when, given, at))
}
