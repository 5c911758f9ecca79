import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, inject } from 'vitest'
import { migrations } from '../../src/migrations.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { migrateForward } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/open.ts'

/** Where a test database is; a second process opens it with the same values in its environment. */
export interface DatabaseAddress {
  readonly home: string
  readonly databaseUrl?: string
}

/** A database of a suite's own, migrated and empty. */
export interface TestDatabase extends DatabaseAddress {
  readonly db: Database
  drop(): Promise<void>
}

/** One kind of database that the stores must work on. */
export interface DatabaseKind {
  readonly name: 'SQLite' | 'PostgreSQL'
  create(): Promise<TestDatabase>
}

const sqlite: DatabaseKind = {
  name: 'SQLite',
  async create() {
    const home = mkdtempSync(join(tmpdir(), 'entraide-test-'))
    return opened({ home }, async () => rmSync(home, { recursive: true, force: true }))
  },
}

function postgres(server: string): DatabaseKind {
  return {
    name: 'PostgreSQL',
    async create() {
      const home = mkdtempSync(join(tmpdir(), 'entraide-test-'))
      const name = `entraide_test_${randomBytes(6).toString('hex')}`
      await onServer(server, `create database ${name}`)
      const address = new URL(server)
      address.pathname = `/${name}`
      return opened({ home, databaseUrl: address.href }, async () => {
        await onServer(server, `drop database ${name} with (force)`)
        rmSync(home, { recursive: true, force: true })
      })
    },
  }
}

async function opened(address: DatabaseAddress, remove: () => Promise<void>): Promise<TestDatabase> {
  const db = openDatabase(address)
  await migrateForward(db, migrations)
  return {
    ...address,
    db,
    async drop() {
      await db.close()
      await remove()
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Runs a suite once a kind of database. `database()` gives a new one, dropped when the suite has ended. */
export function describeEachDatabase(
  name: string,
  suite: (database: () => Promise<TestDatabase>, kind: DatabaseKind) => void,
): void {
  const server = process.env.ENTRAIDE_TEST_DATABASES === 'sqlite' ? undefined : inject('postgresUrl')
  for (const kind of server === undefined ? [sqlite] : [sqlite, postgres(server)]) {
    describe(`${name} on ${kind.name}`, () => {
      const made: TestDatabase[] = []
      afterAll(async () => {
        for (const database of made) await database.drop()
      })
      suite(async () => {
        const database = await kind.create()
        made.push(database)
        return database
      }, kind)
    })
  }
  if (server === undefined) describe.skip(`${name} on PostgreSQL (no server found)`, () => undefined)
}
