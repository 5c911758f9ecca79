import type { Column } from './columns.ts'

/** The table twin of a chart; its first column names the row. */
export function DataTable<Row>({
  title,
  columns,
  rows,
  open,
}: {
  readonly title: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  open?(row: Row): void
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll-x" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" class={column.isNumber ? 'number' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={columns.map(({ text }) => text(row)).join('\t')}>
              {columns.map((column, index) => {
                const text = column.text(row)
                if (index > 0)
                  return (
                    <td key={column.title} class={column.isNumber ? 'number' : undefined}>
                      {text}
                    </td>
                  )
                return (
                  <th key={column.title} scope="row">
                    {open === undefined ? (
                      text
                    ) : (
                      <button type="button" class="linklike" onClick={() => open(row)}>
                        {text}
                      </button>
                    )}
                  </th>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
