import { afterEach, expect, it } from 'vitest'
import { commandLine } from '../../src/access/actor.ts'
import { type App, createApp } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import type { Serving } from '../../src/server/serve.ts'
import { addSource, someDocument } from '../search/some-documents.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'

describeEachDatabase.always('a request', (database) => {
  const opened: { app: App; serving?: Serving }[] = []

  async function open(address: TestDatabase): Promise<App> {
    const config = readConfig({ ENTRAIDE_HOME: address.home, ENTRAIDE_LOG_LEVEL: 'silent', PORT: '0' })
    const app = await createApp({ ...config, databaseUrl: address.databaseUrl })
    opened.push({ app })
    return app
  }

  /** A process that serves, another on the same database, and a way to ask the first. */
  async function setUp() {
    const address = await database()
    await addSource(address, 'forum', 'public')
    const [app, other] = [await open(address), await open(address)]
    const serving = await app.serve()
    opened.push({ app, serving })
    const request = { name: 'router', roles: ['router'], audience: 'internal', actor: commandLine }
    const { key, token } = await app.access.createKey(request)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const classify = async () => {
      const body = JSON.stringify({ body: 'My invoice is wrong' })
      const answer = await fetch(`${serving.url}/api/classify`, { method: 'POST', headers, body })
      return { status: answer.status, body: await answer.json() }
    }
    const search = async (q: string, as: Record<string, string> = headers) => {
      const answer = await fetch(`${serving.url}/api/search?q=${q}`, { headers: as })
      return { status: answer.status, body: await answer.json() }
    }
    const suggest = async (q: string) => {
      const answer = await fetch(`${serving.url}/api/search/suggest?q=${q}`, { headers })
      const { items } = (await answer.json()) as { items: unknown[] }
      return items
    }
    /** Of most requests: what was searched for is stored beside one of them, once a second. */
    const statementsOf = async (ask: () => Promise<unknown>, times = 20) => {
      const costs: number[] = []
      for (let each = 0; each < times; each++) {
        const before = app.platform.db.statements()
        await ask()
        costs.push(app.platform.db.statements() - before)
      }
      return costs.toSorted((a, b) => a - b)[times / 2]
    }
    return { app, other, key, classify, search, suggest, statementsOf }
  }

  afterEach(async () => {
    for (const { serving } of opened) await serving?.close()
    for (const { app } of opened.splice(0)) await app.close()
  })

  it('to classify, to search or to suggest costs one statement once the process knows its key and the documents', async () => {
    const { app, classify, search, suggest, statementsOf } = await setUp()
    await app.search.documents.put([
      someDocument('a', { body: 'router' }),
      someDocument('b', { body: 'router' }),
    ])
    expect((await classify()).status).toBe(200)
    expect((await search('router')).body).toMatchObject({ total: 2 })
    expect(await statementsOf(classify)).toBe(1)
    expect(await statementsOf(() => search('router'))).toBe(1)
    expect((await search('router', {})).body).toMatchObject({ total: 2 })
    expect(await statementsOf(() => search('router', {}))).toBe(1)
    expect(await suggest('rout')).toHaveLength(2)
    expect(await statementsOf(() => suggest('rout'))).toBe(1)
  })

  it('of a key that another process revoked is refused at once', async () => {
    const { other, key, classify } = await setUp()
    expect((await classify()).status).toBe(200)
    await other.access.revokeKey({ id: key.id, actor: commandLine })
    expect(await classify()).toMatchObject({ status: 401, body: { code: 'KEY_INVALID' } })
  })

  it('follows the rules that another process saved', async () => {
    const { other, classify } = await setUp()
    expect((await classify()).body).toMatchObject({ routing: { ruleSetVersion: 0 } })
    const everything = { destination: { kind: 'queue', name: 'billing' }, priority: 'high' } as const
    await other.triage.saveRuleSet({
      ruleSet: { rules: [], default: everything },
      basedOn: 0,
      actor: commandLine,
    })
    expect((await classify()).body).toMatchObject({ routing: { ...everything, ruleSetVersion: 1 } })
  })

  it('finds what another process wrote, and no thread of a source that it closed', async () => {
    const { app, other, search } = await setUp()
    await app.search.documents.put([someDocument('a', { title: 'Old title', body: 'router' })])
    expect((await search('router')).body).toMatchObject({ items: [{ title: 'Old title' }] })
    await other.search.documents.put([someDocument('a', { title: 'New title', body: 'router' })])
    expect((await search('router')).body).toMatchObject({ items: [{ title: 'New title' }] })
    await other.search.documents.remove(['a'])
    expect((await search('router')).body).toMatchObject({ total: 0, items: [] })

    await app.search.documents.put([someDocument('b', { body: 'modem' })])
    const anyone = () => app.search.query({ q: 'modem', audience: 'public' })
    expect(await anyone()).toMatchObject({ total: 1 })
    await other.platform.db.sql('sources').where({ name: 'forum' }).update({ audience: 'internal' })
    expect(await anyone()).toMatchObject({ total: 0, items: [] })
  })
})
