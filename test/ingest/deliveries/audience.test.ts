import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { createAuditLog } from '../../../src/access/audit-log.ts'
import { createKeyStore } from '../../../src/access/key-store.ts'
import { createKey } from '../../../src/access/manage-keys.ts'
import { rotateSecret } from '../../../src/ingest/deliveries/rotate-secret.ts'
import { sourceRoutes } from '../../../src/ingest/deliveries/routes.ts'
import { buildTestApp, type TestApp } from '../../server/test-app.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { type DeliveryTestDeps, deliveryDeps } from './support.ts'

const CREDENTIAL_TABLES = ['webhook_secrets', 'source_api_access', 'sources', 'received_deliveries'] as const

describeEachDatabase('an administrator of partners', (database) => {
  let shared: TestDatabase
  let deps: DeliveryTestDeps
  let test: TestApp
  let headers: { authorization: string }
  const secretIds: Record<string, string> = {}

  beforeAll(async () => {
    shared = await database()
    deps = deliveryDeps(shared.db)
    test = await buildTestApp(shared, [sourceRoutes(deps)], { clock: deps.clock })
    const { db, clock } = deps
    const access = { db, clock, keys: createKeyStore(db, clock), audit: createAuditLog(db, clock) }
    const { token } = await createKey(access, {
      name: 'partners',
      roles: ['admin'],
      audience: 'partner',
      actor: commandLine,
    })
    headers = { authorization: `Bearer ${token}` }
    for (const audience of ['internal', 'partner', 'public'] as const) {
      const request = { source: audience, audience, kind: 'discourse', actor: commandLine }
      secretIds[audience] = (await rotateSecret(deps, request)).id
    }
  })
  afterAll(async () => {
    await test.app.close()
    await deps.outbound.close()
  })

  const ask = async (method: 'GET' | 'POST' | 'DELETE' | 'PUT', path: string, payload?: object) => {
    const url = `/api/sources/${path}`
    const answer = await test.app.inject({ method, url, headers, ...(payload && { payload }) })
    return { status: answer.statusCode, code: answer.body === '' ? undefined : answer.json().code }
  }
  const stored = () => Promise.all(CREDENTIAL_TABLES.map((table) => shared.db.sql(table).orderBy(1)))

  it('finds no internal source, and changes nothing of one', async () => {
    const before = await stored()
    const address = 'https://forum.example.com'
    for (const answer of [
      await ask('GET', 'internal/webhooks'),
      await ask('GET', 'internal/deliveries'),
      await ask('POST', 'internal/webhooks/discourse/secrets', { audience: 'public' }),
      await ask('DELETE', `internal/webhooks/discourse/secrets/${secretIds.internal}`),
      await ask('PUT', 'internal/access', { address }),
      await ask('DELETE', 'internal/access'),
      await ask('POST', 'internal/deliveries/del_1/retry'),
    ])
      expect(answer).toEqual({ status: 404, code: 'SOURCE_NOT_FOUND' })
    expect(await stored()).toEqual(before)
  })

  it('answers what it may not ask for as if there were no internal source of that name', async () => {
    for (const payload of [{}, { audience: 'internal' }]) {
      const probe = (name: string) => ask('POST', `${name}/webhooks/discourse/secrets`, payload)
      expect(await probe('internal')).toEqual(await probe('no-such-source'))
    }
  })

  it('does all that there is to do with sources for partners and for everyone', async () => {
    for (const name of ['partner', 'public']) {
      expect((await ask('GET', `${name}/webhooks`)).status).toBe(200)
      expect((await ask('GET', `${name}/deliveries`)).status).toBe(200)
      expect((await ask('POST', `${name}/webhooks/discourse/secrets`, {})).status).toBe(201)
      expect((await ask('PUT', `${name}/access`, { address: 'https://forum.example.com' })).status).toBe(204)
      expect((await ask('POST', `${name}/deliveries/del_1/retry`)).code).toBe('DELIVERY_NOT_FOUND')
      const secret = `${name}/webhooks/discourse/secrets/${secretIds[name]}`
      expect((await ask('DELETE', secret)).status).toBe(204)
    }
  })

  it('makes sources that it sees, and no others', async () => {
    const make = (name: string, payload: object) => ask('POST', `${name}/webhooks/discourse/secrets`, payload)
    for (const payload of [{}, { audience: 'internal' }])
      expect(await make('new', payload)).toEqual({ status: 403, code: 'SOURCE_AUDIENCE_FORBIDDEN' })
    expect(await deps.sources.find('new')).toBeUndefined()
    expect((await make('new', { audience: 'partner' })).status).toBe(201)
    expect(await deps.sources.require('new')).toMatchObject({ audience: 'partner' })
  })
})
