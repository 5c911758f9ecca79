import type { ComponentChildren } from 'preact'
import type { Endless } from '../api/endless.ts'
import { t } from '../messages/messages.ts'
import { Button } from './button.tsx'
import { Loaded } from './states.tsx'

export interface Column<T> {
  /** Its heading; of a column of buttons, read aloud only. */
  readonly heading: string
  readonly isNumber?: boolean
  readonly isActions?: boolean
  show(row: T): ComponentChildren
}

/** Rows of like things; on a narrow screen, each row a block of lines. @param caption what they are, read aloud */
export function Table<T>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  readonly caption: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  keyOf(row: T): string
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the page is scrolled by keyboard
    <section class="scroll-x" aria-label={caption} tabIndex={0}>
      <table class="stacks">
        <thead>
          <tr>
            {columns.map(({ heading, isNumber, isActions }) => (
              <th key={heading} scope="col" class={isNumber ? 'number' : undefined}>
                {isActions ? <span class="visually-hidden">{heading}</span> : heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ heading, isNumber, isActions, show }) => (
                <td
                  key={heading}
                  class={isNumber ? 'number' : undefined}
                  data-heading={isActions ? undefined : heading}
                >
                  {show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A list that comes in pages, as a table; `empty` where it has no rows. */
export function PagedTable<T>({
  pages,
  empty,
  ...table
}: {
  readonly pages: Endless<T>
  readonly empty: ComponentChildren
  readonly caption: string
  readonly columns: readonly Column<T>[]
  keyOf(row: T): string
}) {
  return (
    <Loaded resource={pages}>
      {(rows) =>
        rows.length === 0 ? (
          empty
        ) : (
          <div class="stack">
            <Table {...table} rows={rows} />
            {pages.hasMore && (
              <div>
                <Button isDisabled={pages.isLoadingMore} onClick={pages.loadMore}>
                  {t('parts.more')}
                </Button>
              </div>
            )}
          </div>
        )
      }
    </Loaded>
  )
}
