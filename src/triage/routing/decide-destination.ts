import {
  type Between,
  type Condition,
  DEFAULT_RULE,
  type Fact,
  type OneOf,
  type Outcome,
  type ProvisionalLabel,
  type RoutingRule,
  type RoutingSubject,
  type RuleSet,
  type SubjectLabel,
} from './routing-rule.ts'

export interface Decision extends Outcome {
  /** Name of the rule that decided, `default` when none held. */
  readonly rule: string
  /** The first time at which another rule decides although nothing else changed; absent when none ever will. */
  readonly reconsiderAt?: Date
  /** The provisional assignments without which the rule would not hold; absent where there are none. */
  readonly provisional?: readonly ProvisionalLabel[]
}

/**
 * Decides where a subject should go. As long as the subject does not change, the same rule decides throughout
 * `[now, reconsiderAt)` and another one at `reconsiderAt`.
 */
export function decideDestination(ruleSet: RuleSet, subject: RoutingSubject, now: Date): Decision {
  const at = now.getTime()
  const rule = firstThatHolds(ruleSet, subject, at)
  const turn = comingTurns(ruleSet, subject, at).find(
    (instant) => firstThatHolds(ruleSet, subject, instant) !== rule,
  )
  const provisional = rule?.when === undefined ? [] : provisionalGrounds(rule.when, subject, at)
  return {
    rule: rule?.name ?? DEFAULT_RULE,
    ...(rule?.then ?? ruleSet.default),
    reconsiderAt: turn === undefined ? undefined : new Date(turn),
    provisional: provisional.length === 0 ? undefined : provisional,
  }
}

/** The provisional assignments that a condition needs to hold, if it holds. */
function provisionalGrounds(condition: Condition, subject: RoutingSubject, now: number): ProvisionalLabel[] {
  if ('all' in condition) return condition.all.flatMap((part) => provisionalGrounds(part, subject, now))
  if ('any' in condition) {
    const grounds = condition.any
      .filter((part) => holds(part, subject, now))
      .map((part) => provisionalGrounds(part, subject, now))
    return grounds.find((each) => each.length === 0) ?? grounds[0] ?? []
  }
  if (!('label' in condition)) return []
  const { facet } = condition.label
  const given = subject.labels.get(facet)
  if (given === undefined || given.decision === 'assigned' || given.provisional === undefined) return []
  return [{ facet, label: given.label, confidence: given.confidence, ...given.provisional }]
}

function firstThatHolds({ rules }: RuleSet, subject: RoutingSubject, at: number): RoutingRule | undefined {
  return rules.find(({ when }) => when === undefined || holds(when, subject, at))
}

/** Times after `at` at which any rule's condition may change, in order. */
function comingTurns({ rules }: RuleSet, subject: RoutingSubject, at: number): number[] {
  const turns = rules.flatMap(({ when }) => (when === undefined ? [] : turningPoints(when, subject)))
  return [...new Set(turns.filter((instant) => instant > at))].sort((a, b) => a - b)
}

const MINUTE = 60_000

/** Whether a condition holds of a subject at `now` (milliseconds since the epoch). */
export function holds(condition: Condition, subject: RoutingSubject, now: number): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, subject, now))
  if ('any' in condition) return condition.any.some((part) => holds(part, subject, now))
  if ('not' in condition) return !holds(condition.not, subject, now)
  if ('label' in condition) return labelHolds(condition.label, subject)
  if ('confidence' in condition) return confidenceHolds(condition.confidence, subject)
  if ('abstained' in condition) return subject.labels.get(condition.abstained.facet)?.decision === 'abstained'
  if ('language' in condition) return isOneOf(condition.language, subject.language)
  if ('source' in condition) return isOneOf(condition.source, subject.source)
  if ('askerRole' in condition) return isOneOf(condition.askerRole, subject.askerRole)
  if ('reputation' in condition) return isBetween(condition.reputation, subject.reputation)
  if ('fact' in condition) return factHolds(condition.fact, subject)
  if ('age' in condition) return ageHolds(condition.age, subject, now)
  if ('unanswered' in condition) return isUnanswered(condition.unanswered.forMinutes, subject, now)
  if ('answered' in condition) return subject.answered === condition.answered
  if ('resolved' in condition) return subject.resolved === condition.resolved
  if ('views' in condition) return isBetween(condition.views, subject.views)
  return subject.tags.some((tag) => isOneOf(condition.tag, tag))
}

/** The times at which a part of the condition changes by time alone, past ones too, in no particular order. */
function turningPoints(condition: Condition, subject: RoutingSubject): number[] {
  if ('all' in condition) return condition.all.flatMap((part) => turningPoints(part, subject))
  if ('any' in condition) return condition.any.flatMap((part) => turningPoints(part, subject))
  if ('not' in condition) return turningPoints(condition.not, subject)
  const { askedAt } = subject
  if (askedAt === undefined) return []
  if ('unanswered' in condition)
    return subject.answered ? [] : [askedAt + condition.unanswered.forMinutes * MINUTE]
  if ('age' in condition) {
    const { atLeastMinutes, lessThanMinutes } = condition.age
    return [atLeastMinutes, lessThanMinutes].flatMap((minutes) =>
      minutes === undefined ? [] : [askedAt + minutes * MINUTE],
    )
  }
  return []
}

type Leaf<Key extends string> = Extract<Condition, { readonly [K in Key]: unknown }>[Key]

function labelHolds(leaf: Leaf<'label'>, subject: RoutingSubject): boolean {
  const given = subject.labels.get(leaf.facet)
  return (
    given !== undefined &&
    isUsable(leaf, given) &&
    isOneOf(leaf, given.label) &&
    given.confidence >= (leaf.minConfidence ?? 0)
  )
}

function isUsable({ provisional = false }: Leaf<'label'>, given: SubjectLabel): boolean {
  return given.decision === 'assigned' || (provisional && given.provisional !== undefined)
}

function confidenceHolds({ facet, atLeast, below }: Leaf<'confidence'>, subject: RoutingSubject): boolean {
  const confidence = subject.labels.get(facet)?.confidence
  return confidence !== undefined && confidence >= (atLeast ?? 0) && confidence < (below ?? Infinity)
}

function factHolds(leaf: Leaf<'fact'>, { facts }: RoutingSubject): boolean {
  const fact = Object.hasOwn(facts, leaf.name) ? facts[leaf.name] : undefined
  if (!isOneOf<Fact>(leaf, fact)) return false
  const measured = leaf.atLeast !== undefined || leaf.atMost !== undefined
  return !measured || isBetween(leaf, typeof fact === 'number' ? fact : undefined)
}

function ageHolds(leaf: Leaf<'age'>, { askedAt }: RoutingSubject, now: number): boolean {
  if (askedAt === undefined) return false
  const { atLeastMinutes = -Infinity, lessThanMinutes = Infinity } = leaf
  return now >= askedAt + atLeastMinutes * MINUTE && now < askedAt + lessThanMinutes * MINUTE
}

function isUnanswered(minutes: number, { askedAt, answered }: RoutingSubject, now: number): boolean {
  return !answered && askedAt !== undefined && now >= askedAt + minutes * MINUTE
}

function isOneOf<T>(wanted: OneOf<T>, value: T | undefined): boolean {
  if (value === undefined) return false
  return (
    (wanted.is === undefined || wanted.is === value) && (wanted.in === undefined || wanted.in.includes(value))
  )
}

function isBetween({ atLeast = -Infinity, atMost = Infinity }: Between, value: number | undefined): boolean {
  return value !== undefined && value >= atLeast && value <= atMost
}
