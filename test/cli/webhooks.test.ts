import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../support/service.ts'
import { openReceiver, type Receiver, verify } from '../webhooks/receiver.ts'

let receiver: Receiver
const address = { home: mkdtempSync(join(tmpdir(), 'entraide-webhooks-')) }

beforeAll(async () => {
  receiver = await openReceiver()
})
afterAll(async () => {
  await receiver.close()
  rmSync(address.home, { recursive: true, force: true })
})

const run = (...args: string[]) =>
  runCommand(address, ['webhooks', ...args], { ENTRAIDE_PRIVATE_HOSTS: '127.0.0.1' })
async function json(...args: string[]) {
  const { code, stdout } = await run(...args, '--json')
  expect(stdout.split('\n')).toHaveLength(2)
  return { code, ...JSON.parse(stdout) }
}

it('adds, lists, rotates, tests and removes endpoints', async () => {
  const url = receiver.url('/hook')
  const added = await json(
    'add',
    url,
    '--type',
    'flag.raised',
    '--destination',
    'queue',
    '--active-within',
    'any',
  )
  expect(added).toMatchObject({ code: 0, url, types: ['flag.raised'], audience: 'internal', enabled: true })
  expect(added.routing).toEqual({ destinations: ['queue'], activeWithinDays: 'any' })
  const rotated = await json('rotate', url, '--overlap', '1')
  expect(rotated).toMatchObject({ id: added.id, overlapHours: 1 })
  const listed = await run('list')
  expect(listed.stdout).toContain(added.id)
  expect(listed.stdout).not.toContain('whsec_')

  expect(await json('test', added.id)).toMatchObject({ code: 0, delivered: true, status: 204 })
  for (const { secret } of [added, rotated]) expect(verify(receiver.received[0]!, secret)).toBeDefined()

  expect(await json('deliveries', '--endpoint', url)).toMatchObject({ code: 0, deliveries: [] })
  expect(await json('retry', '--endpoint', url)).toMatchObject({ code: 0, retried: 0 })
  expect(await json('disable', url)).toMatchObject({ code: 0, enabled: false })
  const refused = await json('retry', '--endpoint', url)
  expect(refused).toMatchObject({ code: 1, error: { code: 'WEBHOOK_DISABLED' } })
  expect(await json('enable', added.id)).toMatchObject({ code: 0, enabled: true })
  expect(await json('remove', url)).toMatchObject({ code: 0, removed: added.id })
  expect(await json('remove', added.id)).toMatchObject({ code: 1, error: { code: 'WEBHOOK_NOT_FOUND' } })
})

it('says of a receiver that does not take it what may help, and fails', async () => {
  receiver.answerWith((response) => response.writeHead(401).end('bad signature'))
  const refused = await run('test', receiver.url())
  expect(refused.code).toBe(1)
  expect(refused.stdout).toMatch(
    /Not delivered after \d+ ms. The server responded 401 .*secret.*bad signature/,
  )
  expect(refused.stdout).toMatch(/Signed with whsec_/)
  receiver.answerWith((response) => response.writeHead(301, { location: 'https://new.example/' }).end())
  expect(await json('test', receiver.url())).toMatchObject({
    code: 'OUTBOUND_REDIRECTED',
    delivered: false,
    problem: expect.stringContaining('https://new.example/'),
  })
  const silent = createServer((socket) =>
    socket
      .on('error', () => undefined)
      .resume()
      .end('what?\n'),
  )
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as { port: number }
  const tls = await json('test', `https://127.0.0.1:${port}/`)
  await new Promise((resolve) => silent.close(resolve))
  expect(tls.problem).toMatch(/does not use TLS/)
  expect((await json('test', `http://127.0.0.1:${port}/`)).problem).toMatch(
    /nothing is listening on that port/,
  )
  expect((await json('test', 'https://nobody.invalid/')).problem).toMatch(/name/)
  expect(await json('test', 'http://10.0.0.1/')).toMatchObject({ error: { code: 'WEBHOOK_URL_INVALID' } })
})

it.each([
  [['add', 'https://a.example/', '--type', 'nothing']],
  [['add', 'https://a.example/', '--active-within', 'ever']],
  [['add', 'https://a.example/', '--destination', 'nowhere']],
  [['rotate', 'https://a.example/', '--overlap', '-1']],
  [['retry']],
  [['test', 'https://a.example/', '--secret', 'abc']],
])('takes %j for bad usage', async (args) => {
  expect((await run(...args)).code).toBe(2)
})
