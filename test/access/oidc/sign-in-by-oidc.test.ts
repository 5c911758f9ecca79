import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccountStore } from '../../../src/access/accounts/account-store.ts'
import { createLinkStore } from '../../../src/access/accounts/link-store.ts'
import { passwords } from '../../../src/access/accounts/passwords.ts'
import { commandLine } from '../../../src/access/actor.ts'
import { createAuditLog } from '../../../src/access/audit-log.ts'
import { signInByOidc } from '../../../src/access/oidc/sign-in-by-oidc.ts'
import { createSessionStore } from '../../../src/access/sessions/session-store.ts'
import { createSignInLimits } from '../../../src/access/sessions/sign-in-limits.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { readConfig } from '../../../src/platform/config/config.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { invitePerson, startAccessService, type TestService, tokenOf } from '../setting.ts'
import { openTravellingBrowser, startProvider, type TestProvider } from './identity-provider.ts'

const CLIENT = { id: 'entraide', secret: 'a secret: with %, + and /' }

describeEachDatabase.always('signing in with an identity provider', (database) => {
  let address: TestDatabase
  let provider: TestProvider
  let service: TestService
  beforeAll(async () => {
    address = await database()
    provider = await startProvider({})
    service = await start({ OIDC_ROLES: 'support=agent,support=knowledge-manager,leads=supervisor' })
  })
  afterAll(async () => {
    await service.close()
    await provider.close()
  })

  async function start(env: Record<string, string>): Promise<TestService> {
    const started = await startAccessService(address, {
      env: {
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: CLIENT.id,
        OIDC_CLIENT_SECRET: CLIENT.secret,
        OIDC_NAME: 'Example SSO',
        ...env,
      },
    })
    provider.register({ ...CLIENT, redirectUri: `${started.url}/api/sign-in/oidc/callback` })
    return started
  }

  /** Goes to the provider and back as `sub`. */
  async function signIn(sub: string | undefined, to = '/app/review?facet=category', from = service) {
    provider.login = sub
    const browser = openTravellingBrowser()
    const url = new URL(`${from.url}/api/sign-in/oidc`)
    url.searchParams.set('to', to)
    const visited = await browser.follow(url, ({ pathname }) => pathname.startsWith('/app'))
    const last = visited.at(-1)!
    const answer = await browser.get(`${from.url}/api/me`)
    // biome-ignore lint/suspicious/noExplicitAny: tests compare what they got.
    return { browser, visited, last: `${last.pathname}${last.search}`, me: (await answer.json()) as any }
  }

  it('makes an account at the first time, with the roles of the groups, and knows it the second time', async () => {
    provider.people.lea = {
      name: 'Léa',
      email: 'Lea@example.com',
      email_verified: true,
      groups: ['support', 'x'],
    }
    const first = await signIn('lea')
    expect(first.last).toBe('/app/review?facet=category')
    expect(first.visited[0]?.searchParams.get('code_challenge_method')).toBe('S256')
    expect(first.me).toMatchObject({
      name: 'Léa',
      email: 'lea@example.com',
      kind: 'person',
      roles: ['agent', 'knowledge-manager'],
      audience: 'internal',
    })
    expect(first.browser.jarOf(service.url).has('entraide_oidc')).toBe(false)
    provider.people.lea.groups = ['leads']
    const second = await signIn('lea')
    expect(second.me).toMatchObject({ id: first.me.id, roles: ['supervisor'] })
    const { items } = await service.app.access.audit.list({ target: first.me.id, limit: 10 })
    expect(items.map(({ action }) => action).sort()).toEqual([
      'account.changed',
      'account.created',
      'session.started',
      'session.started',
    ])
  })

  it('refuses whoever has no group with a role, and ends the sessions that they had', async () => {
    provider.people.max = { name: 'Max', email: 'max@example.com', email_verified: true, groups: 'support' }
    const { browser, me } = await signIn('max')
    expect(me.roles).toEqual(['agent', 'knowledge-manager'])
    provider.people.max.groups = []
    const refused = await signIn('max')
    expect(refused.last).toMatch(/^\/app\/sign-in\?problem=OIDC_NO_ROLE&to=%2Fapp%2Freview/)
    expect(refused.me).toMatchObject({ status: 401 })
    expect((await browser.get(`${service.url}/api/me`)).status).toBe(401)
  })

  it('is tied to the account with the same address, but only to a verified one, and to one person', async () => {
    const { account } = await invitePerson(service)
    const email = account.email!
    const link = await service.app.access.issueResetLink({ id: account.id, actor: commandLine })
    provider.people.eve = { name: 'Eve', email, email_verified: false, groups: ['support'] }
    expect((await signIn('eve')).last).toContain('problem=OIDC_EMAIL_UNVERIFIED')
    provider.people.own = { name: 'Own', email, email_verified: true, groups: ['support'] }
    expect((await signIn('own')).me).toMatchObject({ id: account.id, name: account.name })
    const { body } = await service.browser().call('/api/invitations/accept', {
      body: { token: tokenOf(link), password: 'another pass phrase' },
    })
    expect(body).toMatchObject({ code: 'LINK_INVALID' })
    provider.people.other = { name: 'Other', email, email_verified: true, groups: ['support'] }
    expect((await signIn('other')).last).toContain('problem=OIDC_EMAIL_TAKEN')
  })

  it('keeps no address that is not verified', async () => {
    provider.people.una = {
      name: 'Una',
      email: 'una@example.com',
      email_verified: false,
      groups: ['support'],
    }
    const { me } = await signIn('una')
    expect(me).toMatchObject({ name: 'Una', roles: ['agent', 'knowledge-manager'] })
    expect(me).not.toHaveProperty('email')
  })

  it('makes one account for a person who first comes in two browsers at once', async () => {
    const { db } = service.app.platform
    const accounts = createAccountStore(db, systemClock)
    const config = readConfig({}).signIn
    const audit = createAuditLog(db, systemClock)
    const deps = {
      db,
      accounts,
      audit,
      config,
      passwords,
      sessions: createSessionStore(db, systemClock, config),
      links: createLinkStore(db, systemClock),
      limits: createSignInLimits({ db, clock: systemClock, audit, accounts }),
      groupRoles: { rolesOf: () => ['agent'] as const, audience: 'internal' as const },
    }
    const claims = { sub: 'twin', name: 'Twin', email: 'twin@example.com', email_verified: true }
    const arrival = { issuer: provider.issuer, claims, origin: { address: '192.0.2.1' } }
    const arrivals = await Promise.all([1, 2, 3].map(() => signInByOidc(deps, arrival)))
    expect(new Set(arrivals.map(({ account }) => account.id)).size).toBe(1)
  })

  it('leaves the last administrator one, whatever the groups say', async () => {
    const { account } = await invitePerson(service, ['admin'])
    const second = await invitePerson(service, ['admin'])
    const email = account.email!
    provider.people.root = { name: 'Root', email, email_verified: true, groups: ['leads'] }
    await service.app.access.disableAccount({ id: second.account.id, actor: commandLine })
    expect((await signIn('root')).me).toMatchObject({ id: account.id, roles: ['supervisor', 'admin'] })
    await service.app.access.enableAccount({ id: second.account.id, actor: commandLine })
    expect((await signIn('root')).me).toMatchObject({ roles: ['supervisor'] })
  })

  it('refuses a disabled account, and a person who was refused there', async () => {
    provider.people.ida = { name: 'Ida', email: 'ida@example.com', email_verified: true, groups: ['support'] }
    const { me } = await signIn('ida')
    await service.app.access.disableAccount({ id: me.id, actor: commandLine })
    expect((await signIn('ida')).last).toContain('problem=OIDC_ACCOUNT_DISABLED')
    const { items } = await service.app.access.audit.list({ target: me.id, limit: 1 })
    expect(items).toMatchObject([
      { action: 'session.refused', after: { way: 'oidc', code: 'OIDC_ACCOUNT_DISABLED' } },
    ])
    expect((await signIn(undefined)).last).toContain('problem=OIDC_FAILED')
  })

  it('leads to pages of its own only', async () => {
    provider.people.lea!.groups = ['leads']
    const elsewhere = [
      'https://evil.example.com/app/',
      '//evil.example.com/app/',
      '/\\evil.example.com/app',
      '/app/../../evil',
      '/app/..//evil.example.com',
      '/api/me',
      'javascript:alert(1)',
    ]
    for (const to of elsewhere) {
      const { visited } = await signIn('lea', to)
      const last = visited.at(-1)!
      expect({ to, at: last.origin }).toEqual({ to, at: service.url })
      expect(last.pathname).toMatch(/^\/app(\/|$)/)
    }
  })

  it('takes back only what it gave out: no code without its cookie, nor with that of another browser', async () => {
    provider.login = 'lea'
    const victim = openTravellingBrowser()
    const attacker = openTravellingBrowser()
    const isBack = ({ pathname }: URL) => pathname === '/api/sign-in/oidc/callback'
    const answer = (await attacker.follow(`${service.url}/api/sign-in/oidc`, isBack)).at(-1)!
    const bare = await victim.get(answer)
    expect(bare.headers.get('location')).toContain('problem=OIDC_FAILED')
    await victim.get(`${service.url}/api/sign-in/oidc`)
    const foreign = await victim.get(answer)
    expect(foreign.headers.get('location')).toContain('problem=OIDC_FAILED')
    expect(victim.jarOf(service.url).has('entraide_session')).toBe(false)
    const broken = openTravellingBrowser()
    broken.jarOf(service.url).set('entraide_oidc', 'nonsense')
    expect((await broken.get(answer)).headers.get('location')).toContain('problem=OIDC_FAILED')
  })

  it('gives roles to nobody where no group gives any: only who was invited may come in', async () => {
    const other = await start({ ENTRAIDE_PASSWORD_SIGN_IN: 'off' })
    try {
      const invitation = { name: 'Nils', email: 'nils@example.com', roles: ['agent'], audience: 'partner' }
      await other.app.access.inviteAccount({ ...invitation, actor: commandLine })
      provider.people.nils = {
        name: 'N.',
        email: 'nils@example.com',
        email_verified: true,
        groups: ['leads'],
      }
      provider.people.new = { name: 'New', email: 'new@example.com', email_verified: true }
      expect((await signIn('nils', '/app/', other)).me).toMatchObject({
        name: 'Nils',
        roles: ['agent'],
        audience: 'partner',
      })
      expect((await signIn('new', '/app/', other)).last).toContain('problem=OIDC_NO_ACCOUNT')
      const options = await other.browser().call('/api/sign-in/options')
      expect(options.body).toEqual({ password: false, oidc: { name: 'Example SSO' }, demoRoles: [] })
      const body = { email: 'nils@example.com', password: 'does not matter' }
      expect((await other.browser().call('/api/sign-in', { body })).body).toMatchObject({
        status: 403,
        code: 'PASSWORD_SIGN_IN_OFF',
        detail: 'Nobody signs in with a password here. Sign in with Example SSO.',
      })
    } finally {
      await other.close()
    }
  })
})

describeEachDatabase('an identity provider', (database) => {
  it('that does not answer is told, and does not keep the service from starting', async () => {
    const provider = await startProvider({})
    await provider.close()
    const service = await startAccessService(await database(), {
      env: { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'entraide' },
    })
    const answer = await service.browser().call('/api/sign-in/oidc')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('/app/sign-in?problem=OIDC_UNAVAILABLE&to=%2Fapp%2F')
    await service.close()
  })

  it('that is configured by half, or by a variable that does not exist, keeps the service from starting', () => {
    const issuer = { OIDC_ISSUER: 'https://login.example.com' }
    const id = { OIDC_CLIENT_ID: 'entraide' }
    expect(() => readConfig({ ...issuer, ...id, OIDC_GROUP_CLAIM: 'teams' })).toThrow(
      expect.objectContaining({ code: 'CONFIG_UNKNOWN' }),
    )
    for (const half of [issuer, id, { OIDC_ROLES: 'support=agent' }])
      expect(() => readConfig(half)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })

  it('that gives roles which do not exist keeps the service from starting', async () => {
    const env = { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'e', OIDC_ROLES: 'staff=king' }
    await expect(startAccessService(await database(), { env })).rejects.toMatchObject({
      code: 'OIDC_ROLE_UNKNOWN',
    })
  })

  it('that is not configured is not there', async () => {
    const service = await startAccessService(await database())
    const answer = await service.browser().call('/api/sign-in/oidc')
    expect(answer.headers.get('location')).toContain('problem=OIDC_NOT_CONFIGURED')
    await service.close()
  })
})
