import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, inject } from 'vitest'
import type { Database } from '../../src/platform/database/database.ts'
import { openDatabase } from '../../src/platform/database/open.ts'
import { isMatrix } from './matrix.ts'
import { onServer } from './postgres-server.ts'
import { type Command, type Prepared, preparedBy } from './prepared.ts'
import type { TestRun } from './test-run.ts'

/** Where a test database is; a second process opens it with the same values in its environment. */
export interface DatabaseAddress {
  readonly home: string
  readonly databaseUrl?: string
}

/** A database of a suite's own, migrated and empty but for what the commands that prepared it have left. */
export interface TestDatabase extends DatabaseAddress {
  readonly db: Database
  drop(): Promise<void>
}

/** One kind of database that the stores must work on. */
export interface DatabaseKind {
  readonly name: 'SQLite' | 'PostgreSQL'
  /** @param commands run before: once a run, however many suites ask for them */
  create(commands?: readonly Command[]): Promise<TestDatabase>
}

/** Gives a suite a new database, dropped when the suite has ended. */
export type NewDatabase = DatabaseKind['create']

type Suite = (database: NewDatabase, kind: DatabaseKind) => void

function sqlite({ sqliteTemplate }: TestRun): DatabaseKind {
  const copyTo = (home: string, from?: Prepared): DatabaseAddress => {
    if (from === undefined) cpSync(sqliteTemplate, join(home, 'entraide.db'))
    else cpSync(from.home, home, { recursive: true })
    return { home }
  }
  return {
    name: 'SQLite',
    async create(commands = []) {
      const home = mkdtempSync(join(tmpdir(), 'entraide-test-'))
      copyTo(home, await preparedBy(commands, 'sqlite', async (...copy) => copyTo(...copy)))
      return opened({ home }, async () => rmSync(home, { recursive: true, force: true }))
    },
  }
}

function postgres(server: string, template: string): DatabaseKind {
  const copyTo = async (home: string, from?: Prepared): Promise<DatabaseAddress & { name: string }> => {
    const name = `entraide_test_${randomBytes(6).toString('hex')}`
    const original = from === undefined ? template : databaseOf(from)
    // Copying files is quicker than writing a log of them where no commit waits for the disk.
    await onServer(server, `create database ${name} template ${original} strategy file_copy`)
    if (from !== undefined) cpSync(from.home, home, { recursive: true })
    const address = new URL(server)
    address.pathname = `/${name}`
    return { home, databaseUrl: address.href, name }
  }
  return {
    name: 'PostgreSQL',
    async create(commands = []) {
      const home = mkdtempSync(join(tmpdir(), 'entraide-test-'))
      const { name, ...address } = await copyTo(home, await preparedBy(commands, 'postgres', copyTo))
      return opened(address, async () => {
        await onServer(server, `drop database ${name} with (force)`)
        rmSync(home, { recursive: true, force: true })
      })
    },
  }
}

function databaseOf({ databaseUrl }: Prepared): string {
  if (databaseUrl === undefined) throw new Error('prepared without a database on the server')
  return new URL(databaseUrl).pathname.slice(1)
}

function opened(address: DatabaseAddress, remove: () => Promise<void>): TestDatabase {
  const db = openDatabase(address)
  return {
    ...address,
    db,
    async drop() {
      await db.close()
      await remove()
    },
  }
}

/** Runs in which a suite has PostgreSQL too: all, those of the full matrix, or those of every suite on both. */
type Runs = 'all' | 'full' | 'every'

const LEFT = {
  full: 'left to CI: ENTRAIDE_TEST_MATRIX=full runs it',
  every: 'ENTRAIDE_TEST_MATRIX=every runs it',
}

/** Kinds that a suite runs on, and why not on the others. */
function kindsFor(runs: Runs): { kinds: readonly DatabaseKind[]; without?: string } {
  const run = inject('run')
  const files = sqlite(run)
  if (process.env.ENTRAIDE_TEST_DATABASES === 'sqlite')
    return { kinds: [files], without: 'ENTRAIDE_TEST_DATABASES=sqlite' }
  if (run.postgresUrl === undefined || run.postgresTemplate === undefined)
    return { kinds: [files], without: 'no server found' }
  if (runs !== 'all' && !isMatrix(runs)) return { kinds: [files], without: LEFT[runs] }
  return { kinds: [files, postgres(run.postgresUrl, run.postgresTemplate)] }
}

function describeOn(runs: Runs, name: string, suite: Suite): void {
  const { kinds, without } = kindsFor(runs)
  for (const kind of kinds) {
    describe(`${name} on ${kind.name}`, () => {
      const made: TestDatabase[] = []
      afterAll(async () => {
        for (const database of made) await database.drop()
      })
      suite(async (commands) => {
        const database = await kind.create(commands)
        made.push(database)
        return database
      }, kind)
    })
  }
  if (without !== undefined) describe.skip(`${name} on PostgreSQL (${without})`, () => undefined)
}

/**
 * Runs a suite once a kind of database.
 *
 * `describeEachDatabase` is for behaviour that rests on stores: on SQLite always, on PostgreSQL in the full matrix
 * (`ENTRAIDE_TEST_MATRIX=full`, as in CI). `describeEachDatabase.always` is for what speaks SQL itself, the contracts
 * of stores and one flow through all of them: on both in every run. `describeEachDatabase.rarely` is for what takes
 * long and asks no database anything that other suites do not: pages, and training seen from outside. It has PostgreSQL
 * with `ENTRAIDE_TEST_MATRIX=every`. `ENTRAIDE_TEST_DATABASES=sqlite` leaves out PostgreSQL altogether.
 */
export const describeEachDatabase = Object.assign(
  (name: string, suite: Suite): void => describeOn('full', name, suite),
  {
    always: (name: string, suite: Suite): void => describeOn('all', name, suite),
    rarely: (name: string, suite: Suite): void => describeOn('every', name, suite),
  },
)
