// A process that imports a dump and prints what is acknowledged, for tests that kill it or start it twice.
import { commandLine, createAuditLog } from '../../dist/access/index.js'
import { systemClock as clock, createOutbox, openDatabase } from '../../dist/platform/index.js'
import { importThreads } from '../../dist/threads/index.js'

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
