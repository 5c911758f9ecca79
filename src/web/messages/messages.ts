import { signal } from '@preact/signals'
import type { Namespaces } from './namespaces.ts'

export const LANGUAGES = ['en', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

/** `folder.key` of a message file. */
export type MessageKey = {
  [Name in keyof Namespaces]: `${Name & string}.${keyof Namespaces[Name] & string}`
}[keyof Namespaces]

/** What a message is filled with; texts, numbers, and ISO dates already formatted. */
export type MessageValues = Readonly<Record<string, string | number>>

type Compiled = Readonly<Record<string, Readonly<Record<string, (values: object) => string>>>>

const LOADERS = {
  en: () => import('virtual:messages/en'),
  fr: () => import('virtual:messages/fr'),
}

interface Spoken {
  readonly language: Language
  readonly messages: Compiled
}

/** The language of the page and its messages: whatever shows a message is drawn again when it changes. */
const spoken = signal<Spoken>({ language: 'en', messages: {} })

/** The language of the page. */
export function currentLanguage(): Language {
  return spoken.value.language
}

/** Loads the messages of a language, then shows the page in it. */
export async function speak(language: Language): Promise<void> {
  const { default: messages } = await LOADERS[language]()
  document.documentElement.lang = language
  spoken.value = { language, messages }
}

/** The message of a key in the language of the page. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  const dot = key.indexOf('.')
  const message = spoken.value.messages[key.slice(0, dot)]?.[key.slice(dot + 1)]
  if (message === undefined) throw new Error(`no message ${key} in ${spoken.value.language}`)
  return message(values)
}

/** The one of two sentences that the API gives in both languages. */
export function inLanguage(sentence: { readonly en: string; readonly fr: string }): string {
  return sentence[spoken.value.language]
}
