import type { Endless } from '../../../api/endless.ts'
import { type ListPlace, ListRow, LongTable } from '../../../lists/long-table.tsx'
import type { Selection } from '../../../lists/use-selection.ts'
import { day, number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import type { FilterState } from './filters.ts'
import { langOf, type Review, reasonName, titleOf } from './review.ts'

/** Articles that are due as rows, the most used first. */
export function ReviewTable({
  reviews,
  total,
  state: { filters, addressWith },
  selection,
  at,
  onFocus,
}: {
  readonly reviews: Endless<Review>
  /** How many there are, if that is known. */
  readonly total: number | undefined
  readonly state: FilterState
  readonly selection: Selection
  readonly at: ListPlace | undefined
  onFocus(id: string): void
}) {
  return (
    <LongTable
      caption={t('reviews.title')}
      look="reviews-table"
      columns={[
        { heading: t('reviews.uses'), class: 'reviews-uses' },
        { heading: t('articles.article') },
        { heading: t('reviews.why'), class: 'reviews-why' },
        { heading: t('reviews.asked'), class: 'reviews-kind' },
        { heading: t('articles.owner'), class: 'reviews-owner' },
        { heading: t('reviews.lastCheck'), class: 'reviews-checked' },
      ]}
      pages={reviews}
      total={total}
      isBeside={filters.open !== undefined}
      at={at}
      show={(review, place) => {
        const { id, figures, reasons, kind, owner, lastCheck } = review
        const isOpen = filters.open === id
        const why = reasons.map(reasonName).join(' · ')
        return (
          <ListRow
            key={id}
            id={id}
            place={place}
            title={titleOf(review)}
            lang={langOf(review)}
            href={addressWith({ open: isOpen ? undefined : id })}
            isOpen={isOpen}
            selection={selection}
            onFocus={onFocus}
            before={<td class="reviews-uses number">{number(figures.uses)}</td>}
            under={why}
          >
            <td class="reviews-why clip" title={why}>
              {why}
            </td>
            <td class="reviews-kind">{t(`reviews.kind-${kind}`)}</td>
            <td class="reviews-owner clip">{owner?.name ?? t('reviews.nobody')}</td>
            <td class="reviews-checked muted">
              {lastCheck === undefined ? (
                t('reviews.never')
              ) : (
                <time dateTime={lastCheck.at}>{day(lastCheck.at)}</time>
              )}
            </td>
          </ListRow>
        )
      }}
    />
  )
}
