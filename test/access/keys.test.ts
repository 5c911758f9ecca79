import { beforeAll, beforeEach, expect, it } from 'vitest'
import { type Actor, commandLine } from '../../src/access/actor.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { createKeyResolver, createKeyStore } from '../../src/access/key-store.ts'
import { createKey, replaceKey, revokeKey } from '../../src/access/manage-keys.ts'

import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'

function setUp({ db }: TestDatabase) {
  const clock = fakeClock('2026-01-01T00:00:00.000Z')
  const keys = createKeyStore(db, clock)
  const audit = createAuditLog(db, clock)
  const deps = { db, clock, keys, audit }
  const create = (name: string, more: Partial<Parameters<typeof createKey>[1]> = {}) =>
    createKey(deps, { name, roles: ['agent'], audience: 'internal', actor: commandLine, ...more })
  return { ...deps, deps, create, resolve: createKeyResolver(db, keys).resolve }
}

describeEachDatabase.always('API keys', (database) => {
  let shared: TestDatabase
  beforeAll(async () => {
    shared = await database()
  })
  beforeEach(async () => {
    for (const table of ['api_keys', 'audit_log']) await shared.db.sql(table).delete()
  })

  it('stand for their holder with roles and audience', async () => {
    const { create, resolve } = setUp(shared)
    const { key, token } = await create(' routing engine ', {
      roles: ['supervisor', 'router', 'router'],
      audience: 'partner',
    })
    expect(token).toMatch(/^ent_[0-9a-z]{25}_[0-9a-f]{48}$/)
    expect(await resolve(token)).toEqual({
      id: key.id,
      name: 'routing engine',
      roles: ['router', 'supervisor'],
      audience: 'partner',
    })
  })

  it('are nowhere in the database but as a hash', async () => {
    const { db, create } = setUp(shared)
    const { token } = await create('a')
    const secret = token.split('_')[2] as string
    const everything = JSON.stringify([await db.sql('api_keys'), await db.sql('audit_log')])
    expect(everything).not.toContain(secret)
    expect(await db.sql('api_keys')).toMatchObject([{ secret_hash: expect.stringMatching(/^[0-9a-f]{64}$/) }])
  })

  it('are refused when anything in them differs, or when they are no keys at all', async () => {
    const { create, resolve } = setUp(shared)
    const { token } = await create('a')
    const other = await create('b')
    const [, id] = token.split('_')
    const wrong = [
      `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
      `ent_${id}_${other.token.split('_')[2]}`,
      token.toUpperCase(),
      `${token}0`,
      ` ${token}`,
      'ent__',
      '',
      "ent_' or 1=1 --_",
      'x'.repeat(10_000),
    ]
    for (const one of wrong) expect(await resolve(one)).toBeUndefined()
  })

  it('are refused from the moment they are revoked, which happens once', async () => {
    const { clock, create, deps, resolve, audit } = setUp(shared)
    const { key, token } = await create('a')
    clock.advance(1000)
    const revoked = await revokeKey(deps, { id: key.id, actor: commandLine })
    expect(revoked).toEqual({ ...key, revokedAt: '2026-01-01T00:00:01.000Z' })
    expect(await resolve(token)).toBeUndefined()
    clock.advance(1000)
    expect(await revokeKey(deps, { id: key.id, actor: commandLine })).toEqual(revoked)
    const { items } = await audit.list({ target: key.id, limit: 10 })
    expect(items.map(({ action }) => action)).toEqual(['key.revoked', 'key.created'])
    await expect(revokeKey(deps, { id: 'key_none', actor: commandLine })).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
      status: 404,
    })
  })

  it('have a name of their own while they are in use', async () => {
    const { create, deps } = setUp(shared)
    const { key } = await create('a')
    await expect(create('a')).rejects.toMatchObject({ code: 'KEY_NAME_TAKEN', status: 409 })
    await revokeKey(deps, { id: key.id, actor: commandLine })
    await expect(create('a')).resolves.toMatchObject({ key: { name: 'a' } })
  })

  it('of one name asked for at once are made once', async () => {
    const { create, keys } = setUp(shared)
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => create('a')))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await keys.list('internal', {})).items).toHaveLength(1)
  })

  it('are reissued by name: the old one is refused when the new one is out', async () => {
    const { deps, resolve, keys } = setUp(shared)
    const issue = (roles: string[]) =>
      replaceKey(deps, { name: 'demo agent', roles, audience: 'internal', actor: commandLine })
    const first = await issue(['agent'])
    const second = await issue(['agent', 'supervisor'])
    expect(await resolve(first.token)).toBeUndefined()
    expect(await resolve(second.token)).toMatchObject({ roles: ['agent', 'supervisor'] })
    expect((await keys.findNamed('demo agent'))?.id).toBe(second.key.id)
  })

  it('keep the old one when the new one cannot be made', async () => {
    const { deps, create, resolve } = setUp(shared)
    const { token } = await create('a')
    const replacing = replaceKey(deps, {
      name: 'a',
      roles: ['king'],
      audience: 'internal',
      actor: commandLine,
    })
    await expect(replacing).rejects.toMatchObject({ code: 'KEY_ROLE_UNKNOWN' })
    expect(await resolve(token)).toMatchObject({ name: 'a' })
  })

  it('are made only with a name, known roles and a known audience', async () => {
    const { create, keys } = setUp(shared)
    for (const name of ['', '   ', 'x'.repeat(101), 'a\u0000b', 'a\nb'])
      await expect(create(name)).rejects.toMatchObject({ code: 'KEY_NAME_INVALID' })
    await expect(create('a', { roles: [] })).rejects.toMatchObject({ code: 'KEY_ROLE_UNKNOWN' })
    await expect(create('a', { audience: 'everyone' })).rejects.toMatchObject({
      code: 'KEY_AUDIENCE_UNKNOWN',
    })
    expect(await keys.list('internal', {})).toEqual({ items: [] })
  })

  it('never see more than whoever gives them out', async () => {
    const { create } = setUp(shared)
    const actor: Actor = { id: 'key_x', name: 'x', roles: ['admin'], audience: 'customer' }
    await expect(create('a', { actor, audience: 'partner' })).rejects.toMatchObject({
      code: 'KEY_AUDIENCE_FORBIDDEN',
      status: 403,
    })
    await expect(create('a', { actor, audience: 'public' })).resolves.toBeDefined()
  })

  it('are listed in pages, newest first, each once', async () => {
    const { clock, create, keys } = setUp(shared)
    for (let i = 0; i < 7; i++) {
      await create(`key ${i}`)
      clock.advance(1)
    }
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await keys.list('internal', { limit: 3, ...(cursor === undefined ? {} : { cursor }) })
      names.push(...page.items.map(({ name }) => name))
      cursor = page.next
    } while (cursor !== undefined)
    expect(names).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `key ${i}`))
  })

  it('of a wider audience are neither shown to nor revoked by an administrator of a narrower one', async () => {
    const { deps, create, keys, resolve } = setUp(shared)
    const wide = await create('wide')
    const narrow = await create('narrow', { audience: 'partner' })
    const partner: Actor = { ...commandLine, id: 'key_partner', audience: 'partner' }
    const hidden = { code: 'KEY_NOT_FOUND', status: 404 }
    await expect(revokeKey(deps, { id: wide.key.id, actor: partner })).rejects.toMatchObject(hidden)
    const sameName = { name: 'wide', roles: ['agent'], audience: 'partner', actor: partner }
    await expect(replaceKey(deps, sameName)).rejects.toMatchObject({ code: 'KEY_NAME_TAKEN' })
    expect(await resolve(wide.token)).toBeDefined()
    expect((await keys.list('partner', {})).items.map(({ name }) => name)).toEqual(['narrow'])
    await revokeKey(deps, { id: narrow.key.id, actor: partner })
    expect(await resolve(narrow.token)).toBeUndefined()
  })
})
