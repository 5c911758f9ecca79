import { createAuditLog } from '../access/audit-log.ts'
import { createSourceStore } from '../ingest/source-store.ts'
import { createAnnotationStore } from '../labels/annotation-store.ts'
import { createFacetStore } from '../labels/facet-store.ts'
import { createThreadLabelStore } from '../labels/thread-label-store.ts'
import { migrations } from '../migrations.ts'
import { systemClock as clock } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import { migrateForward } from '../platform/database/migrate.ts'
import { openDatabase } from '../platform/database/open.ts'
import { createOutbox } from '../platform/jobs/events.ts'
import { createJobStore } from '../platform/jobs/job-store.ts'
import { createThreadStore } from '../threads/thread-store.ts'

/** What an import needs of the house: the whole of it would take more memory than the import itself. */
export async function openForImport() {
  const { home, databaseUrl, identifiers } = readConfig()
  const address = { home, databaseUrl }
  const db = openDatabase(address)
  try {
    await migrateForward(db, migrations)
  } catch (error) {
    await db.close()
    throw error
  }
  // Workers are other processes: they find what was committed at their next poll.
  const wake = () => undefined
  const labels = {
    db,
    clock,
    facets: createFacetStore(db, clock),
    annotations: createAnnotationStore(db, clock),
    threadLabels: createThreadLabelStore(db),
    threads: createThreadStore(db),
    sources: createSourceStore(db, clock),
    audit: createAuditLog(db, clock),
    outbox: createOutbox(db, clock, wake),
    jobs: createJobStore(db, clock, wake),
  }
  return { address, identifiers, wake, labels, close: () => db.close() }
}
