// Writes a small database of this release as SQL on stdout: SQLite's, or PostgreSQL's where DATABASE_URL names a database
// without tables (`pg_dump` must be on the PATH). A release that changes the schema keeps one dump of each as
// fixtures/database-<release>/{sqlite,postgres}.sql, and never writes them again: the suite upgrades them.
//
//   npm run --silent build && node scripts/dump-database.mjs > fixtures/database-0.1/sqlite.sql
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { commandLine } from '../dist/access/actor.js'
import { createApp } from '../dist/app.js'
import { readConfig } from '../dist/platform/config/config.js'
import { startJobRunner } from '../dist/platform/jobs/job-runner.js'

const community = fileURLToPath(new URL('../fixtures/database-0.1/community.ndjson', import.meta.url))
const databaseUrl = process.env.DATABASE_URL
const home = mkdtempSync(join(tmpdir(), 'entraide-dump-'))
const clock = { now: () => new Date('2026-01-15T09:30:00.000Z') }

try {
  await fill()
  process.stdout.write(databaseUrl === undefined ? dumpSqlite() : dumpPostgres())
} finally {
  rmSync(home, { recursive: true, force: true })
}

/** An import, labels by its source and by people, a merge, an article, a key; of each what search knows of it. */
async function fill() {
  const config = readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'silent' })
  const app = await createApp({ ...config, databaseUrl }, clock)
  const { db } = app.platform
  // A trained model is megabytes, and made again by any process that serves.
  const handlers = app.handlers.map((each) =>
    each.long === undefined ? each : { ...each, perform: async () => undefined },
  )
  const runner = startJobRunner({ ...app.platform, handlers, tidy: (text) => text }, { concurrency: 1 })
  const { ingest, access, labels, threads, articles } = app

  const imported = { format: 'ndjson', paths: [community], source: 'lutrin', audience: 'public' }
  await ingest.importThreads({ ...imported, actor: commandLine })
  await idle(db)
  const roles = ['agent', 'knowledge-manager']
  const { key } = await access.createKey({ name: 'Aline', roles, audience: 'internal', actor: commandLine })
  const agent = { id: key.id, name: key.name, roles, audience: key.audience }
  const stored = await db.sql('threads').select('id', 'external_id')
  const idOf = (externalId) => stored.find((each) => each.external_id === externalId).id
  const category = { facet: 'category', actor: agent }
  await labels.createLabel({ ...category, label: 'ideas' })
  await labels.correctLabel({ ...category, threadId: idOf('104'), label: 'ideas' })
  const note = 'A return, not a repair'
  await labels.correctLabel({ ...category, threadId: idOf('103'), label: 'orders', blind: true, note })
  await threads.mergeThread({ threadId: idOf('102'), into: idOf('101'), actor: agent })
  const { article } = await articles.promoteThread({ threadId: idOf('101'), actor: agent })
  await articles.publishArticle({ id: article.id, audience: 'public', actor: agent })
  await idle(db)

  await runner.stop()
  await app.close()
}

async function idle(db) {
  for (;;) {
    const waiting = await Promise.all([
      db.sql('events').first('id'),
      db
        .sql('jobs')
        .whereNot({ status: 'dead' })
        .where('run_at', '<=', clock.now().toISOString())
        .first('id'),
    ])
    if (waiting.every((row) => row === undefined)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function dumpSqlite() {
  const db = new Sqlite(join(home, 'entraide.db'), { readonly: true })
  const schema = db.prepare("select type, name, sql from sqlite_master where name not like 'sqlite_%'").all()
  const tables = schema.filter(({ type }) => type === 'table')
  const rows = tables.flatMap(({ name }) =>
    db
      .prepare(`select * from "${name}"`)
      .all()
      .map((row) => `insert into "${name}" values (${Object.values(row).map(literal).join(', ')});`),
  )
  const others = schema.filter(({ type, sql }) => type !== 'table' && sql !== null)
  const statements = [...tables.map(({ sql }) => `${sql};`), ...rows, ...others.map(({ sql }) => `${sql};`)]
  db.close()
  return `pragma foreign_keys = off;\nbegin;\n${statements.join('\n')}\ncommit;\n`
}

function literal(value) {
  if (value === null) return 'null'
  if (typeof value === 'number') return String(value)
  if (Buffer.isBuffer(value)) return `x'${value.toString('hex')}'`
  return `'${value.replaceAll("'", "''")}'`
}

/** Without what a client other than psql does not know, and what only newer servers do. */
function dumpPostgres() {
  const options = ['--inserts', '--no-owner', '--no-privileges', '--no-comments', '--schema=public']
  const dump = execFileSync('pg_dump', [...options, databaseUrl], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const isWanted = (line) =>
    line !== '' && !/^(--|\\|SET |SELECT pg_catalog\.set_config|CREATE SCHEMA )/.test(line)
  return `${dump.split('\n').filter(isWanted).join('\n')}\n`
}
