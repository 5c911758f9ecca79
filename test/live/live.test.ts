import { afterEach, expect, it } from 'vitest'
import { type Actor, commandLine, type Role } from '../../src/access/actor.ts'
import type { Audience } from '../../src/access/audience.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { createKeyStore } from '../../src/access/key-store.ts'
import { createKey, revokeKey } from '../../src/access/manage-keys.ts'
import { createArticleStore } from '../../src/articles/article-store.ts'
import type { RaisedFlag } from '../../src/articles/events.ts'
import { createImportHistory } from '../../src/ingest/imports/import-history.ts'
import { createImportStore } from '../../src/ingest/imports/import-store.ts'
import { createSourceStore } from '../../src/ingest/source-store.ts'
import { createFacetStore } from '../../src/labels/facet-store.ts'
import { createHappeningStore } from '../../src/live/happening-store.ts'
import { liveJobs } from '../../src/live/jobs.ts'
import { liveRoutes } from '../../src/live/routes.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { createOutbox, type DomainEvent } from '../../src/platform/jobs/events.ts'
import { createJobStore } from '../../src/platform/jobs/job-store.ts'
import { createConflictStore } from '../../src/review/conflicts/conflict-store.ts'
import { countQueue } from '../../src/review/queue/count-queue.ts'
import { serve as listenOn } from '../../src/server/serve.ts'
import { buildTestApp } from '../server/test-app.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { drainJobs } from '../support/drain-jobs.ts'
import { eventually } from '../support/eventually.ts'

interface Received {
  readonly id?: string
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly data: any
}

const PACE = { pollMs: 20, heartbeatMs: 50, countMs: 20, recountMs: 60_000, lifetimeMs: 600_000 }

const actor = (name: string, audience: Audience, ...roles: Role[]): Actor => ({
  id: `key_${name}`,
  name,
  audience,
  roles,
})
const actors = [
  actor('boss', 'internal', 'supervisor', 'knowledge-manager'),
  actor('agent', 'internal', 'agent'),
  actor('partner', 'partner', 'agent'),
  actor('router', 'internal', 'router'),
]

const facetFixture = { description: '', riskBudget: 0.05, requireParity: false }

const raisedFlag = (articleId: string): RaisedFlag => ({
  articleId,
  passageId: 'psg_1',
  section: 'resolution',
  postId: 'pst_1',
  flag: 'edited',
  flaggedAt: '2026-01-10T08:00:00.000Z',
})

const activated = (version: number): DomainEvent => ({
  type: 'model.activated',
  facet: 'category',
  facetId: 'fct_1',
  versionId: `ver_${version}`,
  version,
  activatedAt: '2026-01-10T08:00:00.000Z',
})

describeEachDatabase.always('the stream of events', (database) => {
  const ends: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  /** One `serve` process. */
  async function serve(address: TestDatabase, pace = PACE, withKeys = false) {
    const { db } = address
    const clock = systemClock
    const conflicts = createConflictStore(db, clock)
    const facets = createFacetStore(db, clock)
    const deps = {
      db,
      clock,
      log: { warn: () => undefined },
      happenings: createHappeningStore(db, clock),
      articles: createArticleStore(db, clock),
      conflicts,
      history: createImportHistory(db, clock),
      countQueue: (reader: Audience) => countQueue({ db, clock, facets, conflicts }, reader),
    }
    const resolveKey = async (token: string) => actors.find(({ name }) => name === token)
    const { app, lines } = await buildTestApp(
      address,
      [liveRoutes(deps, pace)],
      withKeys ? {} : { resolveKey },
    )
    const serving = await listenOn(app, { port: 0, host: '127.0.0.1' })
    const { url, close } = serving
    ends.push(() => close())

    async function listen(who: string, { lastId, query = '' }: { lastId?: string; query?: string } = {}) {
      const hangUp = new AbortController()
      const response = await fetch(`${url}/api/events${query}`, {
        signal: hangUp.signal,
        headers: { authorization: `Bearer ${who}`, ...(lastId && { 'last-event-id': lastId }) },
      })
      ends.push(() => hangUp.abort())
      const received: Received[] = []
      const text = { all: '' }
      const ended = (async () => {
        let rest = ''
        try {
          for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
            text.all += chunk
            const parts = (rest + chunk).split('\n\n')
            rest = parts.pop()!
            for (const part of parts) {
              const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]
              const event = field('event')
              if (event !== undefined)
                received.push({ id: field('id'), event, data: JSON.parse(field('data') ?? 'null') })
            }
          }
        } catch {
          // Hung up.
        }
      })()
      const of = (event: string) => received.filter((each) => each.event === event)
      return {
        response,
        received,
        of,
        text,
        ended,
        hangUp: () => hangUp.abort(),
        until: (event: string, count = 1) =>
          eventually(
            () => of(event),
            (some) => some.length >= count,
            20,
          ),
      }
    }
    return { app, lines, listen, close }
  }

  /** What happens, and the jobs that make it heard. */
  function world({ db }: TestDatabase) {
    const wake = () => undefined
    const clock = systemClock
    const jobs = createJobStore(db, clock, wake)
    const outbox = createOutbox(db, clock, wake)
    const deps = {
      db,
      clock,
      jobs,
      happenings: createHappeningStore(db, clock),
      conflicts: createConflictStore(db, clock),
    }
    return {
      articles: createArticleStore(db, clock),
      happenings: deps.happenings,
      async happens(...events: DomainEvent[]) {
        for (const event of events) {
          await outbox.append(event)
          await drainJobs(deps, liveJobs(deps))
        }
      },
    }
  }

  it('tells listeners of all processes what happens', async () => {
    const address = await database()
    const { happens } = world(address)
    const listeners = await Promise.all(
      [await serve(address), await serve(address)].map(({ listen }) => listen('agent')),
    )
    for (const { until } of listeners) await until('ready')
    await happens(activated(3))
    for (const { until, response } of listeners) {
      const [event] = await until('model.activated')
      expect(event).toMatchObject({ data: { facet: 'category', version: 3 } })
      expect(response.headers.get('content-type')).toContain('text/event-stream')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('tells a listener who comes back what it missed, in order and once, also of another process', async () => {
    const address = await database()
    const { happens } = world(address)
    const first = await serve(address)
    const before = await first.listen('agent')
    await before.until('ready')
    await happens(activated(1))
    const [seen] = await before.until('model.activated')
    before.hangUp()
    await first.close()
    await happens(activated(2), activated(3))

    const second = await serve(address)
    for (const way of [{ lastId: seen!.id! }, { query: `?after=${seen!.id}` }]) {
      const again = await second.listen('agent', way)
      const [ready] = await again.until('ready')
      expect(ready!.data).toEqual({ resumed: true })
      await happens(activated(4))
      await again.until('model.activated', 3)
      expect(
        again
          .of('model.activated')
          .slice(0, 3)
          .map(({ data }) => data.version),
      ).toEqual([2, 3, 4])
      again.hangUp()
    }
  })

  it('says when it cannot tell what was missed', async () => {
    const address = await database()
    const { happens, happenings } = world(address)
    await happens(activated(1), activated(2))
    const { listen } = await serve(address)
    const first = await listen('agent')
    expect((await first.until('ready'))[0]).toMatchObject({ id: '2', data: { resumed: false } })
    await happenings.prune('9999')
    for (const lastId of ['1', '999', 'nonsense']) {
      const { until } = await listen('agent', { lastId })
      expect((await until('ready'))[0]).toMatchObject({ id: '2', data: { resumed: false } })
    }
  })

  it('tells of articles only those who may see them, and of alerts only supervisors', async () => {
    const address = await database()
    const { happens, articles } = world(address)
    const content = { title: 't', issue: 'i', environment: '', resolution: 'r', cause: '', language: 'en' }
    const add = async (confidence: 'validated' | 'wip', audience: Audience) =>
      (await articles.add({ ...content, threadIds: [], confidence, audience }, commandLine))!.id
    const internal = await add('validated', 'internal')
    const open = await add('validated', 'public')
    const draft = await add('wip', 'internal')
    const { listen } = await serve(address)
    const [boss, partner, router] = await Promise.all(['boss', 'partner', 'router'].map((who) => listen(who)))
    for (const { until } of [boss!, partner!, router!]) await until('ready')
    const changed = [internal, draft, open].map(
      (articleId): DomainEvent => ({ type: 'article.changed', articleId, revision: 1 }),
    )
    await happens(
      {
        type: 'alert.raised',
        alertId: 'alr_1',
        kind: 'parity',
        facet: 'category',
        version: 1,
        audience: 'internal',
      },
      ...changed,
      { type: 'article.draft-changed', articleId: open, version: 7 },
      { type: 'flags.raised', flags: [raisedFlag(open)] },
      { type: 'article.changed', articleId: open, revision: 2 },
    )
    const heard = async (listener: typeof boss, count: number) =>
      (await listener!.until('article.changed', count)).map(({ data }) => data)
    expect(await heard(boss, 4)).toEqual([
      { id: internal, revision: 1 },
      { id: draft, revision: 1 },
      { id: open, revision: 1 },
      { id: open, revision: 2 },
    ])
    expect(await heard(partner, 2)).toEqual([1, 2].map((revision) => ({ id: open, revision })))
    expect((await heard(router, 3)).map(({ id }) => id)).toEqual([internal, open, open])
    for (const { of } of [boss!, partner!]) {
      expect(of('article.draft-changed')[0]!.data).toEqual({ id: open, version: 7 })
      expect(of('article.flagged')[0]!.data).toEqual({ id: open })
    }
    for (const event of ['article.draft-changed', 'article.flagged']) expect(router!.of(event)).toEqual([])
    expect(boss!.of('alert.raised')[0]!.data).toMatchObject({ id: 'alr_1', kind: 'parity' })
    expect([...partner!.received, ...router!.received].map(({ event }) => event)).not.toContain(
      'alert.raised',
    )
  })

  it('tells the progress of imports to those who may list them, and what runs to whoever connects', async () => {
    const address = await database()
    const sources = createSourceStore(address.db, systemClock)
    const imports = createImportStore(address.db, systemClock)
    const hidden = await sources.ensure({ name: 'staff', format: 'ndjson', audience: 'internal' })
    const { listen } = await serve(address)
    const boss = await listen('boss')
    await boss.until('ready')
    const run = await imports.begin(hidden.id, 'ndjson')
    expect((await boss.until('import.progress'))[0]!.data).toMatchObject({ id: run.id, status: 'running' })
    const late = await listen('boss')
    const agent = await listen('agent')
    expect((await late.until('import.progress'))[0]!.data).toMatchObject({ id: run.id })
    await imports.cancel(run, undefined)
    for (const { until } of [boss, late])
      expect((await until('import.progress', 2))[1]!.data).toMatchObject({ id: run.id, status: 'cancelled' })
    expect(agent.of('import.progress')).toEqual([])
    const after = await listen('boss')
    await after.until('queue.changed')
    expect(after.of('import.progress')).toEqual([])
  })

  it('tells the counts of the review queue at first, and again when they changed', async () => {
    const address = await database()
    const { db } = address
    const facets = createFacetStore(db, systemClock)
    const facet = await facets.add({ ...facetFixture, name: 'category' })
    const { happens } = world(address)
    const { listen } = await serve(address)
    const agent = await listen('agent')
    const none = { facet: facet.name, misroutes: 0, audit: 0, uncertain: 0, conflicts: 0 }
    expect((await agent.until('queue.changed'))[0]!.data).toEqual({ facets: [none] })
    await facets.add({ ...facetFixture, name: 'urgency' })
    await happens({ type: 'misroute.reported', misrouteId: 'mis_1', threadId: 'thr_1' })
    await db.sql('sequences').where({ name: 'queue' }).increment('value', 1)
    const [, second] = await agent.until('queue.changed', 2)
    expect(second!.data.facets).toHaveLength(2)
  })

  it('ends when its key is revoked, when it has lasted, and when the server closes, but not by what others do', async () => {
    const address = await database()
    const { db } = address
    const keys = createKeyStore(db, systemClock)
    const access = { db, clock: systemClock, keys, audit: createAuditLog(db, systemClock) }
    const issue = (name: string) =>
      createKey(access, { name, roles: ['agent'], audience: 'internal', actor: commandLine })
    const [{ key, token: revoked }, { token }] = [await issue('one'), await issue('two')]
    const { listen, close } = await serve(address, PACE, true)
    const [one, two] = [await listen(revoked), await listen(token)]
    await one.until('queue.changed')
    await two.until('queue.changed')
    await issue('other')
    await world(address).happens(activated(1))
    await one.until('model.activated')
    await revokeKey(access, { id: key.id, actor: commandLine })
    await one.ended
    await world(address).happens(activated(2))
    await two.until('model.activated', 2)
    expect(one.of('model.activated')).toHaveLength(1)
    expect(two.of('ready')).toHaveLength(1)
    await close()
    await two.ended

    const short = await serve(address, { ...PACE, lifetimeMs: 1 })
    const three = await short.listen('agent')
    await three.ended
    expect(three.of('ready')).toHaveLength(1)
  })

  it('refuses callers without a key, keeps quiet connections open, and is logged once', async () => {
    const { listen, app, close, lines } = await serve(await database())
    expect((await listen('nobody')).response.status).toBe(401)
    const agent = await listen('agent')
    await eventually(
      () => agent.text.all,
      (text) => text.includes(': still here'),
      20,
    )
    expect(
      (await app.inject({ method: 'HEAD', url: '/api/events', headers: { authorization: 'Bearer agent' } }))
        .statusCode,
    ).toBe(405)
    agent.hangUp()
    const boss = await listen('boss')
    await boss.until('ready')
    await close()
    await boss.ended
    const logged = (who: string) =>
      lines().filter((line) => line.route === '/api/events' && line.actor === `key_${who}`)
    await eventually(
      () => logged('agent'),
      (some) => some.length > 0,
      20,
    )
    expect(logged('agent').filter(({ method }) => method === 'GET')).toHaveLength(1)
    expect(logged('boss')).toHaveLength(1)
  })
})
