import { countrySpecs, isValidIBAN } from 'ibantools'
import { type Detector, type Finding, isNamedOtherwise } from './finding.ts'

/** Digits that stand together. */
export interface DigitGroup {
  readonly digits: string
  readonly start: number
  readonly end: number
}

const RUN = /\d+(?:[ \u00a0\u2007\u2009\u202f./-]\d+)*/g

/**
 * Numbers as people write them: groups of digits with one separator between them (`06 12 34`, `4111-1111`), run by
 * run. What touches a letter belongs to a word or a code, and is left out.
 */
export function* digitRuns(text: string): Generator<DigitGroup[]> {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const groups = [...run.matchAll(/\d+/g)].map(({ 0: digits, index: at }) => ({
      digits,
      start: index + at,
      end: index + at + digits.length,
    }))
    if (WORD_BEFORE.test(text.slice(Math.max(0, index - 2), index))) groups.shift()
    if (WORD_AFTER.test(text.slice(index + run.length, index + run.length + 2))) groups.pop()
    if (groups.length > 0) yield groups
  }
}

const WORD_BEFORE = /[\p{L}_]$/u
const WORD_AFTER = /^[\p{L}_]/u

/** Lengths of groups, as `4-4-4-4`. */
export function grouping(groups: readonly DigitGroup[]): string {
  return groups.map(({ digits }) => digits.length).join('-')
}

const HEAD = /(?<![\p{L}\p{N}])[a-z]{2} ?\d{2}(?=[ \u00a0\u2009\u202f.-]?[a-z0-9])/giu
const CHARACTER = /[a-z0-9]/i
const SEPARATOR = /[ \u00a0\u2009\u202f.-]/

/**
 * International bank account numbers: of a country that has them, as long as its are, with the right check digits
 * (ISO 13616) and, where the country has its own, the right national ones.
 */
export const detectIbans: Detector = (text) => {
  const findings: Finding[] = []
  let after = 0
  for (const { 0: head, index } of text.matchAll(HEAD)) {
    if (index < after) continue
    const length = countrySpecs[head.slice(0, 2).toUpperCase()]?.chars
    if (length == null) continue
    const end = endOfCharacters(text, index, length)
    if (end === undefined) continue
    const iban = text
      .slice(index, end)
      .replace(/[^a-z0-9]/gi, '')
      .toUpperCase()
    if (!isValidIBAN(iban)) continue
    findings.push({ kind: 'iban', start: index, end })
    after = end
  }
  return findings
}

/** Where so many letters and digits end, with no more than one separator between two; they must be a word's last. */
function endOfCharacters(text: string, start: number, length: number): number | undefined {
  let at = start
  for (let left = length; left > 0; at++) {
    if (CHARACTER.test(text[at] ?? '')) left -= 1
    else if (!SEPARATOR.test(text[at] ?? '') || !CHARACTER.test(text[at - 1] ?? '')) return undefined
  }
  return /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2)) ? undefined : at
}

/** First digits and lengths of the networks that issue to people (ISO/IEC 7812 issuer ranges). */
const NETWORKS: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(?:6011|64[4-9]|65)/, lengths: [16, 19] },
  { prefix: /^(?:30[0-59]|36|3[89])/, lengths: [14, 16] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16] },
  { prefix: /^62/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:50|5[6-9]|6[037])/, lengths: [16] },
]
/** How cards are printed and typed; digits in one piece are looked at as they are. */
const GROUPINGS = new Set([
  '4-4-4-4',
  '4-4-4-4-3',
  '4-6-5',
  '4-6-4',
  '13',
  '14',
  '15',
  '16',
  '17',
  '18',
  '19',
])
const MOST_GROUPS = 5

/** Payment cards: a known network's first digits and length, and the Luhn check (ISO/IEC 7812-1, annex B). */
export const detectCards: Detector = (text) => {
  const findings: Finding[] = []
  for (const groups of digitRuns(text)) {
    for (let from = 0; from < groups.length; from++) {
      const count = cardAt(groups, from)
      const start = groups[from]!.start
      if (count === 0 || isNamedOtherwise(text, start)) continue
      from += count - 1
      findings.push({ kind: 'card', start, end: groups[from]!.end })
    }
  }
  return findings
}

/** How many groups from here on are a card; none when a fourth or fifth quartet makes it a longer number. */
function cardAt(groups: readonly DigitGroup[], from: number): number {
  for (let count = Math.min(MOST_GROUPS, groups.length - from); count > 0; count--) {
    const part = groups.slice(from, from + count)
    if (!GROUPINGS.has(grouping(part)) || !isCard(part.map(({ digits }) => digits).join(''))) continue
    const isQuartet = (group: DigitGroup | undefined) => group?.digits.length === 4
    const isLonger = count > 1 && (isQuartet(groups[from - 1]) || isQuartet(groups[from + count]))
    return isLonger ? 0 : count
  }
  return 0
}

function isCard(digits: string): boolean {
  const isKnown = NETWORKS.some(
    ({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits),
  )
  return isKnown && luhn(digits)
}

function luhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const S = String.raw`[ \u00a0\u2009\u202f.\/-]?`
const PARTS = [
  '[1-478]',
  String.raw`\d\d`,
  String.raw`\d\d`,
  '(?:[0-9]{2}|2[ab])',
  String.raw`\d{3}`,
  String.raw`\d{3}`,
  String.raw`\d\d`,
]
const NIR = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${PARTS.map((part) => `(${part})`).join(S)}(?![\p{L}\p{N}])`,
  'giu',
)

/**
 * French social-security numbers (NIR) with their key: 97 less the number modulo 97, with 19 for 2A and 18 for 2B
 * (INSEE). Those of people born in Corsica and abroad, and provisional ones, are numbers like any other.
 */
export const detectSocialSecurityNumbers: Detector = (text) => {
  const findings: Finding[] = []
  for (const { 0: found, index, ...parts } of text.matchAll(NIR)) {
    const [sex = '', year = '', month = '', department = '', commune = '', order = '', key = ''] = [
      1, 2, 3, 4, 5, 6, 7,
    ].map((i) => parts[i as 1]!)
    const place = department.toUpperCase().replace('2A', '19').replace('2B', '18')
    const number = Number(sex + year + month + place + commune + order)
    if (isMonth(Number(month)) && department !== '00' && Number(key) === 97 - (number % 97))
      findings.push({ kind: 'social-security', start: index, end: index + found.length })
  }
  return findings
}

/** Months, and what stands for one where the month or the whole date of birth is not known. */
function isMonth(month: number): boolean {
  return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50
}
