import { type DigitGroup, digitRuns, grouping } from './digit-groups.ts'
import type { Detector, Finding } from './finding.ts'
import { isNamedOtherwise } from './preceding-words.ts'

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
