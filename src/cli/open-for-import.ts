import { createAuditLog } from '../access/index.ts'
import { createAnnotationStore, createFacetStore, createThreadLabelStore } from '../labels/index.ts'
import { migrations } from '../migrations.ts'
import {
  systemClock as clock,
  createJobStore,
  createOutbox,
  migrateForward,
  openDatabase,
  readConfig,
} from '../platform/index.ts'
import { createSourceStore, createThreadStore } from '../threads/index.ts'

/** What an import needs of the house: the whole of it would take more memory than the import itself. */
export async function openForImport() {
  const { home, databaseUrl, identifiers } = readConfig()
  const address = { home, ...(databaseUrl !== undefined && { databaseUrl }) }
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
