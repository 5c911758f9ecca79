import type { Knex } from 'knex'
import { defineErrors } from '../errors.ts'
import type { Database } from './database.ts'

const errors = defineErrors({
  MIGRATION_UNKNOWN: [
    500,
    'The database contains migration {name}, which this version does not know: a newer version wrote it. Start that version or a later one.',
  ],
})

/** One step of the schema, forward and back; both run inside a transaction. */
export interface Migration {
  readonly name: string
  up(sql: Knex): Promise<void>
  down(sql: Knex): Promise<void>
}

const TABLE = 'schema_migrations'
/** Any number, as long as it is always the same: PostgreSQL's advisory lock for migrating. */
const LOCK = 703_241

/**
 * Brings the schema to the newest of `migrations`, in one transaction that others wait for: two processes that
 * start together migrate once, and a process killed half-way leaves the old schema and no lock behind (knex's own
 * migrator keeps its lock in a table, which outlives a `kill -9`).
 *
 * @returns the names applied now
 * @throws CodedError MIGRATION_UNKNOWN when the database is newer than the program
 */
export async function migrateForward(db: Database, migrations: readonly Migration[]): Promise<string[]> {
  return exclusively(db, async (sql, applied) => {
    const unknown = applied.find((name) => !migrations.some((migration) => migration.name === name))
    if (unknown !== undefined) throw errors.MIGRATION_UNKNOWN({ name: unknown })
    const pending = migrations.filter((migration) => !applied.includes(migration.name))
    for (const migration of pending) {
      await migration.up(sql)
      await sql(TABLE).insert({ name: migration.name, applied_at: new Date().toISOString() })
    }
    return pending.map((migration) => migration.name)
  })
}

/** Takes back the last `steps` migrations. @returns their names, last first */
export async function migrateBack(
  db: Database,
  migrations: readonly Migration[],
  steps = 1,
): Promise<string[]> {
  return exclusively(db, async (sql, applied) => {
    const undone = migrations
      .filter((migration) => applied.includes(migration.name))
      .reverse()
      .slice(0, steps)
    for (const migration of undone) {
      await migration.down(sql)
      await sql(TABLE).where({ name: migration.name }).delete()
    }
    return undone.map((migration) => migration.name)
  })
}

/** Names already applied, oldest first; empty for a database never migrated. */
export async function appliedMigrations(db: Database): Promise<string[]> {
  if (!(await db.sql.schema.hasTable(TABLE))) return []
  return db.sql(TABLE).orderBy('name').pluck('name')
}

async function exclusively<T>(db: Database, work: (sql: Knex, applied: string[]) => Promise<T>): Promise<T> {
  return db.transaction(async () => {
    if (db.dialect === 'postgres') await db.sql.raw('select pg_advisory_xact_lock(?)', [LOCK])
    if (!(await db.sql.schema.hasTable(TABLE))) {
      await db.sql.schema.createTable(TABLE, (table) => {
        table.text('name').primary()
        table.text('applied_at').notNullable()
      })
    }
    return work(db.sql, await appliedMigrations(db))
  })
}
