import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Endless } from '../../../api/endless.ts'
import { ago, dayIfKnown, moment } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { destinationName } from '../../routing/sentences.ts'
import type { FilterState } from '../filters.ts'
import { type ListedThread, nameOf, statusOf } from '../thread.ts'
import { LabelText } from './label-cell.tsx'
import type { Selection } from './use-selection.ts'
import { useWindow } from './use-window.ts'

/** Rows before the last one at which the next page is asked for. */
const AHEAD = 60

/** The threads as rows, of which only those in sight are drawn. */
export function ThreadTable({
  threads,
  total,
  state,
  selection,
  at,
  onFocus,
}: {
  readonly threads: Endless<ListedThread>
  /** How many there are, if that is known. */
  readonly total: number | undefined
  readonly state: FilterState
  readonly selection: Selection
  /** The row that keys act on. */
  readonly at: { readonly id: string; readonly takesFocus: boolean } | undefined
  onFocus(id: string): void
}) {
  const rows = threads.data ?? []
  const body = useRef<HTMLTableSectionElement>(null)
  /** The latest row that was given the focus. A row out of sight is given it once it is drawn. */
  const focused = useRef<typeof at>()
  const { first, end, above, below, scrollTo } = useWindow(rows.length, body)
  const now = Date.now()
  useEffect(() => {
    if (threads.hasMore && end > rows.length - AHEAD) threads.loadMore()
  }, [end, rows.length, threads.hasMore, threads.isRefreshing])
  useLayoutEffect(() => {
    const index = rows.findIndex(({ id }) => id === at?.id)
    if (at?.takesFocus && index >= 0) scrollTo(index)
  }, [at])
  useLayoutEffect(() => {
    if (!at?.takesFocus || focused.current === at) return
    const link = body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(at.id)}"] a`)
    if (!link) return
    focused.current = at
    link.focus({ preventScroll: true })
  })
  return (
    <table
      class="threads-table"
      data-beside={state.filters.open !== undefined || undefined}
      aria-rowcount={total ?? -1}
      aria-busy={threads.isProvisional}
    >
      <caption class="visually-hidden">{t('threads.title')}</caption>
      <thead>
        <tr>
          <th scope="col" class="threads-check">
            <span class="visually-hidden">{t('threads.selected')}</span>
          </th>
          <th scope="col">{t('threads.thread')}</th>
          <th scope="col" class="threads-label">
            {state.facet}
          </th>
          <th scope="col" class="threads-destination">
            {t('threads.destination')}
          </th>
          <th scope="col" class="threads-status">
            {t('threads.status')}
          </th>
          <th scope="col" class="threads-source">
            {t('threads.source')}
          </th>
          <th scope="col" class="threads-asked">
            {t('threads.asked')}
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        <Gap height={above} />
        {rows.slice(first, end).map((thread, index) => (
          <Row
            key={thread.id}
            thread={thread}
            place={first + index}
            state={state}
            selection={selection}
            now={now}
            onFocus={onFocus}
          />
        ))}
        <Gap height={below} />
      </tbody>
    </table>
  )
}

/** Stands for the rows that are not drawn. */
function Gap({ height }: { readonly height: number }) {
  const row = useRef<HTMLTableRowElement>(null)
  useLayoutEffect(() => row.current?.style.setProperty('height', `${height}px`), [height])
  return (
    <tr ref={row} class="threads-gap">
      <td />
    </tr>
  )
}

function Row({
  thread,
  place,
  state: { facet, filters, addressWith },
  selection,
  now,
  onFocus,
}: {
  readonly thread: ListedThread
  readonly place: number
  readonly state: FilterState
  readonly selection: Selection
  readonly now: number
  onFocus(id: string): void
}) {
  const { id, source, language, answerCount, createdAt, routing } = thread
  const isSelected = selection.ids.has(id)
  const isOpen = filters.open === id
  const status = statusOf(thread)
  const lang = language === 'und' ? undefined : language
  const asked = dayIfKnown(createdAt) === '' ? '' : ago(createdAt, now)
  return (
    // The heading is the first row.
    <tr
      data-row={id}
      aria-rowindex={place + 2}
      data-selected={isSelected || undefined}
      data-open={isOpen || undefined}
    >
      <td class="threads-check">
        <input
          type="checkbox"
          checked={isSelected}
          aria-label={t('threads.select', { title: nameOf(thread) })}
          onClick={(event) => {
            if (event.shiftKey) selection.extendTo(id)
            else selection.toggle(id)
          }}
        />
      </td>
      <td class="threads-name">
        <Link
          href={addressWith({ open: isOpen ? undefined : id })}
          replace
          lang={lang}
          title={nameOf(thread)}
          aria-current={isOpen ? 'true' : undefined}
          onFocus={() => onFocus(id)}
        >
          {nameOf(thread)}
        </Link>
        <span class="threads-under small muted">
          <LabelText thread={thread} facet={facet} /> · {t(`threads.status-${status}`)} · {asked}
        </span>
      </td>
      <td class="threads-label">
        <LabelText thread={thread} facet={facet} />
      </td>
      <td class="threads-destination">{routing && destinationName(routing.destination)}</td>
      <td class="threads-status">
        {status === 'answered' ? t('threads.answers', { count: answerCount }) : t(`threads.status-${status}`)}
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
    </tr>
  )
}
