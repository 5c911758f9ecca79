import { join } from 'node:path'
import { createDatabase, type Database } from './database.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

/** Opens the database the configuration names: PostgreSQL by its address, else SQLite under `home`. */
export function openDatabase(config: { readonly home: string; readonly databaseUrl?: string }): Database {
  if (config.databaseUrl !== undefined) return createDatabase(openPostgres(config.databaseUrl))
  return createDatabase(openSqlite(join(config.home, 'entraide.db')))
}
