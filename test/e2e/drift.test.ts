import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { burst } from '../support/burst.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { DEMO, TRAIN } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'

describeEachDatabase.rarely('drift and rising topics of the demo community', (database) => {
  let address: TestDatabase
  let service: Service
  let key: string

  beforeAll(async () => {
    address = await database([...DEMO, SERVED, TRAIN])
    key = (await keyOf(address, 'supervisor')).token
    mkdirSync(join(address.home, 'in'), { recursive: true })
    const file = join(address.home, 'in', 'burst.ndjson')
    writeFileSync(file, burst(Date.now()))
    await runJson(address, ['import', 'ndjson', file, '--source', 'desk', '--audience', 'public'])
    service = await startService(address)
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
  })

  const get = async <T>(path: string) => (await service.call<T>(path, { key })).body

  it('reports the new words with the posts that have them', async () => {
    expect((await service.call('/api/insight/drift/measure', { key, body: {} })).status).toBe(202)
    const { items } = await eventually(
      () => get<{ items: Report[] }>('/api/insight/drift?facet=category'),
      (page) => page.items.length > 0,
    )
    expect(items).toHaveLength(1)
    const [all] = items[0]!.scopes
    expect(all).toMatchObject({ scope: 'all', status: 'measured', posts: 48 })
    const lumora = all?.figures?.vocabulary.risen.find(({ word }) => word === 'lumora')
    expect(lumora).toMatchObject({ now: 24, before: 0 })
    expect(lumora?.examples[0]?.title).toMatch(/Lumora/)
    expect(items[0]?.alarms.map(({ kind }) => kind)).toContain('vocabulary')
    expect(items[0]?.alarms.map(({ statement }) => statement).join(' ')).toContain('“lumora” (24, 0 before)')
    const shown = await runCommand(address, ['drift', 'show', 'category'])
    expect(shown.stdout).toContain('“lumora” (24, 0 before)')
    expect(await runJson(address, ['drift', 'measure', 'category'])).toMatchObject({ day: items[0]?.day })
    expect(await runJson(address, ['drift', 'show', '--history'])).toMatchObject({
      reports: [{ id: items[0]?.id }],
    })
  })

  it('proposes the burst as a topic in both languages, which becomes a label with its posts', async () => {
    const { items: topics } = await get<{ items: Topic[] }>('/api/insight/topics')
    const posts = topics.flatMap((topic) => topic.posts)
    expect(posts.every(({ title }) => /Lumora/.test(title))).toBe(true)
    expect(new Set(posts.map(({ language }) => language))).toEqual(new Set(['fr', 'en']))
    expect(topics).toMatchObject([{ proposedName: expect.stringContaining('lumora'), status: 'open' }])
    const [first] = topics
    const accepted = await service.call<Topic>(`/api/insight/topics/${first!.id}/accept`, {
      key,
      body: { name: 'television-stick', description: 'The Lumora stick', annotate: true },
    })
    expect(accepted).toMatchObject({
      status: 200,
      body: { status: 'accepted', label: { name: 'television-stick' } },
    })
    const threadId = accepted.body.posts[0]!.threadId
    const { items } = await eventually(
      () => get<{ items: { label: string }[] }>(`/api/threads/${threadId}/annotations`),
      (history) => history.items.length > 0,
    )
    expect(items).toMatchObject([{ facet: 'category', label: 'television-stick', provenance: 'agent' }])
    expect(await runJson(address, ['drift', 'topics'])).toEqual({ topics: [] })
    expect((await runCommand(address, ['drift', 'topics', 'list', '--status', 'accepted'])).stdout).toContain(
      first!.id,
    )
    const dismissed = await runCommand(address, ['drift', 'topics', 'dismiss', first!.id, '--json'])
    expect(dismissed.code).toBe(1)
    expect(JSON.parse(dismissed.stdout)).toMatchObject({ error: { code: 'TOPIC_RESOLVED' } })
    expect((await runCommand(address, ['drift', 'topics', 'accept', first!.id])).code).toBe(2)
  })
})

interface Post {
  readonly threadId: string
  readonly title: string
  readonly language: string
}

interface Report {
  readonly id: string
  readonly day: string
  readonly alarms: readonly { readonly kind: string; readonly statement: string }[]
  readonly scopes: readonly {
    readonly figures?: {
      readonly vocabulary: {
        readonly risen: readonly { readonly word: string; readonly examples: readonly Post[] }[]
      }
    }
  }[]
}

interface Topic {
  readonly id: string
  readonly proposedName: string
  readonly posts: readonly Post[]
}
