import type { Calendar } from './calendar.ts'
import type { ConditionReading } from './condition-reading.ts'
import {
  type Between,
  type Condition,
  destinationKey,
  type Fact,
  type OneOf,
  type RoutingSubject,
  type SubjectLabel,
} from './routing-rule.ts'

/** What conditions are read with: the subject, and the calendars of the rule set. */
export interface Given {
  readonly subject: RoutingSubject
  readonly reading: ConditionReading
  readonly calendars: Readonly<Record<string, Calendar>>
  /** What conditions on the text came to: a decision asks each of them again for every time at which it may change. */
  readonly ofText: Map<Condition, boolean>
}

export const MINUTE = 60_000

/** Whether a condition holds of a subject at `now` (milliseconds since the epoch). */
export function holds(condition: Condition, given: Given, now: number): boolean {
  const { subject } = given
  if ('all' in condition) return condition.all.every((part) => holds(part, given, now))
  if ('any' in condition) return condition.any.some((part) => holds(part, given, now))
  if ('not' in condition) return !holds(condition.not, given, now)
  if ('label' in condition) return labelHolds(condition.label, subject)
  if ('confidence' in condition) return confidenceHolds(condition.confidence, subject)
  if ('probability' in condition) return probabilityHolds(condition.probability, subject)
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
  if ('tag' in condition) return subject.tags.some((tag) => isOneOf(condition.tag, tag))
  if ('hours' in condition) return hoursHold(condition.hours, given, now)
  if ('load' in condition) return loadHolds(condition.load, subject)
  const known = given.ofText.get(condition)
  if (known !== undefined) return known
  const result = textHolds(condition, given)
  given.ofText.set(condition, result)
  return result
}

function textHolds(
  condition: Extract<Condition, { readonly words: unknown } | { readonly pattern: unknown }>,
  { subject: { text, language }, reading }: Given,
): boolean {
  if (text === undefined) return false
  if ('words' in condition) return reading.hasWords(condition.words, text, language)
  return reading.matches(condition.pattern, text)
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
  const given = subject.labels.get(facet)
  if (given === undefined || !acts(given.label, given)) return false
  return given.confidence >= (atLeast ?? 0) && given.confidence < (below ?? Infinity)
}

function probabilityHolds(
  { facet, label, atLeast, below }: Leaf<'probability'>,
  subject: RoutingSubject,
): boolean {
  const given = subject.labels.get(facet)
  if (given?.probabilities === undefined || !acts(label, given)) return false
  const { probabilities } = given
  const probability = Object.hasOwn(probabilities, label) ? probabilities[label]! : 0
  return probability >= (atLeast ?? 0) && probability < (below ?? Infinity)
}

function acts(label: string, { actingLabels }: SubjectLabel): boolean {
  return actingLabels?.includes(label) ?? true
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

function hoursHold({ calendar: name, is }: Leaf<'hours'>, given: Given, now: number): boolean {
  const calendar = Object.hasOwn(given.calendars, name) ? given.calendars[name] : undefined
  return calendar !== undefined && given.reading.openings(calendar).isOpen(now) === (is === 'open')
}

function loadHolds({ destination, ...limits }: Leaf<'load'>, { load = {} }: RoutingSubject): boolean {
  const key = destinationKey(destination)
  return isBetween(limits, Object.hasOwn(load, key) ? load[key] : undefined)
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
