const unstorable = /\0|\p{Surrogate}/u
const unstorableAll = /\0|\p{Surrogate}/gu

/** Replaces NUL and unpaired surrogates, which databases do not store as text, by U+FFFD. */
export function cleanText(text: string): string {
  return unstorable.test(text) ? text.replace(unstorableAll, '\ufffd') : text
}

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?$/
const LENGTH = '2024-05-31T09:30:00.000Z'.length
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Converts a date and time as sources write it (a missing zone means UTC) to ISO 8601 in UTC with milliseconds.
 *
 * @returns undefined for an invalid time, including 30 February
 */
export function toIsoTime(text: string): string | undefined {
  if (!form.test(text) || !isDay(text) || !isClock(text)) return undefined
  // The form used in dumps, a million times over, needs no conversion.
  if (text.length === 23 && text[19] === '.') return `${text}Z`
  const zoned = /Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`
  const time = new Date(zoned)
  if (Number.isNaN(time.getTime())) return undefined
  const iso = time.toISOString()
  // The zone may move a time out of the four-digit years, which sort as text.
  return iso.length === LENGTH ? iso : undefined
}

function isDay(text: string): boolean {
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && !leap ? 28 : (monthDays[month - 1] ?? 0)
  return day >= 1 && day <= days
}

function isClock(text: string): boolean {
  return Number(text.slice(11, 13)) < 24 && Number(text.slice(14, 16)) < 60 && Number(text.slice(17, 19)) < 60
}

/** The order of day and month in a numeric date: 31/12 or 12/31. */
export type DateOrder = 'dmy' | 'mdy'

type WrittenDate = { readonly time: string } | { readonly problem: string }

const LONGEST_DATE = 60

const months: readonly (readonly string[])[] = [
  ['january', 'jan', 'janvier', 'janv'],
  ['february', 'feb', 'fevrier', 'fevr', 'fev'],
  ['march', 'mar', 'mars'],
  ['april', 'apr', 'avril', 'avr'],
  ['may', 'mai'],
  ['june', 'jun', 'juin'],
  ['july', 'jul', 'juillet', 'juil'],
  ['august', 'aug', 'aout'],
  ['september', 'sept', 'sep', 'septembre'],
  ['october', 'oct', 'octobre'],
  ['november', 'nov', 'novembre'],
  ['december', 'dec', 'decembre'],
]
const monthByName = new Map(months.flatMap((names, i) => names.map((name) => [name, i + 1])))

const clockForm =
  /^(\d{1,2})(?:[:h](\d\d)|h)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?([ap])\.?m\.?)?(?: ?(z|utc|gmt|[+-]\d\d:?\d\d))?$/
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:t| +)(.+))?$/
const figures = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:,? (?:a )?(.+))?$/
const dayAndMonth =
  /^(?:[a-z]+\.?,? )??(\d{1,2})(?:er|st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -](\d{4})(?:,? (?:a |at )?(.+))?$/
const monthAndDay = /^(?:[a-z]+, )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,? (?:at )?(.+))?$/

/**
 * Converts a date as people and spreadsheets write it, in French or English, to ISO 8601 in UTC: `2024-05-31`, `31/05/2024
 * 14:30`, `31.05.2024`, `31 mai 2024 à 14h30`, `1er avril 2024`, `May 31, 2024 2:30 PM`. A time without a zone counts
 * as UTC, a date without a time as midnight.
 *
 * `03/04/2024` may be the third of April or the fourth of March: it is a problem unless `order` is given. With full stops
 * as separators the day always comes first.
 */
export function readWrittenDate(written: string, order?: DateOrder): WrittenDate {
  const text = plain(written)
  if (text.length > LONGEST_DATE) return noDate
  const iso = yearFirst.exec(text)
  if (iso) return dated(iso[1]!, iso[3]!, iso[4]!, iso[5])
  const numeric = figures.exec(text)
  if (numeric) return fromFigures(numeric, order)
  const named = dayAndMonth.exec(text)
  if (named) return fromName(named[3]!, named[2]!, named[1]!, named[4])
  const american = monthAndDay.exec(text)
  if (american) return fromName(american[3]!, american[1]!, american[2]!, american[4])
  return noDate
}

const noDate: WrittenDate = { problem: 'is not a date' }

/** Lower case, no accents, one plain space. */
function plain(text: string): string {
  return text
    .slice(0, 2 * LONGEST_DATE)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
}

function fromFigures(match: RegExpExecArray, order: DateOrder | undefined): WrittenDate {
  const [, first = '', separator, second = '', year = '', clock] = match
  const dayFirst = dated(year, second, first, clock)
  const monthFirst = dated(year, first, second, clock)
  if (order === 'dmy' || separator === '.') return dayFirst
  if (order === 'mdy') return monthFirst
  if ('problem' in dayFirst) return monthFirst
  if ('problem' in monthFirst || dayFirst.time === monthFirst.time) return dayFirst
  return { problem: 'is ambiguous: set the order of day and month with --dates dmy or --dates mdy' }
}

function fromName(year: string, name: string, day: string, clock: string | undefined): WrittenDate {
  const month = monthByName.get(name)
  return month === undefined ? noDate : dated(year, String(month), day, clock)
}

function dated(year: string, month: string, day: string, clock: string | undefined): WrittenDate {
  const time = clock === undefined ? '00:00:00Z' : clockOf(clock)
  if (time === undefined) return noDate
  const iso = toIsoTime(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}`)
  return iso === undefined ? noDate : { time: iso }
}

function clockOf(text: string): string | undefined {
  const match = clockForm.exec(text)
  if (match === null) return undefined
  const [, hours = '', minutes = '00', seconds = '00', half, zone = 'z'] = match
  const hour = half === undefined ? Number(hours) : onTwelveHours(Number(hours), half)
  if (hour === undefined) return undefined
  const offset = /^[zug]/.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  return `${String(hour).padStart(2, '0')}:${minutes}:${seconds}${offset}`
}

function onTwelveHours(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half === 'p' ? 12 : 0)
}
