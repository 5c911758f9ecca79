import type { Get, ItemOf } from '../../api/types.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import type { Choice } from '../../parts/field.tsx'

export type GapList = Get<'/api/search/gaps'>
export type ListedGap = ItemOf<GapList>
export type Gap = Get<'/api/search/gaps/{id}'>
export type Query = ItemOf<Get<'/api/search/queries'>>

export const DEMANDS = ['new', 'not-found', 'linked'] as const
export const STATES = ['open', 'declined', 'linked'] as const
export const REASONS = ['out-of-scope', 'too-rare', 'unclear', 'answered-elsewhere'] as const
export type Reason = (typeof REASONS)[number]

/** Days that are looked back, where the address says nothing else. */
export const DAYS = '30'

/** Periods to choose from. */
export const periods = (): readonly Choice[] =>
  ['7', '30', '90'].map((days) => ({ value: days, label: t('search.days', { count: number(Number(days)) }) }))

/** The language that a search is read aloud in, where it is known. */
export function langOf({ language }: { readonly language: string }): string | undefined {
  return language === 'und' ? undefined : language
}
