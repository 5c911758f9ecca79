import { readFileSync } from 'node:fs'
import type { Clock } from '../platform/clock.ts'
import type { IdentifierPattern } from '../platform/config/identifier-patterns.ts'
import type { Database } from '../platform/database/database.ts'
import { appliedMigrations } from '../platform/database/migrate.ts'
import type { JobQueue } from '../platform/jobs/job-overview.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { Search } from '../search/search.ts'

export interface SystemStatusDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: Pick<JobStore, 'queues'>
  readonly search: Pick<Search, 'freshness'>
  readonly identifiers: readonly IdentifierPattern[]
  /** Names of the steps of the schema that this version knows. */
  readonly migrations: readonly string[]
  /** Types of jobs that are bulk work whoever enqueued them. */
  bulkTypes(): readonly string[]
}

/** What runs where, on what, and how much waits. */
export interface SystemStatus {
  readonly version: string
  readonly node: string
  readonly startedAt: string
  readonly uptimeSeconds: number
  readonly database: { readonly dialect: 'sqlite' | 'postgres'; readonly version: string }
  readonly schema: { readonly applied: number; readonly expected: number; readonly last?: string }
  readonly queues: Readonly<Record<'people' | 'bulk', JobQueue>>
  /** Events that have not become jobs yet. */
  readonly events: number
  readonly search: { readonly changes: number; readonly indexed: number }
  readonly identifiers: IdentifierPattern[]
}

/** Beside both `src` and `dist`. */
const PACKAGE_JSON = new URL('../../package.json', import.meta.url)

/** The state of this process and of the database that it shares with others. */
export async function systemStatus(deps: SystemStatusDeps): Promise<SystemStatus> {
  const { db, clock, jobs, search, migrations, identifiers } = deps
  const { version } = JSON.parse(readFileSync(PACKAGE_JSON, 'utf8')) as { version: string }
  const uptimeSeconds = Math.floor(process.uptime())
  const applied = await appliedMigrations(db)
  const waiting = await db.sql('events').count<{ n: number | string }[]>('* as n').first()
  return {
    version,
    node: process.version,
    startedAt: new Date(clock.now().getTime() - uptimeSeconds * 1000).toISOString(),
    uptimeSeconds,
    database: { dialect: db.dialect, version: await databaseVersion(deps) },
    schema: {
      applied: applied.length,
      expected: migrations.length,
      last: migrations.findLast((name) => applied.includes(name)),
    },
    queues: await jobs.queues(deps.bulkTypes()),
    events: Number(waiting?.n ?? 0),
    search: await search.freshness(),
    identifiers: [...identifiers],
  }
}

async function databaseVersion({ db }: Pick<SystemStatusDeps, 'db'>): Promise<string> {
  if (db.dialect === 'sqlite') {
    const [row] = await db.query<{ version: string }>('select sqlite_version() as version', [])
    return row?.version ?? ''
  }
  const [row] = await db.query<{ version: string }>("select current_setting('server_version') as version", [])
  return row?.version ?? ''
}
