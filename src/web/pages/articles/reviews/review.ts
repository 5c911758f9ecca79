import type { Get, ItemOf } from '../../../api/types.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'

export type Review = ItemOf<Get<'/api/articles/reviews'>>
export type Reason = Review['reasons'][number]
export type Settings = Get<'/api/articles/reviews/settings'>

export const OWNERS = ['me', 'unowned', 'all'] as const
export type Owner = (typeof OWNERS)[number]

/** Why an article is due, in words: `flags` changed posts, `age` days. */
export function reasonName({ reason, count }: Reason): string {
  return t(`reviews.reason-${reason}`, { n: count, count: number(count) })
}

export function titleOf({ article: { title } }: Review): string {
  return title || t('articles.untitled')
}

export function langOf({ article: { language } }: Review): string | undefined {
  return language === 'und' ? undefined : language
}
