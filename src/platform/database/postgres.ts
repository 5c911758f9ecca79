import knexModule from 'knex'
import pg from 'pg'
import { defineErrors } from '../errors.ts'
import type { Driver } from './database.ts'

const errors = defineErrors({
  DATABASE_NOT_DURABLE: [
    500,
    'PostgreSQL answered synchronous_commit={value} where at least "on" was asked for',
  ],
})

const INT8 = 20
/** Serialisation failure and deadlock: the transaction was undone and may be tried again. */
const TRANSIENT = new Set(['40001', '40P01'])

interface PgConnection {
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>
}

/** Opens the PostgreSQL database at `url`; commits wait for the disk on every connection. */
export function openPostgres(url: string, poolSize = 10): Driver {
  const knex = knexModule({
    client: 'pg',
    connection: {
      connectionString: url,
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
      },
    } as object,
    // An error's message must not carry the values of a statement: they may be personal, and errors are logged.
    compileSqlOnError: false,
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
  return {
    dialect: 'postgres',
    knex,
    async longRead<Row>(query: Parameters<Driver['longRead']>[0]) {
      const { sql, bindings } = query.toSQL().toNative()
      const connection = await knex.client.acquireConnection()
      try {
        const result = await connection.query(sql, bindings)
        return result.rows as Row[]
      } finally {
        await knex.client.releaseConnection(connection)
      }
    },
    isTransient: (error) => TRANSIENT.has(String((error as { code?: unknown }).code)),
    close: () => knex.destroy(),
  }
}

async function configure(connection: PgConnection): Promise<void> {
  const setting = await connection.query('show synchronous_commit')
  if (setting.rows[0]?.synchronous_commit !== 'on') await connection.query('set synchronous_commit = on')
  const check = await connection.query('show synchronous_commit')
  const value = check.rows[0]?.synchronous_commit
  if (value !== 'on' && value !== 'remote_apply') throw errors.DATABASE_NOT_DURABLE({ value })
}
