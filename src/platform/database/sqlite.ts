import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type BetterSqlite3 from 'better-sqlite3'
import knexModule, { type Knex } from 'knex'
import BetterSqlite3Client from 'knex/lib/dialects/better-sqlite3/index.js'
import { Piscina } from 'piscina'
import { CodedError, defineErrors } from '../errors.ts'
import { workerFile } from '../workers.ts'
import type { Binding, Driver } from './database.ts'
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
 * How long a writer waits for another's transaction: briefly inside SQLite, which blocks the thread, then by coming
 * back later, which does not.
 */
const BLOCKING_WAIT_MS = 10
const LONGEST_WAIT_MS = 30_000
const STATEMENTS_KEPT = 500
const OWNER_ONLY = 0o600
const OTHERS = 0o007

interface SqliteQuery {
  sql: string
  bindings?: unknown[]
  response?: unknown
  context?: { lastID: number | bigint; changes: number }
}

/** Prepared statements of each connection: kept beside it because knex copies a client without its fields. */
const statements = new WeakMap<object, Map<string, BetterSqlite3.Statement>>()

/** knex's client with two changes: transactions begin as writers, and prepared statements are kept. */
class SqliteClient extends BetterSqlite3Client {
  override async _query(connection: BetterSqlite3.Database, query: SqliteQuery): Promise<SqliteQuery> {
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
      await setTimeout(1 + Math.random() * BLOCKING_WAIT_MS)
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
  // 32 MB before pages go into the database file: an import writes the same index pages again and again.
  connection.pragma('wal_autocheckpoint = 8000')
  connection.pragma('foreign_keys = ON')
  connection.pragma('temp_store = MEMORY')
  connection.pragma(`busy_timeout = ${BLOCKING_WAIT_MS}`)
  const value = connection.pragma('synchronous', { simple: true })
  if (value !== 2) throw errors.DATABASE_NOT_DURABLE({ value })
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
          done(null, connection)
        } catch (error) {
          done(error instanceof CodedError ? error : unreadable(file, error))
        }
      },
    },
  })
  let readers: Piscina | undefined
  return {
    dialect: 'sqlite',
    knex,
    async longRead(query) {
      readers ??= new Piscina({ filename: workerFile(import.meta.url, './sqlite-reader'), maxThreads: 2 })
      const { sql, bindings } = query.toSQL().toNative()
      return readers.run({ file, sql, bindings })
    },
    async query<Row>({ client }: Knex, statement: string, given: readonly Binding[]) {
      const bindings = given.map(bound)
      const connection: BetterSqlite3.Database = await client.acquireConnection()
      try {
        const kept = prepared(connection, statement, amongListed)
        return await patiently(connection, () => answer<Row>(kept, bindings))
      } finally {
        await client.releaseConnection(connection)
      }
    },
    // Row by row, past knex: what a statement of many rows would save costs more to put together.
    async put({ client }, table, rows) {
      const connection: BetterSqlite3.Database = await client.acquireConnection()
      const statement = prepared(connection, putStatement(table, 1))
      for (const row of rows) statement.run(storable(row))
    },
    async amend({ client }, table, rows) {
      const connection: BetterSqlite3.Database = await client.acquireConnection()
      const statement = prepared(connection, amendStatement(table))
      const order = valuesThenKey(table)
      for (const row of rows) statement.run(storable(inOrder(row, order)))
    },
    among: (values) => ({ sql: LISTED, binding: listOf(values) }),
    isTransient: isBusy,
    async close() {
      await knex.destroy()
      await readers?.destroy()
    },
  }
}

/**
 * Creates the file for its owner alone, before SQLite would for everyone; its journal gets the same mode. What an earlier
 * release left readable to everyone is closed, with its journal.
 */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', OWNER_ONLY))
    for (const each of [file, `${file}-wal`, `${file}-shm`]) {
      const mode = statSync(each, { throwIfNoEntry: false })?.mode ?? OWNER_ONLY
      if ((mode & OTHERS) !== 0) chmodSync(each, OWNER_ONLY)
    }
  } catch (error) {
    // A file that another user owns, for example: whether it can be opened is for SQLite to say.
    if (!isFileSystemError(error)) throw error
  }
}

function isFileSystemError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).syscall === 'string'
}

function unreadable(file: string, error: unknown): CodedError {
  const reason = error instanceof Error ? error.message : String(error)
  return errors.DATABASE_UNREADABLE({ file, reason }, { cause: error })
}
