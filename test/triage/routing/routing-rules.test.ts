import { expect, it } from 'vitest'
import { triageRoutes } from '../../../src/triage/routes.ts'
import { countDecisions } from '../../../src/triage/routing/count-decisions.ts'
import { builtInRuleSet, type RuleSet, rule } from '../../../src/triage/routing/routing-rule.ts'
import { usualOrder } from '../../../src/triage/routing/routing-schemas.ts'
import { simulateRuleSet } from '../../../src/triage/routing/simulate-rule-set.ts'

import { buildTestApp } from '../../server/test-app.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { setUpTriage } from '../setting.ts'

async function setUp(database: TestDatabase) {
  const setting = await setUpTriage(database)
  const { app, keyFor } = await buildTestApp(database, [triageRoutes(setting.deps)], { clock: setting.clock })
  const { headers } = await keyFor('supervisor')
  return {
    setting,
    app,
    keyFor,
    read: () => app.inject({ url: '/api/routing/rules', headers }),
    put: (body: object | string, etag?: string) =>
      app.inject({
        method: 'PUT',
        url: '/api/routing/rules',
        headers: {
          ...headers,
          'content-type': 'application/json',
          ...(etag !== undefined && { 'if-match': etag }),
        },
        payload: body,
      }),
    simulate: (body: object, key = headers) =>
      app.inject({ method: 'POST', url: '/api/routing/simulate', headers: key, payload: body }),
  }
}

const somewhere = { destination: { kind: 'queue', name: 'somewhere' }, priority: 'normal' } as const
const withRules = (...rules: RuleSet['rules']): RuleSet => ({ rules, default: usualOrder.default })
const billing = rule('billing', { label: { facet: 'category', is: 'billing' } }, somewhere)

describeEachDatabase.always('routing rules', (database) => {
  it('are the built-in ones until others are saved', async () => {
    const { read, put } = await setUp(await database())
    const first = await read()
    expect(first.json()).toEqual(builtInRuleSet)
    expect(first.headers.etag).toBe('"0"')
    const saved = await put(usualOrder, '"0"')
    expect(saved.statusCode).toBe(200)
    expect(saved.headers.etag).toBe('"1"')
    const second = await read()
    expect(second.json()).toEqual({ version: 1, ...usualOrder })
    expect(second.headers.etag).toBe('"1"')
  })

  it('are changed only by who read the version in force', async () => {
    const { read, put } = await setUp(await database())
    expect((await put(usualOrder)).json()).toMatchObject({ status: 428, code: 'PRECONDITION_REQUIRED' })
    expect((await put(usualOrder, '"1"')).json()).toMatchObject({
      status: 412,
      code: 'ROUTING_RULES_CONFLICT',
    })
    expect((await put(usualOrder, 'anything')).statusCode).toBe(412)
    const rivals = await Promise.all([put(withRules(billing), '"0"'), put(usualOrder, '"0"')])
    expect(rivals.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412])
    expect((await read()).json().version).toBe(1)
  })

  it('are audited, and all threads are routed by them', async () => {
    const { setting, put } = await setUp(await database())
    await setting.store([{ id: 't1', title: 'Wrong invoice' }])
    await setting.activate({ invoice: 'billing' })
    await put(withRules(billing), '"0"')
    await setting.drain()
    expect((await setting.decisions.currentOf(['t1'])).get('t1')).toMatchObject({ rule: 'billing' })
    const { items } = await setting.audit.list({ target: 'routing-rules/1', limit: 10 })
    expect(items).toMatchObject([
      {
        action: 'routing-rules.saved',
        after: { rules: [{ name: 'billing' }] },
        before: { rules: [...builtInRuleSet.rules] },
      },
    ])
  })

  it('that cannot be meant are refused, naming rule and place', async () => {
    const { put, simulate, read } = await setUp(await database())
    const refused: [RuleSet, string, RegExp][] = [
      [
        withRules(
          rule('a', { any: [{ resolved: true }, { not: { abstained: { facet: 'mood' } } }] }, somewhere),
        ),
        'ROUTING_FACET_UNKNOWN',
        /"a", at when\/any\/1\/not\/abstained: .*"mood"/,
      ],
      [
        withRules(rule('a', { label: { facet: 'category', in: ['billing', 'biling'] } }, somewhere)),
        'ROUTING_LABEL_UNKNOWN',
        /"a", at when\/label: .*"category".*"biling"/,
      ],
      [withRules(billing, billing), 'ROUTING_RULE_NAME_TAKEN', /2.*"billing"/],
      [withRules(rule('default', { resolved: true }, somewhere)), 'ROUTING_RULE_NAME_TAKEN', /1.*"default"/],
    ]
    for (const [ruleSet, code, detail] of refused) {
      for (const answer of [await put(ruleSet, '"0"'), await simulate(ruleSet)]) {
        expect(answer.json()).toMatchObject({ status: 422, code })
        expect(answer.json().detail).toMatch(detail)
      }
    }
    expect((await read()).json().version).toBe(0)
  })

  it('of another shape are refused, saying where', async () => {
    const { put } = await setUp(await database())
    const whenever = (when: unknown) => ({ ...withRules({ ...billing, when } as never) })
    for (const [when, where] of [
      [{}, '/rules/0/when'],
      [{ resolved: true, answered: true }, '/rules/0/when'],
      [{ all: [{ lable: { facet: 'category' } }] }, '/rules/0/when/all/0'],
      [{ all: [] }, '/rules/0/when/all'],
      [{ label: { facet: 3 } }, '/rules/0/when/label/facet'],
      [{ views: {} }, '/rules/0/when/views'],
      [{ unanswered: { forMinutes: -1 } }, '/rules/0/when/unanswered/forMinutes'],
      [{ fact: { name: 'revenue', is: null } }, '/rules/0/when/fact/is'],
      [{ askerRole: { is: 'wizard' } }, '/rules/0/when/askerRole/is'],
    ] as const) {
      const problem = (await put(whenever(when), '"0"')).json()
      expect(problem).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' })
      expect(JSON.stringify(problem.errors)).toContain(where)
    }
    const nested = (levels: number) => `${'{"not":'.repeat(levels)}{"resolved":true}${'}'.repeat(levels)}`
    const deep = (levels: number) => JSON.stringify(whenever('deep')).replace('"deep"', nested(levels))
    expect((await put(deep(60), '"0"')).json()).toMatchObject({ code: 'ROUTING_RULES_TOO_DEEP' })
    expect((await put(deep(100_000), '"0"')).json()).toMatchObject({ code: 'BODY_TOO_COMPLEX' })
  })

  it('may be read by agents and changed by supervisors only', async () => {
    const { app, keyFor } = await setUp(await database())
    const { headers } = await keyFor('agent')
    const asked = async (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) =>
      (await app.inject({ method, url, headers, ...(payload && { payload }) })).statusCode
    expect(await asked('GET', '/api/routing/rules')).toBe(200)
    expect(await asked('PUT', '/api/routing/rules', usualOrder)).toBe(403)
    expect(await asked('POST', '/api/routing/simulate', usualOrder)).toBe(403)
  })
})

describeEachDatabase.always('a simulation', (database) => {
  it('shows where the stored threads would go and which would move, and stores nothing', async () => {
    const { setting, simulate } = await setUp(await database())
    await setting.activate({ invoice: 'billing', antenna: 'network' })
    const ids = Array.from({ length: 300 }, (_, i) => `t${i}`)
    const titles = ['Wrong invoice', 'No antenna', 'Hello']
    await setting.store(ids.map((id, i) => ({ id, title: titles[i % 3] ?? '' })))
    await setting.drain()
    const tables = ['routing_decisions', 'routing_rule_sets', 'predictions', 'jobs', 'events', 'audit_log']
    const stored = () => Promise.all(tables.map((table) => setting.db.sql(table)))
    const before = await stored()
    const answer = await simulate(
      withRules(billing, rule('never', { resolved: true }, somewhere), ...builtInRuleSet.rules),
    )
    expect(answer.statusCode).toBe(200)
    const { moved, ...rest } = answer.json()
    const community = { kind: 'community', name: 'community' }
    expect(rest).toEqual({
      threads: 300,
      destinations: expect.arrayContaining([
        { destination: somewhere.destination, threads: 100 },
        { destination: { kind: 'queue', name: 'triage' }, threads: 100 },
        { destination: community, threads: 100 },
      ]),
      rules: [
        { rule: 'billing', threads: 100 },
        { rule: 'never', threads: 0 },
        { rule: 'complaints', threads: 0 },
        { rule: 'ideas', threads: 0 },
        { rule: 'sales', threads: 0 },
        { rule: 'nothing-asked', threads: 0 },
        { rule: 'not-sure', threads: 100 },
        { rule: 'default', threads: 100 },
      ],
    })
    expect(moved).toMatchObject({
      threads: 100,
      flows: [{ from: community, to: somewhere.destination, threads: 100 }],
    })
    expect(moved.examples).toHaveLength(20)
    expect(moved.examples[0]).toEqual({
      threadId: expect.any(String),
      title: 'Wrong invoice',
      from: { rule: 'default', destination: community },
      to: { rule: 'billing', destination: somewhere.destination },
    })
    expect(await stored()).toEqual(before)
  })

  it('tries only threads that the asker may see', async () => {
    const { setting, simulate } = await setUp(await database())
    await setting.store([{ id: 'p1', title: 'Public' }], { name: 'forum', audience: 'public' })
    await setting.store([{ id: 'i1', title: 'Internal secret' }], { name: 'desk', audience: 'internal' })
    const ruleSet = withRules(rule('all', { resolved: false }, somewhere))
    expect((await simulate(ruleSet)).json().threads).toBe(2)
    const seen = await simulateRuleSet(setting.deps, { ruleSet, reader: 'public' })
    expect(seen).toMatchObject({ threads: 1, moved: { threads: 1, examples: [{ title: 'Public' }] } })
  })
})

describeEachDatabase.always('the counts of routing decisions', (database) => {
  it('tell how many threads each rule in force decides, of those that the asker may see', async () => {
    const { setting, app, keyFor, put } = await setUp(await database())
    await setting.activate({ invoice: 'billing' })
    await put(withRules(billing, rule('never', { resolved: true }, somewhere)), '"0"')
    await setting.store([
      { id: 'b1', title: 'Wrong invoice' },
      { id: 'b2', title: 'Another invoice' },
      { id: 'o1', title: 'Hello' },
    ])
    await setting.store([{ id: 'i1', title: 'Internal invoice' }], { name: 'desk', audience: 'internal' })
    await setting.drain()
    const { headers } = await keyFor('agent')
    const answer = await app.inject({ url: '/api/routing/rules/counts', headers })
    expect(answer.json()).toEqual({
      version: 1,
      rules: [
        { rule: 'billing', threads: 3 },
        { rule: 'never', threads: 0 },
        { rule: 'default', threads: 1 },
      ],
    })
    const seen = await countDecisions(setting.deps, { reader: 'public' })
    expect(seen.rules.map(({ threads }) => threads)).toEqual([2, 0, 1])
  })
})
