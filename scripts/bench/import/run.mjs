// Child of ../import.mjs: imports a dump as `entraide import` does, and tells its time and peak memory.
import { commandLine } from '../../../dist/access/actor.js'
import { importInWorker } from '../../../dist/ingest/imports/import-in-worker.js'
import { migrations } from '../../../dist/migrations.js'
import { migrateForward } from '../../../dist/platform/database/migrate.js'
import { openDatabase } from '../../../dist/platform/database/open.js'

const [dump, home] = process.argv.slice(2)
const db = openDatabase({ home })
await migrateForward(db, migrations)
await db.close()

const started = performance.now()
const request = { format: 'stack-exchange', paths: [dump], source: 'bench', actor: commandLine }
const summary = await importInWorker({ address: { home }, wake: () => undefined }, request)
const seconds = (performance.now() - started) / 1000
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
console.log(JSON.stringify({ seconds, megabytes, summary }))
