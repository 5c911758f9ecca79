import { detectEmails } from './email.ts'
import { detectEnglishAddresses } from './english-address.ts'
import { type Detector, type Finding, withoutOverlaps } from './finding.ts'
import { detectFrenchAddresses } from './french-address.ts'
import { detectIpAddresses } from './ip.ts'
import { detectNames } from './name.ts'
import { detectCards, detectIbans, detectSocialSecurityNumbers } from './numbers.ts'
import { detectPhoneNumbers } from './phone.ts'

export interface PersonalDataOptions {
  /** How the company writes its customer and order numbers. */
  readonly identifiers?: readonly IdentifierPattern[]
}

/** Raised whenever other things are found than before: what was redacted by an earlier one is then redacted anew. */
export const PERSONAL_DATA_VERSION = 1

const detectors: readonly Detector[] = [
  detectEmails,
  detectIbans,
  detectSocialSecurityNumbers,
  detectCards,
  detectIpAddresses,
  detectPhoneNumbers,
  detectFrenchAddresses,
  detectEnglishAddresses,
]

/**
 * Personal data in a plain text, in its order and without overlaps. What each kind includes, and what is left alone on
 * purpose, stands in docs/operate/personal-data.md. Linear in the length of any text.
 */
export function findPersonalData(text: string, { identifiers = [] }: PersonalDataOptions = {}): Finding[] {
  const found = withoutOverlaps(
    [...detectors, identifierDetector(identifiers)].flatMap((detect) => detect(text)),
  )
  const contacts = found.filter(({ kind }) => kind === 'email' || kind === 'phone')
  return withoutOverlaps([...found, ...detectNames(text, contacts)])
}

export type IdentifierKind = 'customer-number' | 'order-number'

/** How a company writes its customer or order numbers. Nothing in a pattern repeats, so that none can be slow. */
export interface IdentifierPattern {
  readonly kind: IdentifierKind
  /** `#` is a digit, `@` a letter, `*` either; anything else is itself, in either case. */
  readonly pattern: string
}

const PART: Readonly<Record<string, string>> = { '#': '[0-9]', '@': '[A-Za-z]', '*': '[A-Za-z0-9]' }

/** Finds what is written as one of the patterns; what touches a letter or digit is part of something else. */
export function identifierDetector(patterns: readonly IdentifierPattern[]): Detector {
  const searches = patterns.map(({ kind, pattern }) => ({ kind, search: toRegExp(pattern) }))
  return (text) => {
    const findings: Finding[] = []
    for (const { kind, search } of searches) {
      for (const { 0: found, index } of text.matchAll(search))
        findings.push({ kind, start: index, end: index + found.length })
    }
    return withoutOverlaps(findings)
  }
}

function toRegExp(pattern: string): RegExp {
  const parts = [...pattern].map((each) => PART[each] ?? each.replace(/[$()*+./?[\\\]^{|}]/, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('')})(?![\\p{L}\\p{N}])`, 'giu')
}
