import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import type { Get, ItemOf, Post } from '../../../api/types.ts'
import { t } from '../../../messages/messages.ts'
import type { Choice } from '../../../parts/field.tsx'

export type JudgedSearches = Get<'/api/search/judged'>
export type JudgedSearch = ItemOf<JudgedSearches>
export type JudgedResults = Get<'/api/search/judged/{id}'>
type Added = Post<'/api/search/judged'>

/** Fewer judged searches tell no small change. */
export const ENOUGH = 30

export const languages = (): readonly Choice[] =>
  (['und', 'fr', 'en'] as const).map((value) => ({ value, label: t(`relevance.language-${value}`) }))

/** Adds a search to be judged, or finds it. @returns its id */
export async function addSearch(text: string, language: string): Promise<string> {
  const { data } = await call<Added>('POST', '/search/judged', { body: { text, language } })
  refresh('/search/judged')
  return data.id
}
