import { currentLanguage } from './messages.ts'

const NARROW_SPACE = '\u202f'

/** `1,234` or `1 234`. */
export function number(value: number, digits = 0): string {
  return format('number', { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value)
}

/** A share as a percentage: `93%` or `93 %`. @param digits after the comma */
export function percent(share: number, digits = 0): string {
  const text = format('percent', { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(
    share,
  )
  // What the language's data puts before the sign differs among browsers.
  return text.replace(/\s%/u, `${NARROW_SPACE}%`)
}

/** An amount in euros: `€1,234.50` or `1 234,50 €`; without cents where they say little. */
export function euros(amount: number): string {
  const digits = amount !== 0 && Math.abs(amount) < 100 ? 2 : 0
  const options = { currency: 'EUR', minimumFractionDigits: digits, maximumFractionDigits: digits }
  return format('currency', options).format(amount)
}

const UNKNOWN = '1970-01-01'

/** `12 Mar 2026`, or nothing where the source of a post gave no date. */
export function dayIfKnown(date: string): string {
  return date.startsWith(UNKNOWN) ? '' : day(date)
}

/** `12 Mar 2026`. @param date ISO 8601 */
export function day(date: string): string {
  return dateFormat({ dateStyle: 'medium' }).format(new Date(date))
}

/** `12 Mar 2026, 14:02`. */
export function moment(date: string): string {
  return dateFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(date))
}

/** `14:02:31`. */
export function clockTime(date: Date): string {
  return dateFormat({ timeStyle: 'medium' }).format(date)
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** `3 days ago`. @param now milliseconds since the epoch */
export function ago(date: string, now: number): string {
  const passed = new Date(date).getTime() - now
  const [unit, size] = STEPS.find(([, each]) => Math.abs(passed) >= each) ?? ['minute', 60_000]
  return new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' }).format(
    Math.trunc(passed / size),
    unit,
  )
}

const known = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

function format(
  style: 'number' | 'percent' | 'currency',
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const all: Intl.NumberFormatOptions = style === 'number' ? options : { ...options, style }
  return kept(`${style}${JSON.stringify(options)}`, (language) => new Intl.NumberFormat(language, all))
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(JSON.stringify(options), (language) => new Intl.DateTimeFormat(language, options))
}

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat>(
  key: string,
  make: (language: string) => T,
): T {
  const language = currentLanguage() === 'en' ? 'en-GB' : 'fr-FR'
  const found = known.get(language + key)
  if (found !== undefined) return found as T
  const made = make(language)
  known.set(language + key, made)
  return made
}
