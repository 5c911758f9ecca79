import type { AuditLog } from '../access/audit-log.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { IdentifierPattern } from '../platform/identifier-patterns.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { Search } from '../search/search.ts'

/** What those who run the service look at and work with. */
export interface OperationsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly jobs: Pick<JobStore, 'list' | 'dead' | 'retry' | 'discard' | 'queues'>
  readonly search: Pick<Search, 'freshness'>
  readonly identifiers: readonly IdentifierPattern[]
  /** Names of the steps of the schema that this version knows. */
  readonly migrations: readonly string[]
  /** Types of jobs that are bulk work whoever enqueued them. */
  bulkTypes(): readonly string[]
}
