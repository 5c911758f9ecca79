/** When a desk is open, in its own time zone. */
export interface Calendar {
  /** IANA name, such as `Europe/Paris`. */
  readonly timeZone: string
  readonly open: readonly OpeningHours[]
  /** Days on which it stays closed: `2026-05-25`, or `12-25` for every year. */
  readonly closedDays?: readonly string[]
}

/** From the first to the second time of day on these days; where `to` is not later than `from`, until the next day. */
export interface OpeningHours {
  readonly days: readonly Weekday[]
  /** `09:00`. */
  readonly from: string
  /** `18:00`; `24:00` is the end of the day. */
  readonly to: string
}

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof WEEKDAYS)[number]

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Days whose openings are remembered. */
const REMEMBERED_DAYS = 400

/** When a calendar is open; times are milliseconds since the epoch. */
export interface Openings {
  isOpen(at: number): boolean
  /** The times in (`after`, `until`] at which it opens or closes, in order, each found when it is asked for. */
  turns(after: number, until: number): Iterable<number>
}

/** Whether the platform knows a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Whether `2026-02-30` or `02-30` is a day of the calendar; 29 February is. */
export function isDay(text: string): boolean {
  const day = text.length === 5 ? `2024-${text}` : text
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

/** Reads a calendar whose time zone and times are valid. */
export function readCalendar({ timeZone, open, closedDays = [] }: Calendar): Openings {
  const local = localTimes(timeZone)
  const closed = new Set(closedDays)
  /** Local day (days since the epoch) → the times at which something may open or close on it. */
  const known = new Map<number, readonly number[]>()

  const isClosedDay = (day: number) => {
    const text = new Date(day * DAY).toISOString().slice(0, 10)
    return closed.has(text) || closed.has(text.slice(5))
  }
  const opensOn = (day: number, { days }: OpeningHours) => days.includes(weekdayOf(day))

  function isOpen(at: number): boolean {
    const wall = local.wallClock(at)
    const day = Math.floor(wall / DAY)
    if (isClosedDay(day)) return false
    const minute = Math.floor((wall - day * DAY) / MINUTE)
    return open.some((hours) => {
      const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)]
      if (from < to) return opensOn(day, hours) && minute >= from && minute < to
      return (
        (opensOn(day, hours) && minute >= from) ||
        (opensOn(day - 1, hours) && !isClosedDay(day - 1) && minute < to)
      )
    })
  }

  function boundariesOf(day: number): readonly number[] {
    const remembered = known.get(day)
    if (remembered !== undefined) return remembered
    const minutes = new Set([0, ...open.flatMap(({ from, to }) => [minutesOf(from), minutesOf(to)])])
    const times = [...minutes].flatMap((minute) => local.instants(day * DAY + minute * MINUTE))
    const sorted = [...new Set([...times, ...local.changesOn(day)])].sort((a, b) => a - b)
    if (known.size >= REMEMBERED_DAYS) known.clear()
    known.set(day, sorted)
    return sorted
  }

  return {
    isOpen,
    *turns(after, until) {
      let was = isOpen(after)
      const last = Math.floor(local.wallClock(until) / DAY)
      for (let day = Math.floor(local.wallClock(after) / DAY); day <= last; day++)
        for (const time of boundariesOf(day)) {
          if (time <= after || time > until) continue
          const is = isOpen(time)
          if (is !== was) yield time
          was = is
        }
    },
  }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** 1 January 1970 was a Thursday. */
function weekdayOf(day: number): Weekday {
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7]!
}

/**
 * Conversion between instants and wall-clock times of a zone; a wall-clock time is written as the milliseconds that it
 * would be in UTC.
 */
function localTimes(timeZone: string) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

  function wallClock(at: number): number {
    const parts: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000)
  }
  const offset = (at: number) => wallClock(at) - at

  return {
    wallClock,

    /** The instants at which the wall clock shows a time: two where clocks are put back, none where it is skipped. */
    instants(wall: number): number[] {
      const candidates = [wall - offset(wall - DAY), wall - offset(wall + DAY)]
      return candidates.filter((at) => wallClock(at) === wall)
    },

    /** The instant on a local day at which clocks are put forward or back, which may open or close a desk too. */
    changesOn(day: number): number[] {
      let [low, high] = [day * DAY - DAY, day * DAY + 2 * DAY]
      const before = offset(low)
      if (before === offset(high)) return []
      while (high - low > MINUTE) {
        const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE
        if (offset(middle) === before) low = middle
        else high = middle
      }
      return Math.floor(wallClock(high) / DAY) === day ? [high] : []
    },
  }
}
