import type { Openings } from './calendar.ts'
import { type Given, holds, MINUTE } from './condition-holds.ts'
import type { Condition, RuleSet } from './routing-rule.ts'

/** How far ahead calendars are read: over the longest holidays, and no further than a decision is worth. */
const HORIZON = 35 * 24 * 60 * MINUTE
const DAY = 24 * 60 * MINUTE

/** A time at which a condition may change by time alone. */
interface Turn {
  readonly at: number
  /** Nothing is known of later times: the decision has to be made again then, whatever holds. */
  readonly isLast: boolean
}

/** What makes conditions change by time alone. */
interface TimeParts {
  readonly instants: readonly number[]
  /** Names of calendars. */
  readonly calendars: readonly string[]
}

const TIMELESS: TimeParts = { instants: [], calendars: [] }

/** The times after `at` at which another rule may decide, in order. */
export function* comingTurns({ rules }: RuleSet, given: Given, at: number): Generator<Turn> {
  const parts: TimeParts[] = []
  for (const { when } of rules) {
    if (when === undefined) break
    const part = timeParts(when, given, at)
    parts.push(part)
    // It always holds: no later rule ever decides.
    if (isTimeless(part) && holds(when, given, at)) break
  }
  const instants = [...new Set(parts.flatMap((part) => part.instants))]
    .filter((instant) => instant > at)
    .sort((a, b) => a - b)
  const names = [...new Set(parts.flatMap((part) => part.calendars))]
  if (names.length === 0) {
    for (const instant of instants) yield { at: instant, isLast: false }
    return
  }
  // The end of a day, so that the same decision made again has the same time, and changes nothing.
  const until = Math.ceil((at + HORIZON) / DAY) * DAY
  const calendars = names.map((name) => given.reading.openings(given.calendars[name]!))
  for (const turn of merged(instants, calendars, at, until)) yield { at: turn, isLast: false }
  yield { at: until, isLast: true }
}

/** All times in (`at`, `until`), in order; each calendar is read as far as it is asked. */
function* merged(
  instants: readonly number[],
  calendars: readonly Openings[],
  at: number,
  until: number,
): Generator<number> {
  const sources = [instants, ...calendars.map((calendar) => calendar.turns(at, until))].map((each) =>
    each[Symbol.iterator](),
  )
  const heads = sources.map((source) => source.next())
  for (;;) {
    let first: number | undefined
    for (const head of heads)
      if (head.done !== true && (first === undefined || head.value < first)) first = head.value
    if (first === undefined || first >= until) return
    yield first
    for (const [index, head] of heads.entries())
      if (head.done !== true && head.value === first) heads[index] = sources[index]!.next()
  }
}

/** What makes a condition change by time, as far as the rest of it lets it matter. */
function timeParts(condition: Condition, given: Given, now: number): TimeParts {
  if ('all' in condition) return partsOf(condition.all, given, now, false)
  if ('any' in condition) return partsOf(condition.any, given, now, true)
  if ('not' in condition) return timeParts(condition.not, given, now)
  if ('hours' in condition)
    return Object.hasOwn(given.calendars, condition.hours.calendar)
      ? { instants: [], calendars: [condition.hours.calendar] }
      : TIMELESS
  const { askedAt, answered } = given.subject
  if (askedAt === undefined) return TIMELESS
  if ('unanswered' in condition)
    return answered ? TIMELESS : at(askedAt + condition.unanswered.forMinutes * MINUTE)
  if ('age' in condition) {
    const { atLeastMinutes, lessThanMinutes } = condition.age
    return at(
      ...[atLeastMinutes, lessThanMinutes].flatMap((minutes) =>
        minutes === undefined ? [] : [askedAt + minutes * MINUTE],
      ),
    )
  }
  return TIMELESS
}

function at(...instants: readonly number[]): TimeParts {
  return { instants, calendars: [] }
}

/**
 * @param decisive what a part has to be to decide the whole, whatever the other parts are: false in `all`, true in `any`
 */
function partsOf(conditions: readonly Condition[], given: Given, now: number, decisive: boolean): TimeParts {
  const parts = conditions.map((part) => timeParts(part, given, now))
  const isDecided = conditions.some(
    (condition, index) => isTimeless(parts[index]!) && holds(condition, given, now) === decisive,
  )
  if (isDecided) return TIMELESS
  return {
    instants: parts.flatMap(({ instants }) => instants),
    calendars: parts.flatMap(({ calendars }) => calendars),
  }
}

function isTimeless({ instants, calendars }: TimeParts): boolean {
  return instants.length === 0 && calendars.length === 0
}
