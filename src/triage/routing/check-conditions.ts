import { createTermAnalyser } from '../../text/terms/terms.ts'
import { triageErrors } from '../errors.ts'
import { type Calendar, isDay, isTimeZone } from './calendar.ts'
import { type LeafCondition, placedLeavesIn } from './condition-leaves.ts'
import { faultOfPattern, hasSearchableWord, PATTERN_LIMITS } from './condition-reading.ts'
import type { RuleSet } from './routing-rule.ts'

/** Patterns of a rule set; each may take as long as its text is long. */
const MOST_PATTERNS = 100

/**
 * Refuses conditions that cannot be read.
 *
 * @throws CodedError ROUTING_WORDS_EMPTY, ROUTING_PATTERN_INVALID, ROUTING_PATTERN_TOO_LARGE, ROUTING_PATTERNS_TOO_MANY,
 *   ROUTING_CALENDAR_UNKNOWN, ROUTING_CALENDAR_INVALID, ROUTING_CONDITION_EMPTY,
 *   ROUTING_RANGE_EMPTY
 */
export function checkConditions({ rules, calendars = {} }: RuleSet): void {
  for (const [name, calendar] of Object.entries(calendars)) checkCalendar(name, calendar)
  const leaves = rules.flatMap(({ name, when }) =>
    placedLeavesIn(when).map((each) => ({ rule: name, ...each })),
  )
  const patterns = leaves.filter(({ leaf }) => 'pattern' in leaf).length
  if (patterns > MOST_PATTERNS)
    throw triageErrors.ROUTING_PATTERNS_TOO_MANY({ patterns, limit: MOST_PATTERNS })
  const analyser = createTermAnalyser()
  for (const { rule, leaf, place } of leaves) {
    const at = { rule, place }
    const missing = missingIn(leaf)
    if (missing !== undefined) throw triageErrors.ROUTING_CONDITION_EMPTY({ ...at, missing })
    if ('probability' in leaf) {
      const { atLeast, below } = leaf.probability
      if (atLeast !== undefined && below !== undefined && atLeast >= below)
        throw triageErrors.ROUTING_RANGE_EMPTY({ ...at, atLeast, below })
    }
    if ('words' in leaf) {
      const phrases = [...(leaf.words.any ?? []), ...(leaf.words.all ?? [])]
      const phrase = phrases.find((each) => !hasSearchableWord(each, analyser))
      if (phrase !== undefined) throw triageErrors.ROUTING_WORDS_EMPTY({ ...at, phrase })
    }
    if ('pattern' in leaf) {
      const { reason, size } = faultOfPattern(leaf.pattern) ?? {}
      if (reason !== undefined) throw triageErrors.ROUTING_PATTERN_INVALID({ ...at, reason })
      if (size !== undefined)
        throw triageErrors.ROUTING_PATTERN_TOO_LARGE({ ...at, size, limit: PATTERN_LIMITS.size })
    }
    if ('hours' in leaf && !Object.hasOwn(calendars, leaf.hours.calendar))
      throw triageErrors.ROUTING_CALENDAR_UNKNOWN({ ...at, calendar: leaf.hours.calendar })
  }
}

/** What a condition has to state to ask for anything; undefined where it does. */
function missingIn(leaf: LeafCondition): string | undefined {
  if ('probability' in leaf && leaf.probability.atLeast === undefined && leaf.probability.below === undefined)
    return '`atLeast` or `below`'
  if ('words' in leaf && leaf.words.any === undefined && leaf.words.all === undefined) return '`any` or `all`'
  if ('load' in leaf && leaf.load.atLeast === undefined && leaf.load.atMost === undefined)
    return '`atLeast` or `atMost`'
  return undefined
}

function checkCalendar(calendar: string, { timeZone, closedDays = [] }: Calendar): void {
  if (!isTimeZone(timeZone))
    throw triageErrors.ROUTING_CALENDAR_INVALID({
      calendar,
      reason: `there is no time zone "${timeZone}". Use an IANA name, such as Europe/Paris.`,
    })
  const day = closedDays.find((each) => !isDay(each))
  if (day !== undefined)
    throw triageErrors.ROUTING_CALENDAR_INVALID({ calendar, reason: `${day} is not a day of the calendar` })
}
