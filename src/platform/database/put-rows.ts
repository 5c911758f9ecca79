export type Value = string | number | boolean | null

/** A table as bulk writes see it: rows are arrays of values in the order of `columns`. */
export interface BulkTable {
  readonly name: string
  readonly key: readonly string[]
  readonly columns: readonly string[]
}

/** Inserts `count` rows, or overwrites those whose key exists. A table of nothing but its key keeps what it has. */
export function putStatement({ name, key, columns }: BulkTable, count: number): string {
  const row = `(${columns.map(() => '?').join(',')})`
  const updates = columns.filter((column) => !key.includes(column)).map((each) => `${each}=excluded.${each}`)
  const action = updates.length === 0 ? 'nothing' : `update set ${updates.join(',')}`
  const values = Array.from({ length: count }, () => row).join(',')
  return `insert into ${name} (${columns.join(',')}) values ${values} on conflict (${key.join(',')}) do ${action}`
}

/** Sets the columns of one row; its values come first, then its key. */
export function amendStatement({ name, key, columns }: BulkTable): string {
  const set = columns.filter((column) => !key.includes(column)).map((each) => `${each}=?`)
  return `update ${name} set ${set.join(',')} where ${key.map((each) => `${each}=?`).join(' and ')}`
}
