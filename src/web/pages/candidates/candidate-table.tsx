import type { Endless } from '../../api/endless.ts'
import { type ListPlace, ListRow, LongTable } from '../../lists/long-table.tsx'
import type { Selection } from '../../lists/use-selection.ts'
import { ago, euros, moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { type ListedCandidate, langOf, titleOf, typeName } from './candidate.ts'
import type { FilterState } from './filters.ts'

/** The candidates as rows, those worth most first. */
export function CandidateTable({
  candidates,
  total,
  state: { filters, addressWith },
  selection,
  at,
  onFocus,
}: {
  readonly candidates: Endless<ListedCandidate>
  /** How many there are, if that is known. */
  readonly total: number | undefined
  readonly state: FilterState
  readonly selection: Selection
  readonly at: ListPlace | undefined
  onFocus(id: string): void
}) {
  const now = Date.now()
  return (
    <LongTable
      caption={t('candidates.title')}
      look="candidates-table"
      columns={[
        { heading: t('candidates.worth'), class: 'candidates-worth' },
        { heading: t('candidates.candidate') },
        { heading: t('candidates.type'), class: 'candidates-type' },
        { heading: t('candidates.askings'), class: 'candidates-asked' },
        { heading: t('candidates.viewsShort'), class: 'candidates-views' },
        { heading: t('candidates.last'), class: 'candidates-last' },
      ]}
      pages={candidates}
      total={total}
      isBeside={filters.open !== undefined}
      at={at}
      show={(candidate, place) => {
        const { id, type, worth, demand } = candidate
        const isOpen = filters.open === id
        const askings = t('candidates.times', { count: demand.askings, shown: number(demand.askings) })
        return (
          <ListRow
            key={id}
            id={id}
            place={place}
            title={titleOf(candidate)}
            lang={langOf(candidate)}
            href={addressWith({ open: isOpen ? undefined : id })}
            isOpen={isOpen}
            selection={selection}
            onFocus={onFocus}
            before={<td class="candidates-worth number">{euros(worth)}</td>}
            under={
              <>
                {t('candidates.aMonth', { amount: euros(worth) })} · {typeName(type)} · {askings}
              </>
            }
          >
            <td class="candidates-type">{typeName(type)}</td>
            <td class="candidates-asked number">{askings}</td>
            <td class="candidates-views number">{number(Math.round(demand.views))}</td>
            <td class="candidates-last muted">
              <time dateTime={demand.lastAt} title={moment(demand.lastAt)}>
                {ago(demand.lastAt, now)}
              </time>
            </td>
          </ListRow>
        )
      }}
    />
  )
}
