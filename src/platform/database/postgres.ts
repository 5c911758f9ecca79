import { createRequire } from 'node:module'
import knexModule, { type Knex } from 'knex'
import { defineErrors } from '../errors.ts'
import type { Binding, Driver } from './database.ts'
import { putStatement } from './put-rows.ts'
import { silentLog } from './silent-log.ts'

const errors = defineErrors({
  DATABASE_NOT_DURABLE: [
    500,
    'PostgreSQL does not guarantee that commits survive a crash: synchronous_commit is {value}, but must be at least "on"',
  ],
})

const INT8 = 20
/** Settings of `synchronous_commit` under which a commit is on disk; `remote_apply` waits for standbys besides. */
const DURABLE = new Set<unknown>(['on', 'remote_apply'])
/** Serialisation failure and deadlock: the transaction was undone and may be tried again. */
const TRANSIENT = new Set(['40001', '40P01'])

/** How long a server may take to answer a new connection: one that drops packets would be waited for without end. */
const CONNECT_MS = 10_000

/** Rows in one statement; halves of it take what is left, so that there are only seven statements a table to plan. */
const MOST_ROWS = 64

interface PgConnection {
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>
}

/** Opens the PostgreSQL database at `url`; commits wait for the disk on every connection. */
export function openPostgres(url: string, poolSize = 10): Driver {
  // Sixteen megabytes, which a thread that works on SQLite does without.
  const pg: typeof import('pg') = createRequire(import.meta.url)('pg')
  const knex = knexModule({
    client: 'pg',
    connection: {
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
      },
    } as object,
    // An error's message must not carry the values of a statement: they may be personal, and errors are logged.
    compileSqlOnError: false,
    log: silentLog,
    pool: {
      min: 0,
      max: poolSize,
      afterCreate(connection: PgConnection, done: (error: Error | null, c?: unknown) => void) {
        configure(connection).then(
          () => done(null, connection),
          (error: Error) => done(error),
        )
      },
    },
  })
  let statements = 0
  knex.on('query', () => statements++)
  return {
    dialect: 'postgres',
    knex,
    statements: () => statements,
    async longRead<Row>(query: Parameters<Driver['longRead']>[0]) {
      statements++
      const { sql, bindings } = query.toSQL().toNative()
      const connection = await knex.client.acquireConnection()
      try {
        const result = await connection.query(sql, bindings)
        return result.rows as Row[]
      } finally {
        await knex.client.releaseConnection(connection)
      }
    },
    async query<Row>(connections: Knex, statement: string, bindings: readonly Binding[]) {
      const { rows } = await connections.raw(statement, bindings as Knex.RawBinding[])
      return rows as Row[]
    },
    async read<Row>(statement: string, bindings: readonly Binding[]) {
      // Through knex: it tells a connection that broke from one that works.
      const { rows } = await knex.raw(statement, bindings as Knex.RawBinding[])
      return rows as Row[]
    },
    async put(transaction, table, rows) {
      let at = 0
      for (let size = MOST_ROWS; size >= 1; size /= 2) {
        while (rows.length - at >= size) {
          await transaction.raw(putStatement(table, size), rows.slice(at, at + size).flat())
          at += size
        }
      }
    },
    async amend(transaction, { name, key, columns }, rows) {
      const set = columns.filter((column) => !key.includes(column)).map((each) => `${each}=given.${each}`)
      const found = key.map((each) => `${name}.${each}=given.${each}`)
      const objects = rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])))
      await transaction.raw(
        `update ${name} set ${set.join(',')} from jsonb_populate_recordset(null::${name}, ?::jsonb) as given where ${found.join(' and ')}`,
        [JSON.stringify(objects)],
      )
    },
    among: (values) => ({ sql: '= any(?)', binding: [...values] }),
    isTransient: (error) => TRANSIENT.has(String((error as { code?: unknown }).code)),
    close: () => knex.destroy(),
  }
}

async function configure(connection: PgConnection): Promise<void> {
  // Compiling a statement takes PostgreSQL seconds where estimates of filters are high, and running it then a tenth.
  await connection.query(
    "select set_config('jit', 'off', false) where exists (select 1 from pg_settings where name = 'jit')",
  )
  if (DURABLE.has(await synchronousCommit(connection))) return
  await connection.query('set synchronous_commit = on')
  const value = await synchronousCommit(connection)
  if (!DURABLE.has(value)) throw errors.DATABASE_NOT_DURABLE({ value })
}

async function synchronousCommit(connection: PgConnection): Promise<unknown> {
  const setting = await connection.query('show synchronous_commit')
  return setting.rows[0]?.synchronous_commit
}
