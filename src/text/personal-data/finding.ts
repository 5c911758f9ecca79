/** The kinds that are detected; a kind's name replaces the data in a redacted text. */
export const PERSONAL_DATA_KINDS = [
  'email',
  'iban',
  'social-security',
  'card',
  'customer-number',
  'order-number',
  'ip',
  'phone',
  'address',
  'name',
] as const
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number]

/** Personal data in a text, `[start, end)` in UTF-16 units. */
export interface Finding {
  readonly kind: PersonalDataKind
  readonly start: number
  readonly end: number
}

/**
 * Looks for one kind of personal data, in time linear in the length of any text. Findings come in the order of the
 * text and do not overlap.
 */
export type Detector = (text: string) => Finding[]

/**
 * Findings in the order of the text, none of which overlaps another: of two that do, the one whose kind comes first in
 * {@link PERSONAL_DATA_KINDS} stands, then the longer.
 */
export function withoutOverlaps(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding) => PERSONAL_DATA_KINDS.indexOf(finding.kind)
  const kept: Finding[] = []
  for (const finding of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1)
    if (last === undefined || finding.start >= last.end) kept.push(finding)
    else if (rank(finding) < rank(last)) {
      kept.pop()
      kept.push(finding)
    }
  }
  return kept
}

/**
 * What stands for personal data. The same in every language, so that a text that is redacted again stays as it is;
 * braces, because Markdown, URLs and code all leave them alone, where `[…]: ` would become a link's definition.
 */
export const PLACEHOLDERS: Readonly<Record<PersonalDataKind, string>> = {
  email: '{e-mail}',
  iban: '{iban}',
  'social-security': '{social-security}',
  card: '{card}',
  'customer-number': '{customer-number}',
  'order-number': '{order-number}',
  ip: '{ip}',
  phone: '{phone}',
  address: '{address}',
  name: '{name}',
}

const placeholder = new RegExp(Object.values(PLACEHOLDERS).join('|').replace(/[{}]/g, '\\$&'), 'g')

/**
 * The text without what stands for personal data, which its author did not write and which has nothing to do with its
 * subject.
 */
export function withoutPlaceholders(text: string): string {
  return text.replace(placeholder, '')
}

/** The words that name a number stand just before it; further away they belong to something else. */
const REACH = 32

/** What stands before a place on its line, as far as it can say what comes next; in lower case. */
export function precedingWords(text: string, at: number, reach = REACH): string {
  const head = text.slice(Math.max(0, at - reach), at)
  return head.slice(head.lastIndexOf('\n') + 1).toLowerCase()
}

const OTHER_NUMBER =
  /(?<![\p{L}])(?:commandes?|orders?|factures?|invoices?|dossiers?|tickets?|r[ée]f(?:[ée]rences?|\.)?|refs?|s[ée]rie|serial|imei|suivi|tracking|colis|parcel|lots?|batch|incidents?|siret|siren|ean|isbn|mod[eè]les?|model|part)(?![\p{L}])/gu
const OWN_NUMBER =
  /(?<![\p{L}])(?:cartes?|cards?|cb|visa|mastercard|amex|t[ée]l(?:[ée]phones?|\.)?|phone|mobile|portable|fixe|call|appele[rz]|rappele[rz]|sms|s[ée]cu(?:rit[ée])?|nir)(?![\p{L}])/gu

/** Whether the words before a number say that it counts orders, parcels, devices …: the nearest word decides. */
export function isNamedOtherwise(text: string, at: number): boolean {
  const words = precedingWords(text, at)
  return lastPlace(words, OTHER_NUMBER) > lastPlace(words, OWN_NUMBER)
}

function lastPlace(words: string, cue: RegExp): number {
  let place = -1
  for (const { index } of words.matchAll(cue)) place = index
  return place
}
