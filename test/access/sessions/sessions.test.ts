import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { fakeClock } from '../../support/fake-clock.ts'
import { invitePerson, PASSWORD, startAccessService, type TestService } from '../setting.ts'

const HOUR_MS = 3_600_000

describeEachDatabase.always('a session', (database) => {
  let address: TestDatabase
  let service: TestService
  let other: TestService
  const clock = fakeClock('2026-01-01T00:00:00.000Z')
  beforeAll(async () => {
    address = await database()
    service = await startAccessService(address, { clock })
    other = await startAccessService(address, { clock })
  })
  afterAll(() => Promise.all([service.close(), other.close()]))

  const person = (roles?: string[]) => invitePerson(service, roles)
  const tokenOf = (browser: { cookies: Map<string, string> }) => browser.cookies.get('entraide_session')!
  const signedIn = async (email: string) => {
    const browser = service.browser()
    clock.advance(1)
    expect((await browser.call('/api/sign-in', { body: { email, password: PASSWORD } })).status).toBe(200)
    return browser
  }

  it('is nowhere in the database but as a hash', async () => {
    const { browser } = await person()
    const secret = tokenOf(browser).split('_')[2]!
    const tables = ['sessions', 'session_uses', 'audit_log', 'accounts', 'account_links']
    const everything = JSON.stringify(await Promise.all(tables.map((table) => address.db.sql(table))))
    expect(everything).not.toContain(secret)
  })

  it('costs a request one statement once the process knows it', async () => {
    const { browser } = await person(['router'])
    const { db } = service.app.platform
    const classify = () => browser.call('/api/classify', { body: { body: 'My invoice is wrong' } })
    expect((await classify()).status).toBe(200)
    const before = db.statements()
    for (let i = 0; i < 20; i++) await classify()
    expect((db.statements() - before) / 20).toBe(1)
  })

  it('is another at each sign-in, and the earlier one of the browser is over', async () => {
    const { email } = await person()
    const browser = await signedIn(email)
    const first = tokenOf(browser)
    await browser.call('/api/sign-in', { body: { email, password: PASSWORD } })
    expect(tokenOf(browser)).not.toBe(first)
    const thief = service.browser()
    thief.cookies.set('entraide_session', first)
    expect((await thief.call('/api/me')).body).toMatchObject({ status: 401, code: 'SESSION_ENDED' })
  })

  it('is never one that somebody else chose', async () => {
    const { email, account } = await person()
    const { browser: attacker } = await person()
    const victim = service.browser()
    victim.cookies.set('entraide_session', tokenOf(attacker))
    await victim.call('/api/sign-in', { body: { email, password: PASSWORD } })
    expect((await victim.call('/api/me')).body).toMatchObject({ id: account.id })
    expect((await attacker.call('/api/me')).body).toMatchObject({ code: 'SESSION_ENDED' })
    const made = `ens_${'0'.repeat(25)}_${'a'.repeat(48)}`
    victim.cookies.set('entraide_session', made)
    await victim.call('/api/sign-in', { body: { email, password: PASSWORD } })
    expect(tokenOf(victim)).not.toBe(made)
  })

  it('ends at sign-out, in every process, and its cookie is taken back', async () => {
    const { browser } = await person()
    const copy = other.browser()
    copy.cookies.set('entraide_session', tokenOf(browser))
    expect((await copy.call('/api/me')).status).toBe(200)
    expect((await browser.call('/api/sign-out', { method: 'POST' })).status).toBe(204)
    expect(browser.cookies.size).toBe(0)
    expect((await copy.call('/api/me')).body).toMatchObject({ code: 'SESSION_ENDED' })
    expect((await browser.call('/api/sign-out', { method: 'POST' })).status).toBe(204)
  })

  it('ends when nobody used it for a day, whichever process it was used in', async () => {
    const { browser } = await person()
    const elsewhere = other.browser()
    elsewhere.cookies.set('entraide_session', tokenOf(browser))
    for (let i = 0; i < 4; i++) {
      clock.advance(12 * HOUR_MS)
      expect((await elsewhere.call('/api/me')).status).toBe(200)
      await expect
        .poll(async () => (await elsewhere.call('/api/me/sessions')).body.items[0].usedAt)
        .toBe(clock.now().toISOString())
    }
    expect((await browser.call('/api/me')).status).toBe(200)
    clock.advance(24 * HOUR_MS)
    expect((await elsewhere.call('/api/me')).body).toMatchObject({ code: 'SESSION_ENDED' })
    expect((await browser.call('/api/me')).body).toMatchObject({ code: 'SESSION_ENDED' })
  })

  it('ends although an open page keeps listening, for that is no use of it', async () => {
    const { browser } = await person()
    const cookie = `entraide_session=${tokenOf(browser)}`
    for (let i = 0; i < 3; i++) {
      clock.advance(9 * HOUR_MS)
      const hangUp = new AbortController()
      const { status } = await fetch(`${service.url}/api/events`, {
        headers: { cookie },
        signal: hangUp.signal,
      })
      hangUp.abort()
      expect(status).toBe(i < 2 ? 200 : 401)
    }
  })

  it('and its stream of events go on whatever others do and its person prefers, until it ends', async () => {
    const { browser, email } = await person()
    const stream = await fetch(`${service.url}/api/events`, {
      headers: { cookie: `entraide_session=${tokenOf(browser)}` },
    })
    let hasEnded = false
    const ended = stream.text().then(() => {
      hasEnded = true
    })
    const counter = async () => (await service.app.platform.db.counters()).sessions
    const before = await counter()
    const preferences = { theme: 'dark' }
    expect((await browser.call('/api/me', { method: 'PATCH', body: { preferences } })).status).toBe(200)
    expect(await counter()).toBe(before)
    const second = await signedIn(email)
    expect(await counter()).not.toBe(before)
    await sleep(1_500)
    expect(hasEnded).toBe(false)
    expect((await second.call('/api/me/sessions', { method: 'DELETE' })).status).toBe(204)
    await ended
  })

  it('ends after thirty days, however much it is used', async () => {
    const { browser } = await person()
    for (let day = 0; day < 29; day++) {
      clock.advance(23 * HOUR_MS)
      expect((await browser.call('/api/me')).status).toBe(200)
    }
    clock.advance(23 * HOUR_MS)
    await browser.call('/api/me')
    clock.advance(23 * HOUR_MS)
    await browser.call('/api/me')
    clock.advance(8 * HOUR_MS)
    expect((await browser.call('/api/me')).body).toMatchObject({ code: 'SESSION_ENDED' })
  })

  it('is listed to its person alone, who ends one or all others', async () => {
    const { browser, email } = await person()
    const [second, third] = [await signedIn(email), await signedIn(email)]
    const { body } = await browser.call('/api/me/sessions')
    expect(body.items).toHaveLength(3)
    expect(body.items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    const { browser: stranger } = await person()
    const newest = body.items[0].id
    const foreign = await stranger.call(`/api/me/sessions/${newest}`, { method: 'DELETE' })
    expect(foreign).toMatchObject({ status: 404, body: { code: 'SESSION_NOT_FOUND' } })
    expect((await browser.call(`/api/me/sessions/${newest}`, { method: 'DELETE' })).status).toBe(204)
    expect((await third.call('/api/me')).status).toBe(401)
    expect((await second.call('/api/me')).status).toBe(200)
    expect((await browser.call('/api/me/sessions', { method: 'DELETE' })).status).toBe(204)
    expect((await second.call('/api/me')).status).toBe(401)
    expect((await browser.call('/api/me/sessions')).body.items).toHaveLength(1)
  })

  it('ends when an administrator disables its person, and does not begin again', async () => {
    const { account, browser, email } = await person()
    const { app } = other
    await app.access.disableAccount({ id: account.id, actor: commandLine })
    expect((await browser.call('/api/me')).body).toMatchObject({ code: 'SESSION_ENDED' })
    const refused = await browser.call('/api/sign-in', { body: { email, password: PASSWORD } })
    expect(refused.body).toMatchObject({ status: 401, code: 'SIGN_IN_FAILED' })
    await app.access.enableAccount({ id: account.id, actor: commandLine })
    expect((await browser.call('/api/me')).status).toBe(401)
    expect((await signedIn(email)).cookies.size).toBe(1)
  })

  it('follows the roles of its person from the next request on', async () => {
    const { account, browser } = await person(['agent'])
    expect((await browser.call('/api/audit')).status).toBe(403)
    await other.app.access.changeAccount({ id: account.id, roles: ['supervisor'], actor: commandLine })
    expect((await browser.call('/api/audit')).status).toBe(200)
    await other.app.access.changeAccount({ id: account.id, audience: 'partner', actor: commandLine })
    expect((await browser.call('/api/audit')).body).toMatchObject({ code: 'AUDIT_INTERNAL_ONLY' })
  })

  it('follows the proficiency of its person from the next request on', async () => {
    const { account, browser } = await person(['supervisor'])
    const promote = async () =>
      (await browser.call('/api/threads/none/promote', { method: 'POST' })).body.code as string
    expect(await promote()).toBe('ARTICLE_NEEDS_CANDIDATE')
    const change = { id: account.id, actor: commandLine }
    await other.app.access.changeAccount({ ...change, proficiency: 'candidate' })
    expect(await promote()).toBe('THREAD_NOT_FOUND')
    await other.app.access.changeAccount({ ...change, proficiency: null })
    expect(await promote()).toBe('ARTICLE_NEEDS_CANDIDATE')
  })

  it('yields to a key in the header, and a wrong key is refused all the same', async () => {
    const { browser } = await person()
    const { key, token } = await service.app.access.createKey({
      name: 'robot',
      roles: ['router'],
      audience: 'internal',
      actor: commandLine,
    })
    const headers = { authorization: `Bearer ${token}` }
    expect((await browser.call('/api/me', { headers })).body).toEqual({
      id: key.id,
      name: 'robot',
      kind: 'key',
      roles: ['router'],
      audience: 'internal',
      preferences: {},
    })
    const wrong = { authorization: 'Bearer nonsense' }
    expect((await browser.call('/api/me', { headers: wrong })).body).toMatchObject({ code: 'KEY_INVALID' })
    const body = { preferences: { theme: 'dark' } }
    const patched = await browser.call('/api/me', { method: 'PATCH', headers, body })
    expect(patched.body).toMatchObject({ status: 403, code: 'PERSON_REQUIRED' })
  })

  it('that is no more does not keep anybody from what is public, or from signing in', async () => {
    const { email } = await person()
    const browser = service.browser()
    browser.cookies.set('entraide_session', 'nonsense')
    expect((await browser.call('/api/sign-in/options')).status).toBe(200)
    expect((await browser.call('/api/sign-in', { body: { email, password: PASSWORD } })).status).toBe(200)
  })
})

describeEachDatabase('a request by the cookie of a session', (database) => {
  let service: TestService
  beforeAll(async () => {
    service = await startAccessService(await database(), {
      env: { ENTRAIDE_PUBLIC_URL: 'https://entraide.example.com' },
    })
  })
  afterAll(() => service.close())

  const ownPages: Record<string, string>[] = [
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-origin', origin: 'https://behind.a.proxy.example' },
    { origin: 'https://entraide.example.com' },
  ]
  const others: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://entraide.example.com' },
    { origin: 'https://evil.example.com' },
    { origin: 'null' },
    { origin: '' },
  ]

  it('may change something only from a page of its own', async () => {
    const { browser } = await invitePerson(service)
    const patch = (headers: Record<string, string>) =>
      browser.call('/api/me', { method: 'PATCH', body: { preferences: { theme: 'dark' } }, headers })
    expect((await patch({})).status).toBe(200)
    for (const headers of ownPages)
      expect({ headers, status: (await patch(headers)).status }).toEqual({ headers, status: 200 })
    for (const headers of others)
      expect({ headers, body: (await patch(headers)).body }).toMatchObject({
        headers,
        body: { status: 403, code: 'CROSS_SITE_REQUEST' },
      })
    expect((await browser.call('/api/me', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200)
    for (const [method, path] of [
      ['POST', '/api/sign-out'],
      ['DELETE', '/api/me/sessions'],
    ] as const)
      expect((await browser.call(path, { method, headers: others[0] })).body).toMatchObject({
        code: 'CROSS_SITE_REQUEST',
      })
  })

  it('or one that signs in is refused to other sites, but not to programs', async () => {
    const { email } = await invitePerson(service)
    const body = { email, password: PASSWORD }
    const foreign = await service.browser().call('/api/sign-in', { body, headers: others[0] })
    expect(foreign.body).toMatchObject({ code: 'CROSS_SITE_REQUEST' })
    const program = await fetch(`${service.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(program.status).toBe(200)
    expect(program.headers.get('set-cookie')).toContain('; Secure')
  })

  it('is refused without any sign of its page', async () => {
    const { browser } = await invitePerson(service)
    const answer = await fetch(`${service.url}/api/me/sessions`, {
      method: 'DELETE',
      headers: { cookie: `entraide_session=${browser.cookies.get('entraide_session')}` },
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'CROSS_SITE_REQUEST' })
  })
})
