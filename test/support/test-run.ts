import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrations } from '../../src/migrations.ts'
import { migrateForward } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/open.ts'
import { onServer, openPostgresServer } from './postgres-server.ts'

/** What every test file of a run shares. */
export interface TestRun {
  /** Folder of the run, emptied at its end. */
  readonly folder: string
  /** A migrated, empty SQLite file to copy. */
  readonly sqliteTemplate: string
  /** Server on which each suite makes a database of its own; absent when there is no PostgreSQL. */
  readonly postgresUrl?: string
  /** A migrated, empty database on it to copy. */
  readonly postgresTemplate?: string
}

declare module 'vitest' {
  interface ProvidedContext {
    run: TestRun
  }
}

const MEMORY = '/dev/shm'
/** A run leaves about a gigabyte behind until it ends. */
const ENOUGH_MEMORY = 4 * 2 ** 30

/**
 * Where a run keeps its files: in memory where there is plenty. Tests kill processes, never the machine, and what a
 * killed process has written is there for the next one in either place.
 */
function rootFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize >= ENOUGH_MEMORY ? MEMORY : tmpdir()
}

/** Prepares what a run shares: a folder for all temporary files, PostgreSQL, and a migrated database of each kind. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = rootFolder()
  const folder = mkdtempSync(join(root, 'entraide-tests-'))
  // Read by `tmpdir()` in the tests and in the processes that they start.
  process.env.TMPDIR = folder
  const sweep = () => rmSync(folder, { recursive: true, force: true })
  // A run that is broken off leaves nothing in memory either; by default a signal calls nobody.
  process.once('exit', sweep)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const sqliteTemplate = join(folder, 'entraide.db')
  await migrate({ home: folder })
  const server = await openPostgresServer(root)
  if (server === undefined) {
    project.provide('run', { folder, sqliteTemplate })
    return async () => sweep()
  }
  const postgresTemplate = `entraide_template_${process.pid}`
  await onServer(server.url, `create database ${postgresTemplate}`)
  const address = new URL(server.url)
  address.pathname = `/${postgresTemplate}`
  await migrate({ home: folder, databaseUrl: address.href })
  project.provide('run', { folder, sqliteTemplate, postgresUrl: server.url, postgresTemplate })
  return async () => {
    await onServer(server.url, `drop database ${postgresTemplate} with (force)`)
    await server.stop()
    sweep()
  }
}

async function migrate(address: { home: string; databaseUrl?: string }): Promise<void> {
  const db = openDatabase(address)
  await migrateForward(db, migrations)
  await db.close()
}
