import type { Get, ItemOf } from '../../../api/types.ts'

export type Translation = Get<'/api/articles/{id}/translation'>
export type TranslatedPassage = Translation['passages'][number]
export type ListedTranslation = ItemOf<Get<'/api/translations'>>

/** Whether a passage waits for a translator. */
export function isToDo({ state }: Pick<TranslatedPassage, 'state'>): boolean {
  return state !== 'translated'
}

/** A language as HTML wants it; nothing where it is unknown. */
export function langOf(language: string): string | undefined {
  return language === 'und' ? undefined : language
}
