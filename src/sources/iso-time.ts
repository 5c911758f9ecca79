const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?$/
const LENGTH = '2024-05-31T09:30:00.000Z'.length
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * A date and time as sources write it (a missing zone means UTC), as ISO 8601 in UTC with milliseconds.
 *
 * @returns undefined for what is no time, 30 February included
 */
export function toIsoTime(text: string): string | undefined {
  if (!form.test(text) || !isDay(text) || !isClock(text)) return undefined
  // The form that dumps have, a million times: nothing to compute.
  if (text.length === 23 && text[19] === '.') return `${text}Z`
  const zoned = /Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`
  const time = new Date(zoned)
  if (Number.isNaN(time.getTime())) return undefined
  const iso = time.toISOString()
  // A zone may lead out of the years that are written with four digits, and sort as text.
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
