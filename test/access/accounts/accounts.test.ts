import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import {
  invitePerson,
  PASSWORD,
  startAccessService,
  type TestBrowser,
  type TestService,
  tokenOf,
} from '../setting.ts'

describeEachDatabase.always('/api/accounts', (database) => {
  let address: TestDatabase
  let service: TestService
  let admin: Awaited<ReturnType<typeof invitePerson>>
  beforeAll(async () => {
    address = await database()
    service = await startAccessService(address)
    admin = await invitePerson(service, ['admin'])
  })
  afterAll(() => service.close())

  const invitation = (email: string, more = {}) => ({
    name: 'Hélène Æther',
    email,
    roles: ['supervisor', 'agent'],
    audience: 'internal',
    ...more,
  })
  const accept = (token: string, more = {}, browser: TestBrowser = service.browser()) =>
    browser.call('/api/invitations/accept', { body: { token, password: PASSWORD, ...more } })

  it('invite a person by a link that works once', async () => {
    const body = invitation('Helene@Example.com', { language: 'fr', proficiency: 'coach' })
    const invited = await admin.browser.call('/api/accounts', { body })
    expect(invited).toMatchObject({
      status: 201,
      body: {
        email: 'helene@example.com',
        roles: ['agent', 'supervisor'],
        status: 'invited',
        proficiency: 'coach',
        link: expect.stringMatching(/^\/app\/welcome#enl_[0-9a-z]{25}_[0-9a-f]{48}$/),
      },
    })
    const again = await admin.browser.call('/api/accounts', { body })
    expect(again.body).toMatchObject({ status: 409, code: 'ACCOUNT_EXISTS' })
    const token = tokenOf(invited.body)
    const described = await service.browser().call('/api/invitations/describe', { body: { token } })
    expect(described.body).toEqual({
      purpose: 'invitation',
      name: 'Hélène Æther',
      email: 'helene@example.com',
      language: 'fr',
    })
    const browser = service.browser()
    expect((await accept(token, { name: 'Hélène' }, browser)).body).toMatchObject({
      id: invited.body.id,
      name: 'Hélène',
      language: 'fr',
    })
    expect((await browser.call('/api/me')).body.email).toBe('helene@example.com')
    expect((await accept(token)).body).toMatchObject({ status: 410, code: 'LINK_INVALID' })
    const all = await admin.browser.call('/api/accounts?search=HELENE')
    expect(all.body.items).toMatchObject([{ id: invited.body.id, status: 'active' }])
    expect(JSON.stringify(await address.db.sql('account_links'))).not.toContain(token.split('_')[2])
  })

  it('take no password that is short, long or obvious, and leave the link valid', async () => {
    const { body } = await admin.browser.call('/api/accounts', {
      body: invitation('a-long-address@example.com', { name: 'Somebody With A Name' }),
    })
    const token = tokenOf(body)
    const refused = async (password: string, more = {}) =>
      (await accept(token, { password, ...more })).body.code
    expect(await refused('eleven char')).toBe('PASSWORD_TOO_SHORT')
    expect(await refused('👍'.repeat(11))).toBe('PASSWORD_TOO_SHORT')
    expect(await refused('x'.repeat(1_001))).toBe('VALIDATION_FAILED')
    expect(await refused('A-Long-Address@example.com')).toBe('PASSWORD_TOO_OBVIOUS')
    expect(await refused('somebodywithaname')).toBe('PASSWORD_TOO_OBVIOUS')
    expect(await refused('my other name', { name: 'My Other Name' })).toBe('PASSWORD_TOO_OBVIOUS')
    const longest = 'é'.repeat(1_000)
    expect((await accept(token, { password: longest })).status).toBe(200)
    const composed = longest.normalize('NFD').slice(0, 1_000)
    expect(composed).not.toBe(longest)
    const signIn = (password: string) =>
      service.browser().call('/api/sign-in', { body: { email: 'a-long-address@example.com', password } })
    expect((await signIn(longest)).status).toBe(200)
    expect((await signIn(longest.slice(1))).status).toBe(401)
  })

  it('hand out a link for a new password, which ends all sessions', async () => {
    const person = await invitePerson(service)
    const issue = () =>
      admin.browser.call(`/api/accounts/${person.account.id}/reset-link`, { method: 'POST' })
    const [first, second] = [await issue(), await issue()]
    expect((await accept(tokenOf(first.body))).body.code).toBe('LINK_INVALID')
    expect((await person.browser.call('/api/me')).status).toBe(200)
    const password = 'another horse battery'
    expect((await accept(tokenOf(second.body), { password })).status).toBe(200)
    expect((await person.browser.call('/api/me')).status).toBe(401)
    const signIn = (given: string) =>
      service.browser().call('/api/sign-in', { body: { email: person.email, password: given } })
    expect((await signIn(PASSWORD)).status).toBe(401)
    expect((await signIn(password)).status).toBe(200)
    await admin.browser.call(`/api/accounts/${person.account.id}/disable`, { method: 'POST' })
    expect((await issue()).body).toMatchObject({ status: 409, code: 'ACCOUNT_DISABLED' })
  })

  it('sign a person out everywhere', async () => {
    const { account, browser } = await invitePerson(service)
    const path = `/api/accounts/${account.id}/sessions`
    expect((await admin.browser.call(path, { method: 'DELETE' })).status).toBe(204)
    expect((await browser.call('/api/me')).body.code).toBe('SESSION_ENDED')
  })

  it('keep the last administrator who can sign in', async () => {
    const path = `/api/accounts/${admin.account.id}`
    await admin.browser.call('/api/accounts', {
      body: invitation('not-yet@example.com', { roles: ['admin'] }),
    })
    const last = { status: 409, code: 'LAST_ADMINISTRATOR' }
    expect((await admin.browser.call(`${path}/disable`, { method: 'POST' })).body).toMatchObject(last)
    const demote = (of: string) =>
      admin.browser.call(`/api/accounts/${of}`, { method: 'PATCH', body: { roles: ['agent'] } })
    expect((await demote(admin.account.id)).body).toMatchObject(last)
    const second = await invitePerson(service, ['admin'])
    const third = await invitePerson(service, ['admin'])
    const ids = [admin, second, third].map(({ account }) => account.id)
    const demotions = await Promise.allSettled(
      ids.map((id) => service.app.access.changeAccount({ id, roles: ['agent'], actor: commandLine })),
    )
    expect(demotions.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    const left = ids[demotions.findIndex(({ status }) => status === 'rejected')]!
    admin = [admin, second, third].find(({ account }) => account.id === left)!
    expect((await admin.browser.call('/api/accounts')).status).toBe(200)
  })

  it('give nobody more audience than the administrator has, and show no account that has more', async () => {
    const partner = await invitePerson(service, ['admin'], 'partner')
    const wide = await invitePerson(service, ['agent'])
    const { browser } = partner
    const forbidden = { status: 403, code: 'ACCOUNT_AUDIENCE_FORBIDDEN' }
    const invited = await browser.call('/api/accounts', { body: invitation('wide@example.com') })
    expect(invited.body).toMatchObject(forbidden)
    const own = await browser.call(`/api/accounts/${partner.account.id}`, {
      method: 'PATCH',
      body: { audience: 'internal' },
    })
    expect(own.body).toMatchObject(forbidden)
    const hidden = { status: 404, code: 'ACCOUNT_NOT_FOUND' }
    for (const [method, path, body] of [
      ['PATCH', '', { name: 'x' }],
      ['POST', '/disable'],
      ['POST', '/enable'],
      ['POST', '/reset-link'],
      ['DELETE', '/sessions'],
    ] as const)
      expect(
        (await browser.call(`/api/accounts/${wide.account.id}${path}`, { method, body })).body,
      ).toMatchObject(hidden)
    const listed = await browser.call('/api/accounts?limit=100')
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([partner.account.id])
    const narrow = await browser.call('/api/accounts', {
      body: invitation('narrow@example.com', { audience: 'customer' }),
    })
    expect(narrow.status).toBe(201)
  })

  it('are listed by name in pages, each once, and found by a part of name or address', async () => {
    for (const [name, email] of [
      ['Zoë 100%', 'page-1@list.example'],
      ['émile', 'page-2@list.example'],
      ['Adèle', 'page_3@list.example'],
      ['Emil', 'page-4@list.example'],
      ['adele', 'page-5@list.example'],
    ])
      await admin.browser.call('/api/accounts', { body: invitation(email!, { name }) })
    const names: string[] = []
    let cursor: string | undefined
    do {
      const query = cursor === undefined ? '' : `&cursor=${cursor}`
      const { body } = await admin.browser.call(`/api/accounts?limit=2&search=list.example${query}`)
      names.push(...body.items.map(({ name }: { name: string }) => name))
      cursor = body.next
    } while (cursor !== undefined)
    expect(names.map((name) => name.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, ''))).toEqual([
      'adele',
      'adele',
      'emil',
      'emile',
      'zoe 100%',
    ])
    const found = async (search: string) =>
      (await admin.browser.call(`/api/accounts?search=${encodeURIComponent(search)}`)).body.items.length
    expect(await found('ÉMIL')).toBe(2)
    expect(await found('page_3')).toBe(1)
    expect(await found('page-_')).toBe(0)
    expect(await found('%')).toBeLessThan(2)
  })

  it('are for administrators, whose every act is audited', async () => {
    const agent = await invitePerson(service, ['supervisor', 'agent', 'knowledge-manager', 'router'])
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['PATCH', '/usr_x'],
      ['POST', '/usr_x/disable'],
      ['POST', '/usr_x/enable'],
      ['POST', '/usr_x/reset-link'],
      ['DELETE', '/usr_x/sessions'],
    ])
      expect((await agent.browser.call(`/api/accounts${path}`, { method: method! })).body.code).toBe(
        'ROLE_FORBIDDEN',
      )
    const { id } = agent.account
    await admin.browser.call(`/api/accounts/${id}`, {
      method: 'PATCH',
      body: { roles: ['agent'], name: 'New' },
    })
    await admin.browser.call(`/api/accounts/${id}/disable`, { method: 'POST' })
    await admin.browser.call(`/api/accounts/${id}/enable`, { method: 'POST' })
    const { items } = await service.app.access.audit.list({ target: id, actor: admin.account.id, limit: 10 })
    expect(items.map(({ action }) => action)).toEqual([
      'account.enabled',
      'account.disabled',
      'account.changed',
    ])
    expect(items[2]).toMatchObject({
      before: { name: agent.account.name },
      after: { name: 'New', roles: ['agent'] },
    })
  })
})

describeEachDatabase.always('/api/me', (database) => {
  let service: TestService
  beforeAll(async () => {
    service = await startAccessService(await database())
  })
  afterAll(() => service.close())

  const patch = (browser: TestBrowser, body: object) => browser.call('/api/me', { method: 'PATCH', body })

  it('keeps each preference that is given as a whole, and the others as they were', async () => {
    const { browser } = await invitePerson(service)
    const shortcuts = { enabled: true, keys: { 'review.skip': 'k', 'review.undo': 'u' } }
    const views = [{ id: 'a', name: 'Mine', path: '/app/threads?author=me' }]
    await patch(browser, { preferences: { theme: 'dark', shortcuts, views } })
    await patch(browser, {
      preferences: { shortcuts: { enabled: false, keys: {} } },
      language: 'fr',
      name: 'Neu',
    })
    expect((await browser.call('/api/me')).body).toMatchObject({
      name: 'Neu',
      language: 'fr',
      preferences: { theme: 'dark', shortcuts: { enabled: false, keys: {} }, views },
    })
  })

  it('loses none of the preferences that are changed at once', async () => {
    const { browser } = await invitePerson(service)
    const changes = [
      { theme: 'dark' },
      { language: 'fr' },
      { shortcuts: { enabled: false, keys: {} } },
      { views: [{ id: 'a', name: 'Mine', path: '/app/threads' }] },
    ]
    await Promise.all(changes.map((preferences) => patch(browser, { preferences })))
    expect((await browser.call('/api/me')).body.preferences).toEqual(Object.assign({}, ...changes))
  })

  it('makes links for a new password invalid when the password is changed, and keeps who mistyped the old one', async () => {
    const { account, browser } = await invitePerson(service)
    const link = await service.app.access.issueResetLink({ id: account.id, actor: commandLine })
    const change = (current: string) =>
      browser.call('/api/me/password', { body: { current, next: 'a newer horse' } })
    expect((await change('wrong horse battery')).status).toBe(403)
    expect((await change(PASSWORD)).status).toBe(204)
    const body = { token: tokenOf(link), password: 'another pass phrase' }
    expect((await service.browser().call('/api/invitations/accept', { body })).body).toMatchObject({
      code: 'LINK_INVALID',
    })
    const { items } = await service.app.access.audit.list({ target: account.id, limit: 2 })
    expect(items.map(({ action }) => action)).toEqual([
      'account.password-changed',
      'account.password-refused',
    ])
  })

  it('keeps no more than 64 kB of them, and only addresses of the workbench', async () => {
    const { browser } = await invitePerson(service)
    const views = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ id: `${i}`, name: 'v', path: `/app/${'x'.repeat(1_000)}` }))
    expect((await patch(browser, { preferences: { views: views(60) } })).status).toBe(200)
    expect((await patch(browser, { preferences: { views: views(70) } })).body).toMatchObject({
      status: 413,
      code: 'PREFERENCES_TOO_LARGE',
    })
    for (const path of [
      'javascript:alert(1)',
      'https://evil.example.com/',
      '//evil.example.com/app/',
      '/api/keys',
    ])
      expect((await patch(browser, { preferences: { views: [{ id: 'x', name: 'x', path }] } })).status).toBe(
        400,
      )
    expect((await patch(browser, { preferences: { anything: 1 } })).status).toBe(400)
  })

  it('changes a password for whoever knows the current one, and ends the other sessions', async () => {
    const { browser, email } = await invitePerson(service)
    const elsewhere = service.browser()
    await elsewhere.call('/api/sign-in', { body: { email, password: PASSWORD } })
    const change = (current: string, next: string) =>
      browser.call('/api/me/password', { body: { current, next } })
    expect((await change('wrong horse battery', 'a newer horse')).body).toMatchObject({
      code: 'PASSWORD_WRONG',
    })
    expect((await change(PASSWORD, 'short')).body).toMatchObject({ code: 'PASSWORD_TOO_SHORT' })
    expect((await change(PASSWORD, 'a newer horse')).status).toBe(204)
    expect((await elsewhere.call('/api/me')).status).toBe(401)
    expect((await browser.call('/api/me')).status).toBe(200)
    for (let i = 0; i < 10; i++) await change('wrong horse battery', 'a newer horse')
    expect((await change('a newer horse', PASSWORD)).body).toMatchObject({
      status: 429,
      code: 'SIGN_IN_LIMITED',
    })
  })
})
