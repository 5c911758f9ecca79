export { createBreather } from './breathe.ts'
export { type Clock, isoNow, systemClock } from './clock.ts'
export { type Config, readConfig } from './config.ts'
export type { Database, Dialect } from './database/database.ts'
export { appliedMigrations, type Migration, migrateBack, migrateForward } from './database/migrate.ts'
export { openDatabase } from './database/open.ts'
export type { BulkTable, Value } from './database/put-rows.ts'
export { entityTag, versionIn } from './entity-tag.ts'
export { CodedError, defineErrors } from './errors.ts'
export { createGroupCommit, type GroupCommit, type GroupLimits, groupCommitErrors } from './group-commit.ts'
export type { IdentifierPattern } from './identifier-patterns.ts'
export { createIdleThread } from './idle-thread.ts'
export { newId, orderedId, stableFraction, stableId } from './ids.ts'
export { createOutbox, type DomainEvent, type Outbox } from './jobs/events.ts'
export { createJobStore, type DeadJob, type JobStore, type NewJob } from './jobs/job-store.ts'
export { createLocalWakeups, type Wakeups } from './jobs/wakeups.ts'
export { type JobHandler, startWorker, type Worker, type WorkerLog } from './jobs/worker.ts'
export { createOutbound, isPublic, type Outbound, outboundErrors } from './outbound.ts'
export {
  type Cursor,
  decodeCursor,
  decodeNumberCursor,
  encodeCursor,
  type Page,
  toPage,
} from './page.ts'
export type { PageQuery } from './page-schema.ts'
export { streamToThread } from './stream-to-thread.ts'
export { workerFile } from './worker-file.ts'
