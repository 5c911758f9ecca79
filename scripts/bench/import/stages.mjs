// Child of ../import.mjs: imports a dump on one thread and tells how long each stage took.
import Sqlite from 'better-sqlite3'
import { commandLine } from '../../../dist/access/actor.js'
import { createAuditLog } from '../../../dist/access/audit-log.js'
import { createExportTally } from '../../../dist/ingest/imports/export-tally.js'
import { importThreads } from '../../../dist/ingest/imports/import-threads.js'
import { emptyBatch } from '../../../dist/ingest/rows/batch.js'
import { createRecordKeeper } from '../../../dist/ingest/rows/key-records.js'
import { migrations } from '../../../dist/migrations.js'
import { systemClock as clock } from '../../../dist/platform/clock.js'
import { migrateForward } from '../../../dist/platform/database/migrate.js'
import { openDatabase } from '../../../dist/platform/database/open.js'
import { createOutbox } from '../../../dist/platform/jobs/events.js'
import { requireFormat } from '../../../dist/sources/registry.js'
import { detectLanguage } from '../../../dist/text/language/detect-language.js'
import { toMarkdown } from '../../../dist/text/markdown/to-markdown.js'
import { threadText } from '../../../dist/text/thread-text.js'

const [dump, home] = process.argv.slice(2)
const stages = {
  parse: 0,
  'ids and hashes': 0,
  'HTML to Markdown': 0,
  language: 0,
  SQL: 0,
  'commit (fsync)': 0,
}

async function timedAsync(stage, work) {
  const started = performance.now()
  try {
    return await work()
  } finally {
    stages[stage] += (performance.now() - started) / 1000
  }
}

function timed(stage, work) {
  const started = performance.now()
  try {
    return work()
  } finally {
    stages[stage] += (performance.now() - started) / 1000
  }
}

async function readAll(use) {
  const started = performance.now()
  for await (const block of requireFormat('stack-exchange').read([dump], { bytesRead: 0, bytesTotal: 0 }))
    use(block)
  return (performance.now() - started) / 1000
}

/** Statements are prepared by name, so wrapping `prepare` sees all of them. */
function timeStatements() {
  const { prepare } = Sqlite.prototype
  Sqlite.prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql)
    const stage = sql.startsWith('COMMIT') ? 'commit (fsync)' : 'SQL'
    for (const method of ['run', 'all']) {
      const original = statement[method]
      statement[method] = (...args) => timed(stage, () => original.apply(statement, args))
    }
    return statement
  }
}

/** The text thread's work, done here and timed. */
const texts = {
  async run({ bodies, threads }) {
    const markdown = await timedAsync('HTML to Markdown', () =>
      Promise.all(bodies.map(({ body, format }) => toMarkdown(body, format))),
    )
    const languages = timed('language', () =>
      threads.map(({ title, question }) =>
        detectLanguage(
          threadText({ title, question: typeof question === 'number' ? markdown[question] : question }),
        ),
      ),
    )
    return { markdown, languages }
  },
  close: async () => undefined,
}

await readAll(() => undefined)
stages.parse = await readAll(() => undefined)
const keep = createRecordKeeper('bench', createExportTally())
const kept = await readAll((block) => {
  const batch = emptyBatch()
  for (const item of block) keep(batch, item)
})
stages['ids and hashes'] = kept - stages.parse

timeStatements()
const db = openDatabase({ home })
await migrateForward(db, migrations)
stages.SQL = 0
stages['commit (fsync)'] = 0
const deps = {
  db,
  clock,
  audit: createAuditLog(db, clock),
  outbox: createOutbox(db, clock, () => undefined),
  texts,
}
const started = performance.now()
await importThreads(deps, { format: 'stack-exchange', paths: [dump], source: 'bench', actor: commandLine })
const total = (performance.now() - started) / 1000
await db.close()
const rest = total - Object.values(stages).reduce((sum, seconds) => sum + seconds, 0)
console.log(JSON.stringify({ total, stages: { ...stages, 'rest (rows, GC)': rest } }))
