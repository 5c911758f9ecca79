import { once } from 'node:events'
import { Agent, get as httpGet, request as httpRequest } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { type Serving, serve } from '../../src/server/serve.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { buildTestApp, type TestApp } from './test-app.ts'

const address = { host: '127.0.0.1', port: 0 }

describeEachDatabase('serving', (database) => {
  let shared: TestDatabase
  let test: TestApp
  let release: () => void
  let entered: Promise<void>

  beforeAll(async () => {
    shared = await database()
  })
  beforeEach(async () => {
    let enter = () => {}
    entered = new Promise((resolve) => {
      enter = resolve
    })
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const routes: FastifyPluginAsyncTypebox = async (app) => {
      const config = { allow: 'anyone' } as const
      app.get('/quick', { config }, async () => ({ fine: true }))
      app.get('/slow', { config }, async () => {
        enter()
        await held
        return { finished: true }
      })
      app.get('/stream', { config }, async (_request, reply) => {
        const chunks = async function* () {
          yield 'first '
          enter()
          await held
          yield 'last'
        }
        return reply.type('text/plain').send(Readable.from(chunks()))
      })
      app.post('/things', { config }, async ({ body }) => ({ length: JSON.stringify(body).length }))
    }
    test = await buildTestApp(shared, [routes])
  })

  const start = () => serve(test.app, address)

  it('says where it answers, and stops answering when closed', async () => {
    const serving = await start()
    expect(serving.url).toBe(`http://127.0.0.1:${serving.port}`)
    expect(await (await fetch(`${serving.url}/api/quick`)).json()).toEqual({ fine: true })
    await Promise.all([serving.close(), serving.close()])
    await expect(fetch(`${serving.url}/api/quick`)).rejects.toThrow()
  })

  it('says which port is taken and how to take another', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const { port } = squatter.address() as { port: number }
    await expect(serve(test.app, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `Port ${port} on 127.0.0.1 is in use by another program. Set PORT to a free port.`,
    })
    squatter.close()
  })

  it('says when an address is not this machine’s', async () => {
    await expect(serve(test.app, { host: '192.0.2.77', port: 0 })).rejects.toMatchObject({
      code: 'ADDRESS_UNUSABLE',
    })
  })

  it('lets requests in progress finish, and takes no new ones', async () => {
    const serving = await start()
    const slow = fetch(`${serving.url}/api/slow`)
    await entered
    const closing = serving.close()
    await sleep(50)
    await expect(fetch(`${serving.url}/api/quick`)).rejects.toThrow()
    release()
    const answer = await slow
    expect(await answer.json()).toEqual({ finished: true })
    expect(answer.headers.get('connection')).toBe('close')
    await closing
  })

  it('is not ready while it closes, for whoever is asking just then', async () => {
    const serving = await start()
    const slow = fetch(`${serving.url}/api/slow`)
    await entered
    const asking = await open(serving)
    asking.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n')
    await sleep(100)
    const closing = serving.close()
    await sleep(100)
    let received = ''
    asking.on('data', (chunk) => {
      received += chunk
    })
    asking.write('\r\n')
    await once(asking, 'close')
    expect(received).toMatch(/^HTTP\/1.1 503 /)
    expect(received).toContain('{"name":"serving","ok":false,"reason":"SHUTTING_DOWN"}')
    release()
    expect((await slow).status).toBe(200)
    await closing
  })

  it('does not wait for connections that nobody uses', async () => {
    const serving = await start()
    const agent = new Agent({ keepAlive: true })
    await new Promise((resolve, reject) => {
      httpGet(`${serving.url}/api/quick`, { agent }, (answer) => answer.resume().on('end', resolve)).on(
        'error',
        reject,
      )
    })
    await open(serving)
    const begun = performance.now()
    await serving.close()
    expect(performance.now() - begun).toBeLessThan(2000)
    agent.destroy()
  })

  it('does not wait for a connection whose answer was already under way', async () => {
    const serving = await start()
    const streamed = await fetch(`${serving.url}/api/stream`)
    await entered
    const closing = serving.close()
    await sleep(50)
    release()
    expect(await streamed.text()).toBe('first last')
    const begun = performance.now()
    await closing
    expect(performance.now() - begun).toBeLessThan(2000)
  })

  it('gives up on what does not finish in time', async () => {
    const serving = await start()
    const slow = fetch(`${serving.url}/api/slow`)
    slow.catch(() => undefined)
    await entered
    const begun = performance.now()
    const closing = serving.close(200)
    await expect(slow).rejects.toThrow()
    release()
    await closing
    expect(performance.now() - begun).toBeLessThan(5000)
  })

  it('refuses a body as soon as it grows too large, length told or not', async () => {
    const serving = await start()
    for (const headers of [{ 'content-length': '10000000' }, { 'transfer-encoding': 'chunked' }]) {
      const status = await new Promise<number | undefined>((resolve) => {
        const sending = httpRequest(`${serving.url}/api/things`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
        })
        sending.on('response', (answer) => resolve(answer.resume().statusCode))
        sending.on('error', () => undefined)
        sending.write(`"${'x'.repeat(2_000_000)}`)
      })
      expect(status).toBe(413)
    }
    expect(await (await fetch(`${serving.url}/api/quick`)).json()).toEqual({ fine: true })
    await serving.close(100)
  })

  it('survives callers who speak no HTTP, or hang up half-way', async () => {
    const serving = await start()
    for (const garbage of ['\x16\x03\x01\x02\x00\x01', 'HELLO\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n']) {
      const socket = await open(serving)
      socket.write(garbage)
      await once(socket.resume(), 'close')
    }
    const talker = await open(serving)
    const answer = text(talker)
    talker.write('EHLO\r\n\r\n')
    expect(await answer).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*"code":"REQUEST_MALFORMED"/s)
    const half = await open(serving)
    half.write(
      'POST /api/things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"a"',
    )
    await sleep(50)
    half.destroy()
    const impatient = new AbortController()
    const slow = fetch(`${serving.url}/api/slow`, { signal: impatient.signal })
    slow.catch(() => undefined)
    await entered
    impatient.abort()
    await sleep(50)
    release()
    expect(await (await fetch(`${serving.url}/api/quick`)).json()).toEqual({ fine: true })
    expect(test.lines()).toContainEqual(
      expect.objectContaining({ route: '/api/slow', msg: 'client closed the connection' }),
    )
    await serving.close()
  })
})

async function open({ port }: Serving): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}
