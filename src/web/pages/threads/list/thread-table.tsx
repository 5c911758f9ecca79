import type { Endless } from '../../../api/endless.ts'
import { type ListPlace, ListRow, LongTable } from '../../../lists/long-table.tsx'
import type { Selection } from '../../../lists/use-selection.ts'
import { ago, dayIfKnown, moment } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { destinationName } from '../../routing/sentences.ts'
import type { FilterState } from '../filters.ts'
import { type ListedThread, nameOf, statusOf } from '../thread.ts'
import { LabelText } from './label-cell.tsx'

/** The threads as rows. */
export function ThreadTable({
  threads,
  total,
  state: { facet, filters, addressWith },
  selection,
  at,
  onFocus,
}: {
  readonly threads: Endless<ListedThread>
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
      caption={t('threads.title')}
      columns={[
        { heading: t('threads.thread') },
        { heading: facet, class: 'threads-label' },
        { heading: t('threads.destination'), class: 'threads-destination' },
        { heading: t('threads.status'), class: 'threads-status' },
        { heading: t('threads.source'), class: 'threads-source' },
        { heading: t('threads.asked'), class: 'threads-asked' },
      ]}
      pages={threads}
      total={total}
      isBeside={filters.open !== undefined}
      at={at}
      show={(thread, place) => {
        const { id, source, language, answerCount, createdAt, routing } = thread
        const isOpen = filters.open === id
        const status = statusOf(thread)
        const asked = dayIfKnown(createdAt) === '' ? '' : ago(createdAt, now)
        return (
          <ListRow
            key={id}
            id={id}
            place={place}
            title={nameOf(thread)}
            lang={language === 'und' ? undefined : language}
            href={addressWith({ open: isOpen ? undefined : id })}
            isOpen={isOpen}
            selection={selection}
            onFocus={onFocus}
            under={
              <>
                <LabelText thread={thread} facet={facet} /> · {t(`threads.status-${status}`)} · {asked}
              </>
            }
          >
            <td class="threads-label">
              <LabelText thread={thread} facet={facet} />
            </td>
            <td class="threads-destination">{routing && destinationName(routing.destination)}</td>
            <td class="threads-status">
              {status === 'answered'
                ? t('threads.answers', { count: answerCount })
                : t(`threads.status-${status}`)}
            </td>
            <td class="threads-source muted">
              {source} · {language}
            </td>
            <td class="threads-asked muted">
              {asked !== '' && (
                <time dateTime={createdAt} title={moment(createdAt)}>
                  {asked}
                </time>
              )}
            </td>
          </ListRow>
        )
      }}
    />
  )
}
