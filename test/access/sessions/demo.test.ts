import { request } from 'node:http'
import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { startAccessService } from '../setting.ts'

const ROLES = ['agent', 'knowledge-manager', 'supervisor', 'admin']

describeEachDatabase('the demo', (database) => {
  it('signs in with a click a role, on its own machine', async () => {
    const service = await startAccessService(await database(), { demo: true })
    await service.app.access.ensureDemoAccounts()
    await service.app.access.ensureDemoAccounts()
    const options = await service.browser().call('/api/sign-in/options')
    expect(options.body).toEqual({ password: true, demoRoles: ROLES })
    for (const role of ROLES) {
      const browser = service.browser()
      const answer = await browser.call('/api/sign-in/demo', { body: { role } })
      expect(answer).toMatchObject({ status: 200, body: { roles: [role], name: `Demo ${role}` } })
      expect((await browser.call('/api/me')).body.roles).toEqual([role])
    }
    const elsewhere: Record<string, string>[] = [
      { host: 'demo.example.com' },
      { 'x-forwarded-for': '192.0.2.1' },
      { forwarded: 'for=192.0.2.1' },
      { via: '1.1 proxy' },
      { 'x-real-ip': '192.0.2.1' },
      { 'cf-connecting-ip': '192.0.2.1' },
    ]
    for (const headers of elsewhere) {
      expect(await raw(service.url, 'GET', '/api/sign-in/options', headers)).toMatchObject({ demoRoles: [] })
      expect(await raw(service.url, 'POST', '/api/sign-in/demo', headers, { role: 'admin' })).toMatchObject({
        status: 403,
        code: 'DEMO_ONLY',
      })
    }
    for (const origin of ['https://evil.example.com', 'null'])
      for (const [method, path, body] of [
        ['GET', '/api/sign-in/options', undefined],
        ['POST', '/api/sign-in/demo', { role: 'admin' }],
      ] as const)
        expect(await raw(service.url, method, path, { origin }, body)).toMatchObject(
          method === 'GET' ? { demoRoles: [] } : { status: 403 },
        )
    await service.close()
  })

  it('leaves accounts that are of no use outside of it', async () => {
    const address = await database()
    const demo = await startAccessService(address, { demo: true })
    await demo.app.access.ensureDemoAccounts()
    await demo.close()
    const service = await startAccessService(address)
    const browser = service.browser()
    expect((await browser.call('/api/sign-in/options')).body.demoRoles).toEqual([])
    expect((await browser.call('/api/sign-in/demo', { body: { role: 'admin' } })).body).toMatchObject({
      code: 'DEMO_ONLY',
    })
    expect(await service.app.access.issueAdministratorLink()).toBeDefined()
    await service.close()
  })
})

/** A request with headers that `fetch` does not let one set. */
function raw(url: string, method: string, path: string, headers: Record<string, string>, body?: object) {
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, url),
      { method, headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        let text = ''
        answer.on('data', (chunk) => (text += chunk))
        answer.on('end', () => resolve(JSON.parse(text)))
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
