import type { Database } from '../platform/index.ts'

export type Value = string | number | boolean | null

/** A table as bulk writes see it: rows are arrays of values in the order of `columns`. */
export interface BulkTable {
  readonly name: string
  readonly key: readonly string[]
  readonly columns: readonly string[]
}

/** Rows in one statement; halves of it take what is left, so that there are only seven statements a table to prepare. */
const MOST_ROWS = 64

/**
 * Inserts rows, or overwrites those whose key exists; `rows` must not hold a key twice. A table of nothing but its
 * key keeps the rows it has.
 */
export async function putRows(
  db: Database,
  table: BulkTable,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  let at = 0
  for (let size = MOST_ROWS; size >= 1; size /= 2) {
    while (rows.length - at >= size) {
      await db.sql.raw(putStatement(table, size), rows.slice(at, at + size).flat())
      at += size
    }
  }
}

function putStatement({ name, key, columns }: BulkTable, size: number): string {
  const row = `(${columns.map(() => '?').join(',')})`
  const updates = columns.filter((column) => !key.includes(column)).map((each) => `${each}=excluded.${each}`)
  const action = updates.length === 0 ? 'nothing' : `update set ${updates.join(',')}`
  const values = Array.from({ length: size }, () => row).join(',')
  return `insert into ${name} (${columns.join(',')}) values ${values} on conflict (${key.join(',')}) do ${action}`
}

/** Few lengths, so that a query with a list in it has few forms to prepare: filled up with the last id. */
export function padded(ids: readonly string[]): string[] {
  const length = 2 ** Math.ceil(Math.log2(Math.max(1, ids.length)))
  return Array.from({ length }, (_, i) => ids[Math.min(i, ids.length - 1)]!)
}
