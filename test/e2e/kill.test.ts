import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stableId } from '../../src/platform/ids.ts'
import { writeCommunity } from '../support/community.ts'
import { contentDigest } from '../support/content-digest.ts'
import { type DatabaseAddress, describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { COMMUNITY, TRAIN } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runJson, type Service, startCommand, startService } from '../support/service.ts'

/** Kills a database in all, shared by the four kinds of work: few here, many in the soak test. */
const KILLS = Number(process.env.ENTRAIDE_TEST_KILLS ?? 8)
const perWork = Math.ceil(KILLS / 4)

/** A moment somewhere in work that takes about `ms`. */
const moment = (ms: number) => sleep(Math.random() * ms)

describeEachDatabase('what was acknowledged survives kill -9', (database) => {
  const scratch = mkdtempSync(join(tmpdir(), 'entraide-kill-'))
  const running = new Set<Service>()
  afterAll(async () => {
    for (const service of running) await service.kill()
    rmSync(scratch, { recursive: true, force: true })
  })

  async function start(address: DatabaseAddress): Promise<Service> {
    const service = await startService(address, { ENTRAIDE_RETRAIN_AFTER: '1000000' })
    running.add(service)
    return service
  }

  async function kill(service: Service): Promise<void> {
    running.delete(service)
    await service.kill()
  }

  it(
    `during an import, ${perWork} times: nothing is lost, nothing is there twice`,
    async () => {
      const dump = writeCommunity(join(scratch, 'community.ndjson'), { threads: 1500 })
      const undisturbed = await database()
      const args = ['import', 'ndjson', dump, '--source', 'town', '--audience', 'public']
      const whole = await runJson<object>(undisturbed, args)
      const disturbed = await database()
      for (let i = 0; i < perWork; i++) {
        const child = startCommand(disturbed, [...args, '--progress'])
        let acknowledged = 0
        child.stderr?.on('data', (chunk) => {
          for (const [, posts] of String(chunk).matchAll(/imported (\d+) posts/g))
            acknowledged = Number(posts)
        })
        await moment(3000)
        child.kill('SIGKILL')
        await child.ended
        const held = await disturbed.db.sql('posts').count('* as n').first()
        expect(Number(held?.n)).toBeGreaterThanOrEqual(acknowledged)
      }
      const last = await runJson<{ threads: { resolved: number }; answers: number }>(disturbed, args)
      expect(last.answers).toBe((whole as typeof last).answers)
      expect(last.threads.resolved).toBe((whole as typeof last).threads.resolved)
      expect(await contentDigest(disturbed.db)).toEqual(await contentDigest(undisturbed.db))
    },
    KILLS * 60_000,
  )

  let shared: TestDatabase
  let key: string
  let threadIds: string[]

  beforeAll(async () => {
    shared = await database([...COMMUNITY, SERVED, TRAIN])
    key = (await keyOf(shared, 'admin')).token
    threadIds = await shared.db.sql('threads').where('accepted_count', '>', 0).orderBy('id').pluck('id')
  })

  it(
    `during annotation, ${perWork} times: each verdict is kept once, and asking again adds none`,
    async () => {
      const acknowledged = new Map<string, string>()
      const asked = new Map<string, string>()
      const annotate = async (service: Service, request: string, threadId: string) => {
        const answer = await service.call<{ id: string }>(`/api/threads/${threadId}/annotations`, {
          key,
          body: { facet: 'category', label: 'wifi', note: request },
          headers: { 'idempotency-key': request },
        })
        expect(answer.status).toBe(201)
        const before = acknowledged.get(request)
        if (before !== undefined) expect(answer.body.id).toBe(before)
        acknowledged.set(request, answer.body.id)
      }
      for (let i = 0; i < perWork; i++) {
        const service = await start(shared)
        const agents = [0, 1, 2].map(async (agent) => {
          for (let n = agent; ; n += 3) {
            const request = randomUUID()
            const threadId = threadIds[n % threadIds.length] as string
            asked.set(request, threadId)
            await annotate(service, request, threadId)
          }
        })
        const outcomes = Promise.allSettled(agents)
        await moment(1200)
        await kill(service)
        await outcomes
      }
      const service = await start(shared)
      for (const [request, threadId] of asked) await annotate(service, request, threadId)
      await kill(service)
      const rows: { id: string; note: string }[] = await shared.db
        .sql('annotations')
        .whereNotNull('note')
        .select('id', 'note')
      expect(rows).toHaveLength(asked.size)
      expect(new Map(rows.map((row) => [row.note, row.id]))).toEqual(acknowledged)
      const audited = await shared.db
        .sql('audit_log')
        .where({ action: 'label.corrected' })
        .count('* as n')
        .first()
      expect(Number(audited?.n)).toBe(asked.size)
    },
    KILLS * 60_000,
  )

  it(
    `during publishing, ${perWork} times: an article is published whole or not at all, and only once`,
    async () => {
      const published = new Set<string>()
      let next = 0
      for (let i = 0; i < perWork; i++) {
        const service = await start(shared)
        const publishing = (async () => {
          for (;;) {
            const threadId = threadIds[next++ % threadIds.length] as string
            const draft = await service.call<{ id: string }>(`/api/threads/${threadId}/promote`, {
              key,
              body: {},
            })
            const answer = await service.call(`/api/articles/${draft.body.id}/publish`, {
              key,
              body: { audience: 'internal' },
            })
            if (answer.status === 200) published.add(draft.body.id)
          }
        })()
        const outcome = publishing.catch(() => undefined)
        await eventually(
          () => published.size,
          (size) => size > i,
          10,
        )
        await moment(1200)
        await kill(service)
        await outcome
      }
      expect(published.size).toBeGreaterThan(0)
      const articles: Record<string, unknown>[] = await shared.db.sql('articles')
      for (const id of published)
        expect(articles.find((article) => article.id === id)).toMatchObject({ confidence: 'validated' })
      expect(new Set(articles.map((article) => article.thread_id)).size).toBe(articles.length)
      for (const article of articles) {
        const revisions = await shared.db
          .sql('article_revisions')
          .where({ article_id: article.id })
          .pluck('number')
        expect(revisions.sort((a: number, b: number) => a - b)).toEqual(
          Array.from({ length: article.revision as number }, (_, i) => i + 1),
        )
      }
      const searchable = await shared.db
        .sql('search_documents')
        .where({ kind: 'article', deleted: false })
        .pluck('id')
      const validated = articles
        .filter((article) => article.confidence === 'validated')
        .map((article) => article.id)
      expect(searchable.sort()).toEqual(validated.sort())
    },
    KILLS * 60_000,
  )

  it(
    `during training, ${perWork} times: versions are whole, one is active, and what was asked for comes`,
    async () => {
      const ofCategory = { facet_id: stableId('fct', 'category') }
      const versions = () => shared.db.sql('model_versions').where(ofCategory).orderBy('number')
      for (let i = 0; i < perWork; i++) {
        const service = await start(shared)
        const answer = await service.call('/api/models/category/train', { key, body: {} })
        expect(answer.status).toBe(202)
        await moment(2500)
        await kill(service)
        const active = (await versions()).filter((version) => version.status === 'active')
        expect(active).toHaveLength(1)
      }
      const before = (await versions()).length
      const service = await start(shared)
      expect((await service.call('/api/models/category/train', { key, body: {} })).status).toBe(202)
      const all = await eventually(versions, ({ length }) => length > before)
      expect(all.length).toBeGreaterThan(before)
      expect(all.map((version) => version.number)).toEqual(all.map((_, i) => i + 1))
      const classified = await service.call<{ predictions: unknown[] }>('/api/classify', {
        key,
        body: { title: 'Le Wi-Fi coupe', body: 'Le Wi-Fi coupe tous les soirs dans la chambre.' },
      })
      expect(classified.status).toBe(200)
      for (const version of all) {
        const exported = await runJson<{ files: string[] }>(shared, [
          'models',
          'export',
          'category',
          String(version.number),
          '--to',
          join(scratch, `v${version.number}`),
        ])
        expect(exported.files.length).toBeGreaterThan(0)
      }
      expect(await service.stop()).toBe(0)
      running.delete(service)
      expect(await shared.db.sql('jobs').where({ status: 'dead' })).toEqual([])
    },
    KILLS * 60_000,
  )
})
