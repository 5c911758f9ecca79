import type { SpokenLanguage } from '../../text/language/preferred-language.ts'

/** The secrets of links, as addresses have them. */
export const SECRET_PATTERN = '^ask_[0-9a-f]{40}$'

/** The page by which an asker follows a question. */
export function followPath(language: SpokenLanguage, secret: string): string {
  return `/help/${language}/questions/ask_${secret}`
}

/** Where an address is confirmed, and where the asker has it deleted. */
export function mailPath(language: SpokenLanguage, secret: string): string {
  return `${followPath(language, secret)}/mail`
}
