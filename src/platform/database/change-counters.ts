import type { Knex } from 'knex'
import type { Database } from './database.ts'

/**
 * How often each counted thing has changed, by its name. Counters live in the database and move in the transaction of
 * the change, whoever makes it: while a counter stands still, what was read under it holds, in every process.
 */
export type Counters = Readonly<Record<string, number>>

/**
 * Reads the counters as of the call or later. Calls that come while a read runs share the next one, so that any number
 * of requests cost a statement at a time.
 *
 * @param commits a number that another commit to the database changes, where that is cheaper to ask than the counters
 */
export function createCounterReader(
  read: () => Promise<{ name: string; value: number }[]>,
  commits?: () => number | undefined,
): () => Promise<Counters> {
  let running: Promise<Counters> | undefined
  let next: Promise<Counters> | undefined
  let last: { readonly at: number; readonly counters: Counters } | undefined

  async function readCounters(): Promise<Counters> {
    const at = commits?.()
    if (at !== undefined && last?.at === at) return last.counters
    const rows = await read()
    const counters = Object.fromEntries(rows.map(({ name, value }) => [name, Number(value)]))
    if (at !== undefined) last = { at, counters }
    return counters
  }

  function begin(): Promise<Counters> {
    const run = readCounters().finally(() => {
      running = undefined
    })
    running = run
    return run
  }

  return (): Promise<Counters> => {
    if (next !== undefined) return next
    if (running === undefined) return begin()
    // The read in progress may have missed what was committed since it began; the one after it has not.
    next = running
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return begin()
      })
    return next
  }
}

/** What is read once and kept until one of its counters moves. */
export interface Kept<Value> {
  /**
   * As of `counters`, or later. Inside a transaction it is read anew and not kept, for it may be rolled back.
   *
   * @param counters read now if absent
   */
  current(counters?: Counters): Promise<Value>
}

/**
 * Keeps what `load` reads for as long as the counters of these names stand still. Where one is missing nothing is kept:
 * nobody counts then.
 *
 * @param load reads from the database what those counters count the changes of
 */
export function keepUntilChanged<Value>(
  db: Database,
  names: readonly string[],
  load: () => Promise<Value>,
): Kept<Value> {
  let kept: { readonly at: string; readonly value: Promise<Value> } | undefined

  return {
    async current(given) {
      if (db.sql.isTransaction) return load()
      const counters = given ?? (await db.counters())
      if (names.some((name) => counters[name] === undefined)) return load()
      const at = names.map((name) => counters[name]).join()
      if (kept?.at !== at) {
        const loading = { at, value: load() }
        kept = loading
        loading.value.catch(() => {
          if (kept === loading) kept = undefined
        })
      }
      return kept.value
    },
  }
}

/** A table whose changed rows a counter counts. */
export interface CountedTable {
  readonly table: string
  /** False where rows that come and go do not matter, only those that change. */
  readonly rows?: boolean
  /** The columns whose updates matter; all of them if absent. */
  readonly columns?: readonly string[]
}

const COUNTER = 'sequences'

/** Adds a counter with triggers on what it counts; for a migration. */
export async function addCounter(sql: Knex, name: string, tables: readonly CountedTable[]): Promise<void> {
  await sql(COUNTER).insert({ name, value: 0 })
  const count = `update ${COUNTER} set value = value + 1 where name = '${name}'`
  const isPostgres = onPostgres(sql)
  if (isPostgres)
    await sql.raw(
      `create function count_${name}() returns trigger language plpgsql as $$ begin ${count}; return null; end $$`,
    )
  for (const { trigger, event, table, columns } of triggersOf(name, tables)) {
    const of = event === 'update' && columns !== undefined ? ` of ${columns.join(', ')}` : ''
    const perform = isPostgres ? `execute function count_${name}()` : `begin ${count}; end`
    await sql.raw(`create trigger ${trigger} after ${event}${of} on ${table} for each row ${perform}`)
  }
}

/** Takes back what `addCounter` added. */
export async function removeCounter(sql: Knex, name: string, tables: readonly CountedTable[]): Promise<void> {
  const isPostgres = onPostgres(sql)
  for (const { trigger, table } of triggersOf(name, tables))
    await sql.raw(`drop trigger ${trigger}${isPostgres ? ` on ${table}` : ''}`)
  if (isPostgres) await sql.raw(`drop function count_${name}()`)
  await sql(COUNTER).where({ name }).delete()
}

function triggersOf(name: string, tables: readonly CountedTable[]) {
  return tables.flatMap(({ table, rows = true, columns }) =>
    (rows ? ['insert', 'update', 'delete'] : ['update']).map((event) => ({
      trigger: `${name}_${table}_${event}`,
      event,
      table,
      columns,
    })),
  )
}

function onPostgres(sql: Knex): boolean {
  return sql.client.config.client === 'pg'
}
