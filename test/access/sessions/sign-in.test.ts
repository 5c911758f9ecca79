import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { invitePerson, PASSWORD, startAccessService, type TestService, tokenOf } from '../setting.ts'

describeEachDatabase.always('signing in', (database) => {
  let address: TestDatabase
  let service: TestService
  beforeAll(async () => {
    address = await database()
    service = await startAccessService(address)
  })
  afterAll(() => service.close())

  const person = (roles?: string[]) => invitePerson(service, roles)

  it('makes an administrator by the first link, and of nobody by the second', async () => {
    const first = await service.app.access.issueAdministratorLink()
    const second = await service.app.access.issueAdministratorLink()
    const token = tokenOf(first!)
    const browser = service.browser()
    const described = await browser.call('/api/invitations/describe', { body: { token } })
    expect(described.body).toEqual({ purpose: 'administrator' })
    const bare = await browser.call('/api/invitations/accept', { body: { token, password: PASSWORD } })
    expect(bare).toMatchObject({ status: 400, body: { code: 'LINK_EMAIL_REQUIRED' } })
    const body = { token, password: PASSWORD, name: 'Ada', email: 'Ada@Example.com' }
    expect(await browser.call('/api/invitations/accept', { body })).toMatchObject({
      status: 200,
      body: { name: 'Ada', email: 'ada@example.com', roles: ['admin'], audience: 'internal', kind: 'person' },
    })
    expect((await browser.call('/api/me')).body).toMatchObject({ name: 'Ada', preferences: {} })
    const again = { ...body, token: tokenOf(second!), email: 'other@example.com' }
    const refused = await service.browser().call('/api/invitations/accept', { body: again })
    expect(refused).toMatchObject({ status: 410, body: { code: 'LINK_INVALID' } })
    expect(await service.app.access.issueAdministratorLink()).toBeUndefined()
  })

  it('with a password sets a cookie that no script reads', async () => {
    const { account, email } = await person()
    const browser = service.browser()
    expect((await browser.call('/api/me')).body).toMatchObject({ status: 401, code: 'KEY_REQUIRED' })
    const answer = await browser.call('/api/sign-in', {
      body: { email: email.toUpperCase(), password: PASSWORD },
    })
    expect(answer).toMatchObject({ status: 200, body: { id: account.id, kind: 'person', roles: ['agent'] } })
    expect(browser.setCookies()).toEqual([
      expect.stringMatching(
        /^entraide_session=ens_[0-9a-z]{25}_[0-9a-f]{48}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
      ),
    ])
    expect((await browser.call('/api/me')).body).toMatchObject({ id: account.id, email })
    expect((await browser.call('/api/accounts')).body).toMatchObject({ code: 'ROLE_FORBIDDEN' })
  })

  it('answers the same for a wrong password, an unknown address and a disabled account', async () => {
    const { email } = await person()
    const gone = await person()
    await service.app.access.disableAccount({ id: gone.account.id, actor: commandLine })
    const { link } = await service.app.access.inviteAccount({
      name: 'Never came',
      email: 'never@example.com',
      roles: ['agent'],
      audience: 'internal',
      actor: commandLine,
    })
    expect(link.link).toMatch(/^\/app\/welcome#enl_/)
    const attempts = [
      { email, password: 'wrong horse battery' },
      { email: 'nobody@example.com', password: PASSWORD },
      { email: gone.email, password: PASSWORD },
      { email: 'never@example.com', password: PASSWORD },
    ]
    for (const body of attempts) {
      const answer = await service.browser().call('/api/sign-in', { body })
      const { requestId, ...rest } = answer.body
      expect(rest).toEqual({
        type: 'about:blank',
        title: 'Unauthorized',
        status: 401,
        code: 'SIGN_IN_FAILED',
        detail: 'The e-mail address or the password is wrong',
      })
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })

  it('is limited for an address that guesses one account, in all processes, also with the right password', async () => {
    const other = await startAccessService(address)
    try {
      const { email } = await person()
      const guess = (from: TestService, password = 'wrong horse battery', of = email) =>
        from.browser().call('/api/sign-in', { body: { email: of, password } })
      for (let i = 0; i < 5; i++)
        for (const from of [service, other]) expect((await guess(from)).status).toBe(401)
      const refused = await guess(other)
      expect(refused).toMatchObject({ status: 429, body: { code: 'SIGN_IN_LIMITED' } })
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await guess(service, PASSWORD)).status).toBe(429)
      const unknown = 'unknown@example.com'
      for (let i = 0; i < 10; i++) expect((await guess(service, PASSWORD, unknown)).status).toBe(401)
      expect((await guess(service, PASSWORD, unknown)).status).toBe(429)
      const someoneElse = await person()
      expect((await guess(service, PASSWORD, someoneElse.email)).status).toBe(200)
    } finally {
      await other.close()
    }
  })

  it('is limited by the address that a trusted proxy names', async () => {
    const behind = await startAccessService(address, {
      env: { ENTRAIDE_TRUSTED_PROXIES: '10.0.0.0/8,127.0.0.1' },
    })
    try {
      const { email, browser } = await person()
      const guess = (from: TestService, forwarded: string) =>
        from.browser().call('/api/sign-in', {
          body: { email, password: 'wrong horse battery' },
          headers: { 'x-forwarded-for': forwarded },
        })
      for (let i = 0; i < 11; i++) expect((await guess(behind, `192.0.2.${i}`)).status).toBe(401)
      for (let i = 0; i < 10; i++) await guess(behind, '203.0.113.1')
      expect((await guess(behind, '203.0.113.1')).status).toBe(429)
      for (let i = 0; i < 10; i++) await guess(service, `198.51.100.${i}`)
      expect((await guess(service, '198.51.100.99')).status).toBe(429)
      expect((await browser.call('/api/me/sessions')).body.items[0].address).toBe('127.0.0.1')
    } finally {
      await behind.close()
    }
  })

  it('counts refused attempts nowhere, and audits the first of them', async () => {
    const { account, email } = await person()
    const guess = () =>
      service.browser().call('/api/sign-in', { body: { email, password: 'wrong horse battery' } })
    for (let i = 0; i < 15; i++) await guess()
    const who = createHash('sha256').update(email).digest('base64url').slice(0, 22)
    expect(
      await address.db.sql('sign_in_attempts').where({ bucket: `sign-in account ${who}` }),
    ).toMatchObject([{ attempts: 10 }])
    const { items } = await service.app.access.audit.list({ target: account.id, limit: 20 })
    const actions = items.map(({ action }) => action)
    expect(actions.filter((action) => action === 'session.refused')).toHaveLength(10)
    expect(items.filter(({ action }) => action === 'sign-in.limited')).toMatchObject([
      {
        actor: { id: 'anonymous' },
        after: { address: '127.0.0.1' },
        requestId: expect.stringMatching(/^req_/),
      },
    ])
  })

  it('counts attempts made at once', async () => {
    const { email } = await person()
    const body = { email, password: 'wrong horse battery' }
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => service.browser().call('/api/sign-in', { body })),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(6)
  })

  it('with success any number of times is no guessing', async () => {
    const { email } = await person()
    for (let i = 0; i < 12; i++) {
      const answer = await service.browser().call('/api/sign-in', { body: { email, password: PASSWORD } })
      expect(answer.status).toBe(200)
    }
  })

  it('is audited, whether it succeeded or not, without what was typed', async () => {
    const { account, email } = await person()
    await service.browser().call('/api/sign-in', { body: { email, password: 'wrong horse battery' } })
    await service.browser().call('/api/sign-in', { body: { email, password: PASSWORD } })
    const { items } = await service.app.access.audit.list({ target: account.id, limit: 10 })
    expect(items.map(({ action, actor }) => `${action} by ${actor.id}`).sort()).toEqual([
      `account.accepted by ${account.id}`,
      'account.invited by cli',
      'session.refused by anonymous',
      `session.started by ${account.id}`,
      `session.started by ${account.id}`,
    ])
    expect(items.find(({ action }) => action === 'session.refused')?.requestId).toMatch(/^req_/)
    const everything = JSON.stringify(await address.db.sql('audit_log'))
    expect(everything).not.toContain('horse')
    expect(everything).not.toContain('@example.com')
  })
})
