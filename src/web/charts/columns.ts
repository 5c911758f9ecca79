/** A column of the table that says the same as a chart. */
export interface Column<Row> {
  readonly title: string
  readonly isNumber?: boolean
  /** As the table shows it. */
  text(row: Row): string
  /** As the CSV file has it; the text by default. */
  value?(row: Row): string | number | undefined
}

/** Rows as CSV (RFC 4180), in UTF-8 with the mark that spreadsheets need. */
function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => field(title)),
    ...rows.map((row) =>
      columns.map(({ text, value }) => field(value === undefined ? text(row) : value(row))),
    ),
  ]
  return `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}

/** Hands a CSV file to the browser. @param name without its ending */
export function downloadCsv<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const address = URL.createObjectURL(new Blob([toCsv(columns, rows)], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${name}.csv`
  link.click()
  URL.revokeObjectURL(address)
}

function field(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  // A spreadsheet would take such a text for a formula.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
