import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Clock } from './clock.ts'
import type { Config } from './config/config.ts'
import type { Database } from './database/database.ts'
import { type Migration, migrateForward } from './database/migrate.ts'
import { openDatabase } from './database/open.ts'
import { unreachable } from './database/unreachable.ts'
import { ensureHome } from './home.ts'
import { createOutbox, type Outbox } from './jobs/events.ts'
import type { JobHandler } from './jobs/job-handler.ts'
import type { JobLog } from './jobs/job-runner.ts'
import { createJobStore, type JobStore } from './jobs/job-store.ts'
import { createLocalWakeups, type Wakeups } from './jobs/wakeups.ts'
import { createOutbound, type Outbound } from './outbound.ts'

/** How long another server may take to answer. */
const OUTBOUND_TIMEOUT_MS = 15_000

export interface Log extends JobLog {
  warn(details: object, message: string): void
}

/** What every module is built on. */
export interface Platform {
  readonly config: Config
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly outbox: Outbox
  readonly jobs: JobStore
  readonly wakeups: Wakeups
  /** Calls to other servers, none to private addresses but those configured. */
  readonly outbound: Outbound
}

/** What a module hands to the composition root, beside its use cases. */
export interface Module {
  readonly jobs: readonly JobHandler[]
  /** Routes are loaded when the server asks for them: what serves no HTTP loads none of their code. */
  routes(): Promise<readonly FastifyPluginAsyncTypebox[]>
  /** Routes outside the API, whose answers are pages. */
  pages?(): Promise<readonly FastifyPluginAsyncTypebox[]>
}

/**
 * Opens the configured database and brings its schema up to date.
 *
 * @throws CodedError HOME_UNUSABLE, DATABASE_UNREACHABLE, MIGRATION_UNKNOWN, or what the database fails with
 */
export async function openPlatform(
  config: Config,
  parts: { readonly clock: Clock; readonly log: Log; readonly migrations: readonly Migration[] },
): Promise<Platform> {
  const { clock, log, migrations } = parts
  ensureHome(config.home)
  const db = openDatabase(config)
  try {
    await migrateForward(db, migrations)
  } catch (error) {
    await db.close()
    throw (config.databaseUrl !== undefined && unreachable(error, config.databaseUrl)) || error
  }
  const wakeups = createLocalWakeups()
  return {
    config,
    db,
    clock,
    log,
    wakeups,
    outbox: createOutbox(db, clock, wakeups.wake),
    jobs: createJobStore(db, clock, wakeups.wake),
    outbound: createOutbound({ privateHosts: config.privateHosts, timeoutMs: OUTBOUND_TIMEOUT_MS }),
  }
}

/** Ends what the platform holds open. */
export async function closePlatform({ db, outbound }: Platform): Promise<void> {
  await outbound.close().finally(() => db.close())
}
