import { connect, type Socket } from 'node:net'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import type { AppParts } from '../../src/server/app.ts'
import { type Serving, serve } from '../../src/server/serve.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { buildTestApp, type TestApp } from './test-app.ts'

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.post('/open', { config: { allow: 'anyone', idempotent: false } }, async () => ({ fine: true }))
  app.post('/agents', { config: { allow: ['agent'], idempotent: false } }, async () => ({ fine: true }))
}

/** A person is signed in by one cookie. */
const resolveSession: AppParts['identification']['resolveSession'] = async (token) => {
  const person: Actor = { id: 'usr_ida', name: 'Ida', roles: ['agent'], audience: 'internal' }
  return token === 'good' ? { sessionId: 'ses_1', actor: person } : undefined
}

describeEachDatabase('connections', (database) => {
  let test: TestApp
  let serving: Serving
  const sockets: Socket[] = []
  beforeEach(async () => {
    const connections = { strangersAnAddress: 3, strangerBodyMs: 400, lingerMs: 300 }
    test = await buildTestApp(await database(), [routes], { connections, resolveSession })
    serving = await serve(test.app, { host: '127.0.0.1', port: 0 })
  })
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await serving.close(0)
  })

  /** A connection on which something was sent: what it reads, and for how long it is open. */
  function open(text = '') {
    const socket = connect(serving.port, '127.0.0.1')
    sockets.push(socket)
    let read = ''
    socket.on('data', (chunk) => (read += chunk))
    socket.on('error', () => undefined)
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    const connected = new Promise<void>((resolve) => socket.once('connect', () => resolve()))
    if (text !== '') socket.write(text)
    return { socket, closed, connected, read: () => read }
  }
  const head = (path: string, headers: Record<string, string> = {}, length = 1000) =>
    [
      `POST /api${path} HTTP/1.1`,
      'host: x',
      'content-type: application/json',
      `content-length: ${length}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '\r\n',
    ].join('\r\n')
  /** Sends a character now and then. */
  function dribble(socket: Socket) {
    const timer = setInterval(() => socket.writable && socket.write(' '), 50)
    socket.once('close', () => clearInterval(timer))
  }

  it('without a key are given a limited time for a body, however it dribbles in', async () => {
    const stranger = open(head('/open'))
    dribble(stranger.socket)
    await stranger.closed
    expect(stranger.read()).toContain('408 Request Timeout')
    expect(stranger.read()).toContain('REQUEST_TOO_SLOW')
  })

  it('without a key are given no more time for a body where there is nothing at the URL', async () => {
    const stranger = open(head('/nothing'))
    dribble(stranger.socket)
    await stranger.closed
    expect(stranger.read()).toContain('408 Request Timeout')
  })

  it('with a valid key or session get no timer, and those without one get one a body', async () => {
    const { headers } = await test.keyFor('agent')
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const limited = async (text: string) => {
      timers.mockClear()
      const { socket, read } = open(text)
      await new Promise((resolve) => socket.once('data', resolve))
      expect(read()).toContain('200 OK')
      return timers.mock.calls.filter(([, ms]) => ms === 400).length
    }
    const cookie = { cookie: 'entraide_session=good', 'sec-fetch-site': 'same-origin' }
    try {
      expect(await limited(`${head('/agents', headers, 2)}{}`)).toBe(0)
      expect(await limited(`${head('/agents', cookie, 2)}{}`)).toBe(0)
      expect(await limited(`${head('/open', { cookie: 'entraide_session=bad' }, 2)}{}`)).toBe(1)
      expect(await limited(`${head('/open', {}, 2)}{}`)).toBe(1)
    } finally {
      timers.mockRestore()
    }
  })

  it('on which a request was refused are closed soon after, though its body goes on', async () => {
    const refused = open(head('/agents'))
    dribble(refused.socket)
    await refused.closed
    expect(refused.read()).toContain('KEY_REQUIRED')
    expect(refused.read()).not.toContain('REQUEST_TOO_SLOW')
  })

  it('with a valid key are closed soon after a request that was refused, though its body goes on', async () => {
    const { headers } = await test.keyFor('router')
    const refused = open(head('/agents', headers))
    dribble(refused.socket)
    await refused.closed
    expect(refused.read()).toContain('ROLE_FORBIDDEN')
  })

  it('with a valid key may take their time', async () => {
    const { headers } = await test.keyFor('agent')
    const uploader = open(head('/agents', headers, 40))
    const timer = setInterval(() => uploader.socket.write(' '), 30)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    clearInterval(timer)
    expect(uploader.read()).toBe('')
    expect(uploader.socket.destroyed).toBe(false)
  })

  it('of one address are limited in number until a key comes with them', async () => {
    const { headers } = await test.keyFor('agent')
    const first = [open(), open(), open()]
    await Promise.all(first.map(({ connected }) => connected))
    const fourth = open()
    await fourth.closed
    expect(fourth.read()).toContain('429 Too Many Requests')
    expect(fourth.read()).toContain('TOO_MANY_CONNECTIONS')
    first[0]!.socket.write(`${head('/agents', headers, 2)}{}`)
    await new Promise((resolve) => first[0]!.socket.once('data', resolve))
    expect(first[0]!.read()).toContain('200 OK')
    const fifth = open(`${head('/open', { connection: 'close' }, 2)}{}`)
    await fifth.closed
    expect(fifth.read()).toContain('200 OK')
  })

  it('are closed when the headers of a request do not arrive', () => {
    expect(test.app.server.headersTimeout).toBe(15_000)
  })
})
