import type { PersonalDataKind } from './finding.ts'

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

/** The text without what stands for personal data, which is not its author's and says nothing of its subject. */
export function withoutPlaceholders(text: string): string {
  return text.replace(placeholder, '')
}
