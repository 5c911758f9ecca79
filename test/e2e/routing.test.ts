import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '../../src/access/actor.ts'
import type { StoredPost } from '../../src/triage/intake/store-post.ts'
import type { StoredThread } from '../../src/triage/intake/write-records.ts'
import type { RuleSetComparison } from '../../src/triage/routing/diff-rule-sets.ts'
import { rule, type StoredRuleSet } from '../../src/triage/routing/routing-rule.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'

interface Problem {
  readonly code: string
  readonly detail: string
}

const desk = { destination: { kind: 'queue', name: 'desk' }, priority: 'high', slaMinutes: 60 } as const
const community = { destination: { kind: 'community', name: 'community' }, priority: 'normal' } as const
const resolved = rule('resolved', { resolved: true }, community)
const orders = rule('orders', { pattern: { matches: '\\bCMD-\\d+\\b' } }, desk)

describeEachDatabase.rarely('routing for a company’s own platform, over HTTP', (database) => {
  let address: TestDatabase
  let service: Service
  const keys = new Map<Role, string>()

  beforeAll(async () => {
    address = await database([SERVED])
    for (const role of ['router', 'agent', 'supervisor'] as const)
      keys.set(role, (await keyOf(address, role)).token)
    service = await startService(address)
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
  })

  const call = <T>(role: Role, path: string, options: Parameters<Service['call']>[1] = {}) =>
    service.call<T>(`/api${path}`, { ...options, key: keys.get(role) })
  const save = (rules: object[], etag: string, more: object = {}) =>
    call<StoredRuleSet & Problem>('supervisor', '/routing/rules', {
      method: 'PUT',
      body: { rules, default: community, ...more },
      headers: { 'if-match': etag },
    })
  const question = { source: 'shop', id: '17', title: 'Where is it?', body: 'My order **CMD-4711** is late.' }

  it('keeps versions of the rules, which are compared and restored over HTTP and at the command line', async () => {
    expect((await save([resolved, orders], '"0"')).status).toBe(200)
    const calendars = {
      desk: {
        timeZone: 'Europe/Paris',
        open: [{ days: ['monday'], from: '09:00', to: '18:00' }],
        closedDays: ['12-25'],
      },
    }
    expect((await save([orders], '"1"', { calendars })).body).toMatchObject({ version: 2, calendars })
    const diff = await call<RuleSetComparison>('agent', '/routing/rules/diff?from=1')
    expect(diff.body).toMatchObject({
      from: 1,
      to: 2,
      removed: [resolved],
      added: [],
      changed: [],
      moved: [],
      calendars: [{ name: 'desk', after: calendars.desk }],
      same: false,
    })
    const restore = (version: number, etag: string) =>
      call<StoredRuleSet & Problem>('supervisor', `/routing/rules/versions/${version}/restore`, {
        method: 'POST',
        headers: { 'if-match': etag },
      })
    expect((await restore(1, '"1"')).body.code).toBe('ROUTING_RULES_CONFLICT')
    expect((await restore(9, '"2"')).body.code).toBe('ROUTING_VERSION_NOT_FOUND')
    expect((await restore(1, '"2"')).body).toMatchObject({ version: 3, rules: [resolved, orders] })
    const { body } = await call<{ items: object[] }>('agent', '/routing/rules/versions?limit=2')
    expect(body.items).toMatchObject([
      { version: 3, restoredFrom: 1, actor: { name: 'supervisor' } },
      { version: 2 },
    ])
    expect((await call<RuleSetComparison>('agent', '/routing/rules/diff?from=1&to=3')).body.same).toBe(true)

    const { versions } = await runJson<{ versions: object[] }>(address, ['rules', 'list'])
    expect(versions.map((each) => (each as { version: number }).version)).toEqual([3, 2, 1, 0])
    expect((await runCommand(address, ['rules', 'diff', '2', '3'])).stdout).toBe(
      [
        'From version 2 to version 3:',
        '+ resolved: {"resolved":true} → community community, normal',
        `- calendar desk: ${JSON.stringify(calendars.desk)}`,
        '',
      ].join('\n'),
    )
    expect(await runJson(address, ['rules', 'restore', '2'])).toEqual({ version: 4, restoredFrom: 2 })
    expect(await runJson(address, ['rules', 'restore', '3'])).toEqual({ version: 5, restoredFrom: 3 })
    expect(await runJson(address, ['rules', 'show'])).toMatchObject({ version: 5, rules: [resolved, orders] })
    expect(await runCommand(address, ['rules', 'show', '99'])).toMatchObject({ code: 1 })
  })

  it('refuses a pattern that could take for ever, and says where it is', async () => {
    const pattern = { matches: '((a{100}){100}){100}' }
    const refused = await save([rule('bad', { not: { pattern } }, desk)], '"5"')
    expect(refused).toMatchObject({ status: 422, body: { code: 'ROUTING_PATTERN_INVALID' } })
    expect(refused.body.detail).toContain('when/not/pattern')
  })

  it('lets a routing engine read facets and labels, and write nothing of them', async () => {
    const facets = await call<{ items: { name: string }[] }>('router', '/facets')
    expect(facets.body.items.map(({ name }) => name)).toContain('message-kind')
    const labels = await call<{ items: { name: string }[] }>('router', '/facets/message-kind/labels')
    expect(labels.body.items.map(({ name }) => name)).toContain('complaint')
    expect((await call('router', '/facets', { body: { name: 'mood' } })).status).toBe(403)
  })

  it('stores and routes a question, once however often it is sent', async () => {
    const stored = await call<StoredThread>('router', '/threads', { body: question })
    expect(stored).toMatchObject({
      status: 201,
      body: {
        outcome: 'new',
        language: 'en',
        routing: { ...desk, rule: 'orders', ruleSetVersion: 5, slaDueAt: expect.any(String) },
      },
    })
    const again = await call<StoredThread>('router', '/threads', { body: question })
    expect(again).toMatchObject({
      status: 200,
      body: { outcome: 'unchanged', threadId: stored.body.threadId },
    })
    const several = await Promise.all(
      Array.from({ length: 5 }, () =>
        call<StoredThread>('router', '/threads', { body: { ...question, id: '18' } }),
      ),
    )
    expect(several.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
    expect(new Set(several.map(({ body }) => body.threadId)).size).toBe(1)

    const edited = { ...question, body: 'It came, thank you.', facts: { segment: 'business' } }
    const changed = await call<StoredThread>('router', '/threads', { body: edited })
    expect(changed).toMatchObject({
      status: 200,
      body: { outcome: 'changed', threadId: stored.body.threadId, routing: { rule: 'default' } },
    })
    const { body } = await call<{ items: object[]; createdAt: string; externalId: string }>(
      'agent',
      `/threads/${stored.body.threadId}`,
    )
    expect(body).toMatchObject({ externalId: '17', source: 'shop', posts: [{ body: 'It came, thank you.' }] })
    const list = await call<{ items: object[] }>('agent', '/threads?source=shop')
    expect(list.body.items).toHaveLength(2)
  })

  it('follows a question with an answer, its acceptance and a comment, once each', async () => {
    const { threadId } = (await call<StoredThread>('router', '/threads', { body: { ...question, id: '19' } }))
      .body
    const post = (body: object) =>
      call<StoredPost & Problem>('router', `/threads/${threadId}/posts`, { body })
    const answer = {
      id: '19',
      kind: 'answer',
      body: 'It arrives tomorrow.',
      author: { id: 'u2', name: 'Grace' },
    }
    expect(await post(answer)).toMatchObject({
      status: 201,
      body: { threadId, outcome: 'new', kind: 'answer', accepted: false, routing: { rule: 'orders' } },
    })
    expect(await post(answer)).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
    const accepted = { ...answer, accepted: true }
    expect(await post(accepted)).toMatchObject({
      status: 200,
      body: { outcome: 'changed', accepted: true, routing: { rule: 'resolved' } },
    })
    expect(await post(accepted)).toMatchObject({
      status: 200,
      body: { outcome: 'unchanged', accepted: true },
    })
    // The platform says nothing of acceptance here, so it stays.
    expect(await post({ ...answer, body: 'It came today.' })).toMatchObject({
      body: { outcome: 'changed', accepted: true },
    })
    const comment = { id: 'c1', kind: 'comment', body: 'Thanks!', parentId: '19' }
    expect(await post(comment)).toMatchObject({ status: 201, body: { kind: 'comment' } })
    expect(await post(comment)).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
    expect(await post({ ...answer, accepted: false })).toMatchObject({ body: { accepted: false } })
    const { body } = await call<{ posts: { kind: string; body: string; author?: object }[] }>(
      'agent',
      `/threads/${threadId}`,
    )
    expect(body.posts.map(({ kind, body: text }) => [kind, text])).toEqual([
      ['question', 'My order **CMD-4711** is late.'],
      ['answer', 'It arrives tomorrow.'],
      ['comment', 'Thanks!'],
    ])
    expect(body.posts[1]?.author).toMatchObject({ name: 'Grace' })
  })

  it('refuses what it cannot place, and tells which and why', async () => {
    const { threadId } = (await call<StoredThread>('router', '/threads', { body: { ...question, id: '20' } }))
      .body
    const other = (await call<StoredThread>('router', '/threads', { body: { ...question, id: '21' } })).body
    const post = async (id: string, body: object) => {
      const refused = await call<Problem>('router', `/threads/${id}/posts`, { body })
      return [refused.status, refused.body.code]
    }
    const answer = { id: 'a1', kind: 'answer', body: 'Yes.' }
    expect(await post('thr_none', answer)).toEqual([404, 'THREAD_NOT_FOUND'])
    expect(await post(threadId, { ...answer, kind: 'comment', accepted: true })).toEqual([
      422,
      'POST_NOT_ACCEPTABLE',
    ])
    expect(await post(threadId, { ...answer, parentId: 'a9' })).toEqual([422, 'POST_PARENT_UNKNOWN'])
    expect(await post(threadId, answer)).toEqual([201, undefined])
    expect(await post(other.threadId, answer)).toEqual([409, 'POST_ID_TAKEN'])
    expect(await post(threadId, { ...answer, kind: 'comment' })).toEqual([409, 'POST_ID_TAKEN'])
    const future = { ...question, id: '22', createdAt: '2999-01-01T00:00:00Z' }
    expect((await call<Problem>('router', '/threads', { body: future })).body.code).toBe(
      'POST_SOURCE_REFUSED',
    )
    expect((await call<Problem>('agent', '/threads', { body: question })).status).toBe(403)
    const narrow = await runJson<{ token: string }>(address, [
      'keys',
      'create',
      '--name',
      'outside',
      '--role',
      'router',
      '--audience',
      'public',
    ])
    const outside = (body: object) => service.call<Problem>('/api/threads', { key: narrow.token, body })
    expect((await outside(question)).body.code).toBe('SOURCE_AUDIENCE_FORBIDDEN')
    expect((await outside({ ...question, source: 'new' })).body.code).toBe('SOURCE_AUDIENCE_FORBIDDEN')
    expect((await outside({ ...question, source: 'new', audience: 'public' })).status).toBe(201)
  })
})
