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
import { createAuditLog } from '../dist/access/audit-log.js'
import { createKeyStore } from '../dist/access/key-store.js'
import { createKey } from '../dist/access/manage-keys.js'
import { createArticleStore } from '../dist/articles/article-store.js'
import { createCitationStore } from '../dist/articles/citation-store.js'
import { articleJobs } from '../dist/articles/jobs.js'
import { promoteThread } from '../dist/articles/promote-thread.js'
import { publishArticle } from '../dist/articles/publish-article.js'
import { createRevisionStore } from '../dist/articles/revision-store.js'
import { importThreads } from '../dist/ingest/imports/import-threads.js'
import { createSourceStore } from '../dist/ingest/source-store.js'
import { correctLabel } from '../dist/labels/annotate-thread.js'
import { createLabel, ensureCategoryFacet } from '../dist/labels/define-facet.js'
import { createFacetStore } from '../dist/labels/facet-store.js'
import { labelJobs } from '../dist/labels/jobs.js'
import { createLabelStores } from '../dist/labels/stores.js'
import { migrations } from '../dist/migrations.js'
import { migrateForward } from '../dist/platform/database/migrate.js'
import { openDatabase } from '../dist/platform/database/open.js'
import { createOutbox } from '../dist/platform/jobs/events.js'
import { startJobRunner } from '../dist/platform/jobs/job-runner.js'
import { createJobStore } from '../dist/platform/jobs/job-store.js'
import { createLocalWakeups } from '../dist/platform/jobs/wakeups.js'
import { searchJobs } from '../dist/search/jobs.js'
import { createSearch } from '../dist/search/search.js'
import { mergeThread } from '../dist/threads/merge-thread.js'
import { createThreadStore } from '../dist/threads/thread-store.js'

const community = fileURLToPath(new URL('../fixtures/database-0.1/community.ndjson', import.meta.url))
const databaseUrl = process.env.DATABASE_URL
const home = mkdtempSync(join(tmpdir(), 'entraide-dump-'))
const clock = { now: () => new Date('2026-01-15T09:30:00.000Z') }
const silent = { info: () => undefined, warn: () => undefined, error: console.error }

try {
  await fill()
  process.stdout.write(databaseUrl === undefined ? dumpSqlite() : dumpPostgres())
} finally {
  rmSync(home, { recursive: true, force: true })
}

/** An import, labels by its source and by people, a merge, an article, a key; of each what search knows of it. */
async function fill() {
  const db = openDatabase({ home, databaseUrl })
  await migrateForward(db, migrations)
  const wakeups = createLocalWakeups()
  const search = createSearch(db, { home, log: silent })
  const deps = {
    db,
    clock,
    search,
    identifiers: [],
    audit: createAuditLog(db, clock),
    outbox: createOutbox(db, clock, wakeups.wake),
    jobs: createJobStore(db, clock, wakeups.wake),
    keys: createKeyStore(db, clock),
    facets: createFacetStore(db, clock),
    ...createLabelStores(db, clock),
    threads: createThreadStore(db),
    sources: createSourceStore(db, clock),
    articles: createArticleStore(db, clock),
    revisions: createRevisionStore(db),
    citations: createCitationStore(db, clock),
  }
  const handlers = [...labelJobs(deps), ...searchJobs(deps), ...articleJobs(deps)]
  const worker = startJobRunner({ ...deps, handlers, wakeups, log: silent }, { concurrency: 1, pollMs: 20 })

  await ensureCategoryFacet(deps.facets)
  const rejected = []
  await importThreads(deps, {
    format: 'ndjson',
    paths: [community],
    source: 'lutrin',
    audience: 'public',
    actor: commandLine,
    onRejection: (rejection) => rejected.push(rejection),
  })
  await idle(db)
  const { key } = await createKey(deps, {
    name: 'Aline',
    roles: ['agent', 'knowledge-manager'],
    audience: 'internal',
    actor: commandLine,
  })
  const agent = { id: key.id, name: key.name, roles: key.roles, audience: key.audience }
  const stored = await db.sql('threads').select('id', 'external_id')
  const idOf = (externalId) => stored.find((each) => each.external_id === externalId).id
  await createLabel(deps, { facet: 'category', label: 'ideas', actor: agent })
  await correctLabel(deps, { threadId: idOf('104'), facet: 'category', label: 'ideas', actor: agent })
  await correctLabel(deps, {
    threadId: idOf('103'),
    facet: 'category',
    label: 'orders',
    actor: agent,
    blind: true,
    note: 'A return, not a repair',
  })
  await mergeThread(deps, { threadId: idOf('102'), into: idOf('101'), actor: agent })
  const { article } = await promoteThread(deps, { threadId: idOf('101'), actor: agent })
  await publishArticle(deps, { id: article.id, audience: 'public', actor: agent })
  await idle(db)

  await worker.stop()
  await search.close()
  await db.close()
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
