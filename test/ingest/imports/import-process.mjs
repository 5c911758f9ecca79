// A process that imports a dump and prints what is acknowledged, for tests that kill it or start it twice.
import { commandLine } from '../../../dist/access/actor.js'
import { createAuditLog } from '../../../dist/access/audit-log.js'
import { importThreads } from '../../../dist/ingest/imports/import-threads.js'
import { systemClock as clock } from '../../../dist/platform/clock.js'
import { openDatabase } from '../../../dist/platform/database/open.js'
import { createOutbox } from '../../../dist/platform/jobs/events.js'

const [home, databaseUrl, folder] = process.argv.slice(2)
const db = openDatabase({ home, ...(databaseUrl && { databaseUrl }) })
const outbox = createOutbox(db, clock, () => undefined)
const summary = await importThreads(
  { db, clock, audit: createAuditLog(db, clock), outbox },
  {
    format: 'stack-exchange',
    paths: [folder],
    source: 'forum',
    actor: commandLine,
    batch: { items: 12, characters: 1e6 },
    onProgress: ({ posts }) => process.stdout.write(`${posts}\n`),
  },
)
process.stdout.write(`${JSON.stringify(summary)}\n`)
await db.close()
