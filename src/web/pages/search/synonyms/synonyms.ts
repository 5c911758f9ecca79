import type { Get, ItemOf, Post } from '../../../api/types.ts'
import { t } from '../../../messages/messages.ts'

export type Synonyms = Get<'/api/search/synonyms'>
export type Entry = ItemOf<Synonyms>
export type Word = Entry['words'][number]
export type Version = ItemOf<Get<'/api/search/synonyms/versions'>>
export type Proposal = ItemOf<Get<'/api/search/synonyms/proposals'>>
export type Preview = Post<'/api/search/synonyms/preview'>

/** What is sent to be tried or saved. */
export interface Change {
  readonly add?: readonly { readonly words: readonly Word[]; readonly alsoFinds?: readonly Word[] }[]
  readonly remove?: readonly number[]
  readonly text?: string
  readonly replace?: boolean
}

/** What others saved since, of a refusal. */
export interface Conflict {
  readonly version: number
  readonly by: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** The languages of a word by their names; `''` for both. */
export function languageChoices() {
  return [
    { value: '', label: t('synonyms.both') },
    { value: 'fr', label: t('synonyms.french') },
    { value: 'en', label: t('synonyms.english') },
  ]
}

export function languageName(language: Word['language']): string {
  return languageChoices().find(({ value }) => value === (language ?? ''))?.label ?? ''
}
