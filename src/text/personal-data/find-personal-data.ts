import { detectCards } from './card.ts'
import { detectEmails } from './email.ts'
import { detectEnglishAddresses } from './english-address.ts'
import { type Detector, type Finding, withoutOverlaps } from './finding.ts'
import { detectFrenchAddresses } from './french-address.ts'
import { detectIbans } from './iban.ts'
import { type IdentifierPattern, identifierDetector } from './identifier-pattern.ts'
import { detectIpAddresses } from './ip.ts'
import { detectNames } from './name.ts'
import { detectPhoneNumbers } from './phone.ts'
import { detectSocialSecurityNumbers } from './social-security.ts'

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
 * purpose, stands in docs/personal-data.md. Linear in the length of any text.
 */
export function findPersonalData(text: string, { identifiers = [] }: PersonalDataOptions = {}): Finding[] {
  const found = withoutOverlaps(
    [...detectors, identifierDetector(identifiers)].flatMap((detect) => detect(text)),
  )
  const contacts = found.filter(({ kind }) => kind === 'email' || kind === 'phone')
  return withoutOverlaps([...found, ...detectNames(text, contacts)])
}
