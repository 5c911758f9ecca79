import type { Get, ItemOf } from '../../../api/types.ts'
import { currentLanguage, t } from '../../../messages/messages.ts'
import { hasRole, me } from '../../../sign-in/session.ts'

export type Sample = Get<'/api/coaching/sample'>
export type SampledArticle = ItemOf<Sample>
export type SampledLink = ItemOf<Get<'/api/coaching/links'>>
export type Judgement = NonNullable<SampledLink['judged']>['judgement']
export type Settings = Get<'/api/coaching/settings'>
export type Point = Settings['points'][number]
export type Figures = Get<'/api/coaching/figures'>
export type OwnScore = ItemOf<Get<'/api/coaching/scores'>>

const isInside = () => me.value?.audience === 'internal'

/** Whether whoever is signed in coaches others. */
export function isCoach(): boolean {
  return isInside() && me.value?.proficiency === 'coach'
}

/** Whether whoever is signed in sees what coaches said of others. */
export function seesAll(): boolean {
  return isCoach() || (isInside() && hasRole('supervisor'))
}

/** The question in the language of the page. */
export function questionOf(point: Pick<Point, 'en' | 'fr'>): string {
  return point[currentLanguage()]
}

export function titleOf({ title }: { readonly title: string }): string {
  return title || t('articles.untitled')
}

export function langOf(language: string): string | undefined {
  return language === 'und' ? undefined : language
}

/** `2026-11` as a month in words. */
export function monthName(month: string): string {
  const format = new Intl.DateTimeFormat(currentLanguage(), {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return format.format(new Date(`${month}-01T00:00:00.000Z`))
}
