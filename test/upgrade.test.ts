import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { migrations } from '../src/migrations.ts'
import { readConfig } from '../src/platform/config/config.ts'
import type { Database } from '../src/platform/database/database.ts'
import { appliedMigrations, migrateBack, migrateForward } from '../src/platform/database/migrate.ts'
import { describeEachDatabase, type TestDatabase } from './support/databases.ts'

/** Releases of which a database is kept, oldest first; `scripts/dump-database.mjs` writes what is in their folders. */
const RELEASES = ['0.1']

describeEachDatabase('a database of an earlier release', (database, kind) => {
  const kept = (release: string): string => {
    const file = kind.name === 'SQLite' ? 'sqlite.sql' : 'postgres.sql'
    return readFileSync(
      fileURLToPath(new URL(`../fixtures/database-${release}/${file}`, import.meta.url)),
      'utf8',
    )
  }

  /** A database that holds what the release left. */
  async function restore(release: string): Promise<TestDatabase> {
    const restored = await database()
    await migrateBack(restored.db, migrations, migrations.length)
    await restored.db.sql.schema.dropTable('schema_migrations')
    if (restored.databaseUrl === undefined) {
      const file = new Sqlite(join(restored.home, 'entraide.db'))
      file.exec(kept(release))
      file.close()
    } else {
      const client = new pg.Client({ connectionString: restored.databaseUrl })
      await client.connect()
      await client.query(kept(release))
      await client.end()
    }
    return restored
  }

  it.each(RELEASES)('is upgraded from %s with all that it holds', async (release) => {
    const address = await restore(release)
    const app = await createApp({
      ...readConfig({ ENTRAIDE_HOME: address.home, ENTRAIDE_LOG_LEVEL: 'silent' }),
      ...(address.databaseUrl !== undefined && { databaseUrl: address.databaseUrl }),
    })
    try {
      expect((await appliedMigrations(app.platform.db)).sort()).toEqual(
        migrations.map(({ name }) => name).sort(),
      )

      const { items } = await app.threads.list({ reader: 'public', limit: 10 })
      expect(items.map(({ title }) => title)).toEqual([
        'Could the dictionary work offline?',
        'How do I return a reader that arrived broken?',
        'Ma liseuse ne se synchronise plus avec la bibliothèque',
      ])
      const [, broken, stuck] = items
      expect(broken).toMatchObject({ language: 'en', tags: ['returns'], answerCount: 2, resolved: true })
      const posts = await app.threads.postsOf(stuck!.id, 'public')
      expect(posts.map((post) => post.body)).toContain(
        'Voyez la discussion sur la réinitialisation : elle a tout réglé chez moi.',
      )

      const labels = await app.labels.threadLabels.labelsOf(items.map(({ id }) => id))
      expect(
        items.map(({ id }) => labels.get(id)?.map(({ label, provenance }) => [label, provenance])),
      ).toEqual([[['ideas', 'agent']], [['orders', 'agent']], [['sync', 'import']]])

      const answer = await app.search.query({ q: 'réinitialiser la synchronisation', audience: 'public' })
      expect(answer.items.map((found) => found.kind)).toEqual(expect.arrayContaining(['article', 'thread']))
      const article = answer.items.find((found) => found.kind === 'article')
      expect(article).toMatchObject({ title: stuck!.title, category: 'sync', language: 'fr' })
      // With its thread, which is locked now, the article is hidden too.
      await app.platform.db.sql('thread_protections').insert({
        thread_id: stuck!.id,
        facet: 'sensitivity',
        label: 'sensitive',
        basis: 'label',
        protected_at: '2026-01-01T00:00:00.000Z',
      })
      const after = await app.search.query({ q: 'réinitialiser la synchronisation', audience: 'public' })
      expect(after.items.map(({ id }) => id)).not.toContain(article?.id)
    } finally {
      await app.close()
    }
  })

  it.each(RELEASES)('has, upgraded from %s, the tables that a new one has', async (release) => {
    const { db: fresh } = await database()
    const { db: upgraded } = await restore(release)
    await migrateForward(upgraded, migrations)
    expect(await schemaOf(upgraded)).toEqual(await schemaOf(fresh))
  })

  it.each(RELEASES)('was written by %s and by no later release', (release) => {
    const [major = 0, minor = 0] = release.split('.').map(Number)
    const written = [...kept(release).matchAll(/'(\d+)\.(\d+)-[a-z-]+'/g)]
    expect(written.length).toBeGreaterThan(0)
    for (const [name, itsMajor, itsMinor] of written)
      expect(Number(itsMajor) * 1000 + Number(itsMinor), name).toBeLessThanOrEqual(major * 1000 + minor)
  })
})

/** Tables with their columns and indexes, in an order of its own. */
async function schemaOf(db: Database): Promise<string[]> {
  if (db.dialect === 'sqlite') {
    const rows: { sql: string }[] = await db.sql('sqlite_master').whereNotNull('sql').select('sql')
    return rows.map(({ sql }) => sql).sort()
  }
  const columns = await db.sql.raw(`select concat_ws(' ', table_name, column_name, data_type, is_nullable,
    column_default) as said from information_schema.columns where table_schema = 'public'`)
  const constraints = await db.sql.raw(`select concat_ws(' ', conrelid::regclass, conname,
    pg_get_constraintdef(oid)) as said from pg_constraint where connamespace = 'public'::regnamespace`)
  const indexes = await db.sql.raw("select indexdef as said from pg_indexes where schemaname = 'public'")
  return [columns, constraints, indexes]
    .flatMap(({ rows }) => rows.map(({ said }: { said: string }) => said))
    .sort()
}
