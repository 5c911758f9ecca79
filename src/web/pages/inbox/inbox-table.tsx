import type { Endless } from '../../api/endless.ts'
import { type ListPlace, ListRow, LongTable } from '../../lists/long-table.tsx'
import type { Selection } from '../../lists/use-selection.ts'
import { moment } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Badge } from '../../parts/states.tsx'
import { me } from '../../sign-in/session.ts'
import { nameOf } from '../threads/thread.ts'
import type { FilterState } from './filters.ts'
import { clockOf, type InboxRow, priorityName } from './inbox.ts'

/** The threads of the inbox as rows, what is due first on top. */
export function InboxTable({
  inbox,
  state: { filters, addressWith },
  selection,
  at,
  now,
  onFocus,
}: {
  readonly inbox: Endless<InboxRow>
  readonly state: FilterState
  readonly selection: Selection
  readonly at: ListPlace | undefined
  readonly now: number
  onFocus(id: string): void
}) {
  return (
    <LongTable
      caption={t('inbox.title')}
      look="inbox-table"
      columns={[
        { heading: t('inbox.clock'), class: 'inbox-clock' },
        { heading: t('inbox.question') },
        { heading: t('inbox.queue'), class: 'inbox-queue' },
        { heading: t('inbox.priority'), class: 'inbox-priority' },
        { heading: t('inbox.who'), class: 'inbox-who' },
      ]}
      pages={inbox}
      total={undefined}
      isBeside={filters.open !== undefined}
      at={at}
      show={(row, place) => {
        const { id, queue, language, dueAt, escalation } = row
        const isOpen = filters.open === id
        const { text, kind } = clockOf(row, now)
        return (
          <ListRow
            key={id}
            id={id}
            place={place}
            title={nameOf(row)}
            lang={language === 'und' ? undefined : language}
            href={addressWith({ open: isOpen ? undefined : id })}
            isOpen={isOpen}
            selection={selection}
            onFocus={onFocus}
            before={
              <td
                class="inbox-clock"
                data-kind={kind}
                title={dueAt === undefined ? undefined : moment(dueAt)}
              >
                {text}
              </td>
            }
            under={[text, queue, escalation === undefined ? '' : t('inbox.escalated'), holderOf(row)]
              .filter((each) => each !== '')
              .join(' · ')}
          >
            <td class="inbox-queue">
              <span class="clip">{queue}</span>
            </td>
            <td class="inbox-priority">
              {escalation === undefined ? (
                priorityName(row.priority)
              ) : (
                <Badge kind="bad">{t('inbox.escalated')}</Badge>
              )}
            </td>
            <td class="inbox-who">
              <span class="clip">{holderOf(row)}</span>
            </td>
          </ListRow>
        )
      }}
    />
  )
}

/** Who has a thread, or writes an answer to it; nothing where nobody does. */
export function holderOf({ assignee, writing }: Pick<InboxRow, 'assignee' | 'writing'>): string {
  const own = me.value?.id
  if (writing !== undefined)
    return writing.id === own ? t('inbox.youWrite') : t('inbox.writes', { name: writing.name })
  if (assignee === undefined) return ''
  return assignee.id === own ? t('inbox.you') : assignee.name
}
