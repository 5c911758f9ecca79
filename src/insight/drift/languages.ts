/** Languages that are measured by themselves; all others are measured only among all posts. */
export const LANGUAGES = ['fr', 'en'] as const
const LANGUAGE_GROUPS = [...LANGUAGES, 'other'] as const
export type LanguageGroup = (typeof LANGUAGE_GROUPS)[number]

export function languageGroup(language: string): LanguageGroup {
  const primary = language.slice(0, 2)
  return LANGUAGES.find((each) => each === primary) ?? 'other'
}

export function eachLanguage<T>(value: (language: LanguageGroup) => T): Record<LanguageGroup, T> {
  return { fr: value('fr'), en: value('en'), other: value('other') }
}
