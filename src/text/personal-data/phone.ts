import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { type Detector, type Finding, isNamedOtherwise } from './finding.ts'
import { type DigitGroup, digitRuns, grouping } from './numbers.ts'

/** How numbers with a leading zero are written in France and in Britain; digits in one piece come last. */
const FRENCH = new Set(['2-2-2-2-2', '4-2-2-2', '4-3-3', '1-3-3-3', '4-6', '2-8', '2-4-4', '10'])
const BRITISH = new Set(['3-4-4', '4-3-4', '5-6', '5-3-3', '3-8', '11'])
/** Numbers of the North American plan: three, three and four digits, the first two not beginning with 0 or 1. */
const AMERICAN =
  /(?<![\p{L}\p{N}_+(]|\p{N}[-. ])(?:1[-. ])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.])[2-9]\d\d[-.]\d{4}(?![\p{L}\p{N}_]|[-.][\p{L}\p{N}])/gu
const INTERNATIONAL =
  /(?<![\p{L}\p{N}_+]|\d[ \u00a0])(?:\+ ?|00 ?)[1-9](?:[ \u00a0\u2009\u202f()./-]{0,3}\d){6,14}/gu

/**
 * Phone numbers: international ones of any country, national ones as France, Britain and North America write them.
 * Whether a number is given to somebody is not asked, since numbers that are given out next year count as well;
 * service numbers of four digits say nothing of a person.
 */
export const detectPhoneNumbers: Detector = (text) => {
  const findings = [...international(text), ...national(text), ...american(text)]
  findings.sort((a, b) => a.start - b.start || b.end - a.end)
  let after = 0
  return findings.filter(({ start, end }) => {
    if (start < after) return false
    after = end
    return true
  })
}

function* international(text: string): Generator<Finding> {
  for (const { 0: candidate, index } of text.matchAll(INTERNATIONAL)) {
    const length = possibleHead(candidate, text.slice(index + candidate.length, index + candidate.length + 2))
    if (length > 0) yield { kind: 'phone', start: index, end: index + length }
  }
}

/** Length of the longest part, ending where a group of digits does, that can be a number; 0 for none. */
function possibleHead(candidate: string, next: string): number {
  const ends = [...candidate.matchAll(/\d+/g)].map(({ 0: digits, index }) => index + digits.length)
  if (/^[\p{L}\p{N}_]/u.test(next)) ends.pop()
  for (const end of ends.reverse()) {
    const number = candidate.slice(0, end).replace(/^00/, '+')
    if (number.replace(/\D/g, '').length < 8) return 0
    if (isPossible(number, 'FR')) return end
  }
  return 0
}

function* national(text: string): Generator<Finding> {
  for (const groups of digitRuns(text)) {
    for (let from = 0; from < groups.length; from++) {
      const count = nationalAt(text, groups, from)
      if (count === 0) continue
      const last = groups[from + count - 1]!
      yield { kind: 'phone', start: groups[from]!.start, end: last.end }
      from += count - 1
    }
  }
}

const MOST_GROUPS = 5

function nationalAt(text: string, groups: readonly DigitGroup[], from: number): number {
  const { start, digits } = groups[from]!
  if (!/^0(?:[1-9]|$)/.test(digits) || /[\d+][.,:/-]$|[+#]$/.test(text.slice(Math.max(0, start - 2), start)))
    return 0
  for (let count = Math.min(MOST_GROUPS, groups.length - from); count > 0; count--) {
    const part = groups.slice(from, from + count)
    const next = text.slice(part[count - 1]!.end, part[count - 1]!.end + 2)
    if (/^[.,]\d/.test(next)) continue
    const written = part.map((group) => group.digits).join('')
    const country = countryOf(written, grouping(part))
    if (country === undefined || !isPossible(written, country)) continue
    return count === 1 && isNamedOtherwise(text, start) ? 0 : count
  }
  return 0
}

function countryOf(digits: string, written: string): CountryCode | undefined {
  if (digits.length === 10 && /^0[1-9]/.test(digits) && FRENCH.has(written)) return 'FR'
  const isBritish = BRITISH.has(written) && (digits.length === 11 ? /^0[1-37]/ : /^$/).test(digits)
  return isBritish ? 'GB' : undefined
}

function* american(text: string): Generator<Finding> {
  for (const { 0: found, index } of text.matchAll(AMERICAN)) {
    if (!isNamedOtherwise(text, index) && isPossible(found, 'US'))
      yield { kind: 'phone', start: index, end: index + found.length }
  }
}

function isPossible(number: string, country: CountryCode): boolean {
  return (
    parsePhoneNumberFromString(number, { defaultCountry: country, extract: false })?.isPossible() ?? false
  )
}
