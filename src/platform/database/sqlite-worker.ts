import Database from 'better-sqlite3'

interface Task {
  readonly file: string
  readonly sql: string
  readonly bindings: readonly unknown[]
}

let open: { readonly file: string; readonly connection: Database.Database } | undefined

/**
 * Worker thread's side of a long read, or of a checkpoint: a connection of its own, kept between tasks. It is not
 * read-only, for a checkpoint writes into the database file.
 */
export default function run({ file, sql, bindings }: Task): unknown[] {
  if (open?.file !== file) {
    open?.connection.close()
    open = { file, connection: new Database(file, { timeout: 10_000 }) }
  }
  return open.connection.prepare(sql).all(...bindings)
}
