import type { Knex } from 'knex'
import { createAmbient } from '../ambient.ts'
import { type Counters, createCounterReader } from './change-counters.ts'
import type { BulkTable, Value } from './put-rows.ts'

/** What stands for a `?` of a statement; a list for that of `= any(?)`. */
export type Binding = Value | readonly string[]

export type Dialect = 'sqlite' | 'postgres'

/**
 * The database as every slice sees it. A transaction is ambient: whatever runs inside `transaction` takes part in
 * it, so a use case reads as its own steps and a store never has to be told. With SQLite's one connection a thread
 * this also rules out the query that would wait for its own transaction.
 */
export interface Database {
  readonly dialect: Dialect
  /** Runs queries: in the transaction in progress when there is one, else each on its own. */
  readonly sql: Knex
  /**
   * Runs `work` in a write transaction (SQLite: `BEGIN IMMEDIATE`), or as part of the one already in progress.
   * Commits when it resolves, rolls back when it rejects. Keep it short: on SQLite everyone else waits.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /**
   * Runs one statement as it is written, past knex, whose building of a statement costs more than running many a one:
   * for what is asked for every batch of an import. Both dialects must know it; a list is compared by `= any(?)`.
   *
   * @returns the rows it answers, none where it answers none
   */
  query<Row>(statement: string, bindings: readonly Binding[]): Promise<Row[]>
  /**
   * Runs one read as it is written, outside of any transaction: it sees what is committed, and waits for no transaction
   * of this process. For what every request asks; the read must be short, for on SQLite it runs on this thread.
   */
  read<Row>(statement: string, bindings: readonly Binding[]): Promise<Row[]>
  /** The change counters as of now. */
  counters(): Promise<Counters>
  /** Statements that this process has sent to the database: each is a round trip. */
  statements(): number
  /** Inserts rows, or overwrites those whose key exists; `rows` must not hold a key twice. */
  put(table: BulkTable, rows: readonly (readonly Value[])[]): Promise<void>
  /** Sets columns of rows that exist, each found by its key; other columns are not touched, nor are their indexes. */
  amend(table: BulkTable, rows: readonly (readonly Value[])[]): Promise<void>
  /** The condition that `column` is one of `values`: one statement to prepare, however many there are. */
  among(column: string, values: readonly string[]): Knex.Raw
  /** Orders ids by chance, always the same way: their tails are hashes, also where their heads are positions. */
  byChance(column: string): Knex.Raw
  /** Calls `then` once the transaction in progress has committed (at once when there is none). */
  afterCommit(then: () => void): void
  /**
   * Has the planner look at all tables of the schema anew, after much was written: a second or two. PostgreSQL does so by itself, but
   * a minute later, and what it plans before for tables that it thinks empty can take a hundred times as long; where
   * it knows some and not others, too. SQLite plans by its indexes alone.
   */
  analyze(): Promise<void>
  /** Runs a read that may take long off this thread (SQLite: on a connection of a worker thread). */
  longRead<Row>(query: Knex.QueryBuilder | Knex.Raw): Promise<Row[]>
  close(): Promise<void>
}

interface TransactionInProgress {
  readonly transaction: Knex.Transaction
  readonly committed: (() => void)[]
}

/** What a dialect brings: its knex and its way to keep a long read off the thread. */
export interface Driver {
  readonly dialect: Dialect
  readonly knex: Knex
  longRead<Row>(query: Knex.QueryBuilder | Knex.Raw): Promise<Row[]>
  /** Runs a statement by the connection of `connections`, which may be a transaction's. */
  query<Row>(connections: Knex, statement: string, bindings: readonly Binding[]): Promise<Row[]>
  /** Runs a read on a connection that no transaction of this process holds. */
  read<Row>(statement: string, bindings: readonly Binding[]): Promise<Row[]>
  /** A number that every commit to the database changes, by whomever; absent where there is none, undefined now and then. */
  commits?(): number | undefined
  /** Statements sent so far. */
  statements(): number
  /** Puts rows by the connection of `transaction`. */
  put(transaction: Knex, table: BulkTable, rows: readonly (readonly Value[])[]): Promise<void>
  amend(transaction: Knex, table: BulkTable, rows: readonly (readonly Value[])[]): Promise<void>
  /** What follows a column's name where it must be one of the values that the `binding` holds. */
  among(values: readonly string[]): { readonly sql: string; readonly binding: Knex.RawBinding }
  /** Whether the statement failed only because others wrote at the same time, so that a second try may pass. */
  isTransient(error: unknown): boolean
  close(): Promise<void>
}

const ATTEMPTS = 4
const COUNTERS = 'select name, value from sequences'

/** Gives a driver its ambient transactions. */
export function createDatabase(driver: Driver): Database {
  const ambient = createAmbient<TransactionInProgress>()

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    const committed: (() => void)[] = []
    const result = await driver.knex.transaction((transaction) =>
      ambient.run({ transaction, committed }, work),
    )
    for (const then of committed) then()
    return result
  }

  const database: Database = {
    dialect: driver.dialect,
    get sql() {
      return ambient.get()?.transaction ?? driver.knex
    },
    query: (statement, bindings) => driver.query(database.sql, statement, bindings),
    read: (statement, bindings) => driver.read(statement, bindings),
    counters: createCounterReader(() => driver.read(COUNTERS, []), driver.commits),
    statements: () => driver.statements(),
    async put(table, rows) {
      if (rows.length > 0) await database.transaction(() => driver.put(database.sql, table, rows))
    },
    async amend(table, rows) {
      if (rows.length > 0) await database.transaction(() => driver.amend(database.sql, table, rows))
    },
    among(column, values) {
      const { sql, binding } = driver.among(values)
      return database.sql.raw(`?? ${sql}`, [column, binding])
    },
    byChance: (column) =>
      database.sql.raw(driver.dialect === 'postgres' ? 'right(??, 8)' : 'substr(??, -8)', [column]),
    async transaction(work) {
      if (ambient.get() !== undefined) return work()
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(work)
        } catch (error) {
          if (tries === ATTEMPTS || !driver.isTransient(error)) throw error
        }
      }
    },
    afterCommit(then) {
      const current = ambient.get()
      if (current === undefined) then()
      else current.committed.push(() => ambient.exit(then))
    },
    async analyze() {
      if (driver.dialect !== 'postgres') return
      // Only those of Entraide, should others share the database.
      const tables: string[] = await driver
        .knex('pg_tables')
        .whereRaw('schemaname = current_schema()')
        .pluck('tablename')
      await driver.knex.raw(`analyze ${tables.map(() => '??').join(', ')}`, tables)
    },
    longRead: (query) => ambient.exit(() => driver.longRead(query)),
    close: () => driver.close(),
  }
  return database
}
