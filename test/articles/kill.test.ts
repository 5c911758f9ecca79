import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createSearch } from '../../src/search/search.ts'
import { type DatabaseAddress, describeEachDatabase } from '../support/databases.ts'
import { openWorld } from './world.ts'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
const THREADS = 120

/** A process that promotes and publishes thread by thread and says of which it is done. */
const publishing = (address: DatabaseAddress, threadIds: readonly string[]) => `
  const load = (path) => import('file://${dist}' + path)
  const { createApp } = await load('app.js')
  const { readConfig } = await load('platform/config/config.js')
  const { commandLine: actor } = await load('access/actor.js')
  const { createSearch } = await load('search/search.js')
  const { home, databaseUrl } = ${JSON.stringify({ home: address.home, databaseUrl: address.databaseUrl })}
  const env = { ENTRAIDE_HOME: home, ...(databaseUrl && { DATABASE_URL: databaseUrl }) }
  const { articles, platform } = await createApp({ ...readConfig(env), logLevel: 'silent' })
  const search = createSearch(platform.db, { home, log: { info() {}, warn() {} }, snapshotAfter: 5 })
  for (const threadId of ${JSON.stringify(threadIds)}) {
    const { article } = await articles.promoteThread({ threadId, actor })
    await articles.publishArticle({ id: article.id, audience: 'public', actor })
    process.stdout.write(article.id + '\\n')
    await search.query({ q: 'candle', audience: 'public' })
  }`

describeEachDatabase('publishing by a process that is killed', (database) => {
  it('keeps what was acknowledged, finds just what is published, and goes on where it was', async () => {
    const address = await database()
    const world = await openWorld(address)
    const names = Array.from({ length: THREADS }, (_, i) => `t${i}`)
    const answered = { question: 'Where is the candle?', answers: [{ body: 'Here.', accepted: true }] }
    const thread = await world.importThreads(
      'forum',
      'public',
      Object.fromEntries(names.map((name) => [name, answered])),
    )
    const program = publishing(address, names.map(thread))
    const acknowledged = new Set<string>()

    for (let kills = 0; kills < 4; kills++) {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'pipe' })
      const ended = new Promise<boolean>((resolve) => child.once('close', () => resolve(true)))
      let said = ''
      const threeMore = new Promise<boolean>((resolve) =>
        child.stdout.on('data', (chunk) => {
          said += chunk
          if (said.split('\n').length > acknowledged.size + 3) resolve(false)
        }),
      )
      expect(await Promise.race([threeMore, ended])).toBe(false)
      await sleep(Math.random() * 100)
      child.kill('SIGKILL')
      await ended
      for (const id of said.split('\n').slice(0, -1)) acknowledged.add(id)

      const kept: string[] = await world.db.sql('articles').where({ confidence: 'validated' }).pluck('id')
      expect(kept).toEqual(expect.arrayContaining([...acknowledged]))
      expect(await found()).toEqual(kept.sort())
      await expectWhole()
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(12)

    async function found(): Promise<string[]> {
      const search = createSearch(world.db, { home: address.home, log: { info: () => {}, warn: () => {} } })
      const ids: string[] = []
      for (let cursor: string | undefined; ; ) {
        const request = { q: 'candle', kind: 'article', audience: 'public', limit: 50 } as const
        const page = await search.query({ ...request, ...(cursor && { cursor }) })
        ids.push(...page.items.map(({ id }) => id))
        cursor = page.next
        if (cursor === undefined) return ids.sort()
      }
    }

    /** Each article has just the revisions, citations and audit records of the steps it took. */
    async function expectWhole(): Promise<void> {
      const articles: { id: string; revision: number }[] = await world.db
        .sql('articles')
        .select('id', 'revision')
      const count = async (table: string, column: string) => {
        const rows: { id: string; n: number }[] = await world.db
          .sql(table)
          .select({ id: column })
          .count('* as n')
          .groupBy(column)
        return new Map(rows.map(({ id, n }) => [id, Number(n)]))
      }
      const revisions = await count('article_revisions', 'article_id')
      const citations = await count('passage_citations', 'article_id')
      const audits = await count('audit_log', 'target')
      for (const { id, revision } of articles)
        expect([revisions.get(id), citations.get(id), audits.get(id)]).toEqual([revision, 2, revision])
    }
  })
})
