import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isMainThread } from 'node:worker_threads'
import type BetterSqlite3 from 'better-sqlite3'
import knexModule, { type Knex } from 'knex'
import BetterSqlite3Client from 'knex/lib/dialects/better-sqlite3/index.js'
import { Piscina } from 'piscina'
import { CodedError, defineErrors } from '../errors.ts'
import { workerFile } from '../workers.ts'
import { createYielder } from '../yield-to-event-loop.ts'
import type { Binding, Driver } from './database.ts'
import { makePrivate } from './private-file.ts'
import { amendStatement, type BulkTable, putStatement, type Value } from './put-rows.ts'
import { silentLog } from './silent-log.ts'

const errors = defineErrors({
  DATABASE_NOT_DURABLE: [
    500,
    'SQLite does not guarantee that commits survive a crash: synchronous is {value}, but must be FULL (2)',
  ],
  DATABASE_UNREADABLE: [500, 'Cannot open {file} as a database: {reason}'],
})

/**
 * How long a writer waits for another's transaction inside SQLite, which blocks the thread, before it comes back later,
 * which does not. The main thread answers requests, so that it never waits inside.
 */
const BLOCKING_WAIT_MS = isMainThread ? 0 : 10
/** How long it stays away at most. */
const AWAY_MS = isMainThread ? 4 : 10
/**
 * Pages of the log after which a commit copies them into the database file, on the thread of the commit: 32 MB, for an
 * import writes the same index pages again and again. The main thread leaves it to workers for as long as it can.
 */
const LOG_PAGES = isMainThread ? 32_000 : 8_000
/** Commits of the main thread after which a worker looks whether there is something to copy. */
const COMMITS_A_CHECKPOINT = 250
const LONGEST_WAIT_MS = 30_000
const STATEMENTS_KEPT = 500

interface SqliteQuery {
  sql: string
  bindings?: unknown[]
  response?: unknown
  context?: { lastID: number | bigint; changes: number }
}

/** Prepared statements of each connection: kept beside it because knex copies a client without its fields. */
const statements = new WeakMap<object, Map<string, BetterSqlite3.Statement>>()
/** What lets requests have their turn between the statements of a connection; only on the main thread. */
const yielders = new WeakMap<object, () => Promise<void>>()

/** knex's client with two changes: transactions begin as writers, and prepared statements are kept. */
class SqliteClient extends BetterSqlite3Client {
  override async _query(connection: BetterSqlite3.Database, query: SqliteQuery): Promise<SqliteQuery> {
    // Promises alone let no request have its turn, however many statements a transaction has.
    await yielders.get(connection)?.()
    const sql = query.sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : query.sql
    const bindings = this._formatBindings(query.bindings)
    return patiently(connection, () => execute(prepared(connection, sql), bindings, query))
  }
}

/** Tries again while another writes, unless that would have to begin with the transaction. */
async function patiently<T>(connection: BetterSqlite3.Database, run: () => T): Promise<T> {
  const deadline = Date.now() + LONGEST_WAIT_MS
  for (;;) {
    try {
      return run()
    } catch (error) {
      if (!isBusy(error) || connection.inTransaction || Date.now() > deadline) throw error
      await setTimeout(1 + Math.random() * AWAY_MS)
    }
  }
}

function execute(statement: BetterSqlite3.Statement, bindings: unknown[], query: SqliteQuery): SqliteQuery {
  if (statement.reader) {
    query.response = statement.all(bindings)
  } else {
    const result = statement.run(bindings)
    query.response = result
    query.context = { lastID: result.lastInsertRowid, changes: result.changes }
  }
  return query
}

function isBusy(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'SQLITE_BUSY'
}

/** @param write what makes this dialect's SQL of it, where it is not that already */
function prepared(
  connection: BetterSqlite3.Database,
  sql: string,
  write: (sql: string) => string = (same) => same,
): BetterSqlite3.Statement {
  let kept = statements.get(connection)
  if (kept === undefined) {
    kept = new Map()
    statements.set(connection, kept)
  }
  const found = kept.get(sql)
  if (found !== undefined) return found
  const statement = connection.prepare(write(sql))
  if (kept.size >= STATEMENTS_KEPT) kept.delete(kept.keys().next().value as string)
  kept.set(sql, statement)
  return statement
}

const LISTED = 'in (select value from json_each(?))'

function amongListed(statement: string): string {
  return statement.replaceAll('= any(?)', LISTED)
}

function listOf(values: readonly string[]): string {
  return JSON.stringify(values)
}

/** SQLite has no booleans; most rows neither. */
function storable(row: readonly Value[]): readonly Value[] {
  for (const value of row) if (typeof value === 'boolean') return row.map(storableValue)
  return row
}

function storableValue(value: Value): Value {
  return typeof value === 'boolean' ? Number(value) : value
}

function inOrder(row: readonly Value[], order: readonly number[]): readonly Value[] {
  const values: Value[] = []
  for (const at of order) values.push(row[at]!)
  return values
}

function bound(given: Binding): Value {
  return typeof given === 'object' && given !== null ? listOf(given) : storableValue(given)
}

function answer<Row>(statement: BetterSqlite3.Statement, bindings: readonly Value[]): Row[] {
  if (statement.reader) return statement.all(bindings) as Row[]
  statement.run(bindings)
  return []
}

/** Where the bindings of an amendment stand in a row. */
function valuesThenKey({ key, columns }: BulkTable): number[] {
  const values = columns.filter((column) => !key.includes(column))
  return [...values, ...key].map((column) => columns.indexOf(column))
}

/** Switching to WAL needs the file alone for a moment: that one wait may block. */
function configure(connection: BetterSqlite3.Database): void {
  connection.pragma('busy_timeout = 10000')
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  connection.pragma('foreign_keys = ON')
  connection.pragma('temp_store = MEMORY')
  connection.pragma(`busy_timeout = ${BLOCKING_WAIT_MS}`)
  const value = connection.pragma('synchronous', { simple: true })
  if (value !== 2) throw errors.DATABASE_NOT_DURABLE({ value })
}

/** A connection for short reads of this thread beside its one connection for all else, which a transaction may hold. */
function openReader(file: string): BetterSqlite3.Database {
  // As knex loads it: a process on PostgreSQL does without.
  const Sqlite: typeof BetterSqlite3 = createRequire(import.meta.url)('better-sqlite3')
  const connection = new Sqlite(file, { timeout: BLOCKING_WAIT_MS })
  connection.pragma('query_only = ON')
  return connection
}

/** Opens (and creates) the SQLite database in `file`: WAL, `synchronous=FULL`, one connection a thread. */
export function openSqlite(file: string): Driver {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  makePrivate(file)
  const knex: Knex = knexModule({
    client: SqliteClient as unknown as typeof Knex.Client,
    connection: { filename: file },
    useNullAsDefault: true,
    // An error's message must not carry the values of a statement: they may be personal, and errors are logged.
    compileSqlOnError: false,
    log: silentLog,
    pool: {
      min: 1,
      max: 1,
      afterCreate(connection: BetterSqlite3.Database, done: (error: Error | null, c?: unknown) => void) {
        try {
          configure(connection)
          if (isMainThread) yielders.set(connection, createYielder())
          done(null, connection)
        } catch (error) {
          done(error instanceof CodedError ? error : unreadable(file, error))
        }
      },
    },
  })
  let readers: Piscina | undefined
  let reader: BetterSqlite3.Database | undefined
  let statementCount = 0
  let commits = 0
  knex.on('query', ({ sql }: { sql: string }) => {
    statementCount++
    if (!isMainThread || sql !== 'COMMIT;' || ++commits % COMMITS_A_CHECKPOINT !== 0) return
    // A failed one is made up for by the next, or by a commit of this thread.
    threads()
      .run({ file, sql: 'pragma wal_checkpoint(passive)', bindings: [] })
      .catch(() => undefined)
  })
  const threads = () => {
    readers ??= new Piscina({ filename: workerFile(import.meta.url, './sqlite-worker'), maxThreads: 2 })
    return readers
  }
  const readerOf = () => {
    reader ??= openReader(file)
    return reader
  }
  return {
    dialect: 'sqlite',
    knex,
    statements: () => statementCount,
    async longRead(query) {
      const { sql, bindings } = query.toSQL().toNative()
      statementCount++
      return threads().run({ file, sql, bindings })
    },
    async query<Row>({ client }: Knex, statement: string, given: readonly Binding[]) {
      statementCount++
      const bindings = given.map(bound)
      const connection: BetterSqlite3.Database = await client.acquireConnection()
      try {
        const kept = prepared(connection, statement, amongListed)
        return await patiently(connection, () => answer<Row>(kept, bindings))
      } finally {
        await client.releaseConnection(connection)
      }
    },
    async read<Row>(statement: string, given: readonly Binding[]) {
      statementCount++
      const connection = readerOf()
      const kept = prepared(connection, statement, amongListed)
      return patiently(connection, () => kept.all(given.map(bound)) as Row[])
    },
    commits() {
      statementCount++
      try {
        return prepared(readerOf(), 'pragma data_version').pluck().get() as number
      } catch (error) {
        if (!isBusy(error)) throw error
        return undefined // A log that is being recovered: the read that follows waits for it.
      }
    },
    // Row by row, past knex: what a statement of many rows would save costs more to put together.
    async put({ client }, table, rows) {
      const connection: BetterSqlite3.Database = await client.acquireConnection()
      const statement = prepared(connection, putStatement(table, 1))
      statementCount += rows.length
      for (const row of rows) statement.run(storable(row))
    },
    async amend({ client }, table, rows) {
      const connection: BetterSqlite3.Database = await client.acquireConnection()
      const statement = prepared(connection, amendStatement(table))
      const order = valuesThenKey(table)
      statementCount += rows.length
      for (const row of rows) statement.run(storable(inOrder(row, order)))
    },
    among: (values) => ({ sql: LISTED, binding: listOf(values) }),
    isTransient: isBusy,
    async close() {
      reader?.close()
      await knex.destroy()
      await readers?.destroy()
    },
  }
}

function unreadable(file: string, error: unknown): CodedError {
  const reason = error instanceof Error ? error.message : String(error)
  return errors.DATABASE_UNREADABLE({ file, reason }, { cause: error })
}
