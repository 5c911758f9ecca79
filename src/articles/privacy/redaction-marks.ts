import type { Finding, PersonalDataKind } from '../../text/personal-data/finding.ts'
import type { Sentences } from '../../text/wording.ts'

/** What readers find in place of personal data, in the language of the article; English for others. */
const MARKS: Readonly<Record<PersonalDataKind, Sentences>> = {
  email: { en: 'e-mail address', fr: 'adresse e-mail' },
  iban: { en: 'IBAN', fr: 'IBAN' },
  'social-security': { en: 'social security number', fr: 'numéro de sécurité sociale' },
  card: { en: 'card number', fr: 'numéro de carte' },
  'customer-number': { en: 'customer number', fr: 'numéro de client' },
  'order-number': { en: 'order number', fr: 'numéro de commande' },
  ip: { en: 'IP address', fr: 'adresse IP' },
  phone: { en: 'phone number', fr: 'numéro de téléphone' },
  address: { en: 'postal address', fr: 'adresse postale' },
  name: { en: 'name', fr: 'nom' },
}

/**
 * The mark that replaces a finding in a text. In the target of a link it has no space, which would end the target, and in
 * Markdown it becomes neither a link nor the definition of one.
 */
export function markAt(
  text: string,
  { kind, start, end }: Finding,
  { language, isPlain }: { readonly language: string; readonly isPlain: boolean },
): string {
  const words = MARKS[kind][language === 'fr' ? 'fr' : 'en']
  if (isPlain) return `[${words}]`
  const before = text.slice(text.slice(0, start).search(/\S*$/), start)
  if (/\]\(|<|:\/\//.test(before)) return `[${words.replaceAll(' ', '-')}]`
  return /[:([]/.test(text.charAt(end)) ? `\\[${words}\\]` : `[${words}]`
}
