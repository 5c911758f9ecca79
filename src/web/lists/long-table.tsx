import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Endless } from '../api/endless.ts'
import { t } from '../messages/messages.ts'
import type { Selection } from './use-selection.ts'
import { useWindow } from './use-window.ts'

/** Rows before the last one at which the next page is asked for. */
const AHEAD = 60

/** The row that keys act on. */
export interface ListPlace {
  readonly id: string
  readonly takesFocus: boolean
}

interface Listed {
  readonly id: string
}

/** Many rows of one height, of which only those in sight are drawn, with one of them open beside the list. */
export function LongTable<T extends Listed>({
  caption,
  look = '',
  columns,
  pages,
  total,
  isBeside,
  at,
  show,
}: {
  readonly caption: string
  /** A further class of the table. */
  readonly look?: string
  /** Headings after that of the boxes that select rows. */
  readonly columns: readonly { readonly heading: string; readonly class?: string }[]
  readonly pages: Endless<T>
  /** How many there are, if that is known. */
  readonly total: number | undefined
  readonly isBeside: boolean
  readonly at: ListPlace | undefined
  /** A `ListRow`. */
  show(row: T, place: number): ComponentChildren
}) {
  const rows = pages.data ?? []
  const body = useRef<HTMLTableSectionElement>(null)
  /** The latest row that was given the focus. A row out of sight is given it once it is drawn. */
  const focused = useRef<typeof at>()
  const { first, end, above, below, scrollTo } = useWindow(rows.length, body)
  useEffect(() => {
    if (pages.hasMore && end > rows.length - AHEAD) pages.loadMore()
  }, [end, rows.length, pages.hasMore, pages.isRefreshing])
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
      class={`threads-table ${look}`}
      data-beside={isBeside || undefined}
      aria-rowcount={total ?? -1}
      aria-busy={pages.isProvisional}
    >
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="threads-check">
            <span class="visually-hidden">{t('threads.selected')}</span>
          </th>
          {columns.map((column) => (
            <th key={column.heading} scope="col" class={column.class}>
              {column.heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        <Gap height={above} />
        {rows.slice(first, end).map((row, index) => show(row, first + index))}
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

/** A row of a long list: the box that selects it, its name, which opens it beside the list, and its cells. */
export function ListRow({
  id,
  place,
  title,
  lang,
  href,
  isOpen,
  selection,
  onFocus,
  before,
  under,
  children,
}: {
  readonly id: string
  readonly place: number
  readonly title: string
  readonly lang: string | undefined
  /** Opens it, or closes it where it is open. */
  readonly href: string
  readonly isOpen: boolean
  readonly selection: Selection
  onFocus(id: string): void
  /** Cells before the name. */
  readonly before?: ComponentChildren
  /** What a narrow list says below the name. */
  readonly under: ComponentChildren
  readonly children: ComponentChildren
}) {
  const isSelected = selection.ids.has(id)
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
          aria-label={t('threads.select', { title })}
          onClick={(event) => {
            if (event.shiftKey) selection.extendTo(id)
            else selection.toggle(id)
          }}
        />
      </td>
      {before}
      <td class="threads-name">
        <Link
          href={href}
          replace
          lang={lang}
          title={title}
          aria-current={isOpen ? 'true' : undefined}
          onFocus={() => onFocus(id)}
        >
          {title}
        </Link>
        <span class="threads-under small muted">{under}</span>
      </td>
      {children}
    </tr>
  )
}
