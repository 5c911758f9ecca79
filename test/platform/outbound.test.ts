import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutbound, isPublic, type Outbound } from '../../src/platform/outbound.ts'

let server: Server
let port: number
const seen: string[] = []
const opened: Outbound[] = []

const outbound = (privateHosts: string[] = [], options = {}) => {
  const each = createOutbound({ privateHosts, ...options })
  opened.push(each)
  return each
}

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.url ?? '')
    if (request.url === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    else if (request.url === '/silent') return
    else response.end(request.url === '/long' ? 'x'.repeat(5000) : 'ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

afterAll(async () => {
  await Promise.all(opened.map((each) => each.close()))
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('calling other servers', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0.0.0.0'])(
    'refuses the private address %s before anything is sent',
    async (host) => {
      const before = seen.length
      await expect(outbound().fetch(`http://${host}:${port}/`)).rejects.toMatchObject({
        code: 'OUTBOUND_ADDRESS_REFUSED',
      })
      expect(seen).toHaveLength(before)
    },
  )

  it.each([
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['100.64.0.1', false],
    ['169.254.169.254', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['fd00::1', false],
    ['fe80::1', false],
    ['::', false],
    ['::ffff:10.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['2002:7f00:1::', false],
    ['9.9.9.9', true],
    ['2620:fe::fe', true],
  ])('takes %s for public: %s', (address, expected) => {
    expect(isPublic(address)).toBe(expected)
  })

  it('reaches a private host that is named, by name or address', async () => {
    const out = outbound(['127.0.0.1', 'LocalHost'])
    for (const host of ['127.0.0.1', 'localhost']) {
      const response = await out.fetch(`http://${host}:${port}/fine`)
      expect(await response.text()).toBe('ok')
    }
  })

  it('does not follow a redirect, and names where it leads', async () => {
    await expect(outbound(['127.0.0.1']).fetch(`http://127.0.0.1:${port}/moved`)).rejects.toMatchObject({
      code: 'OUTBOUND_REDIRECTED',
      details: { location: 'http://169.254.169.254/' },
    })
  })

  it('gives up on a server that does not answer', async () => {
    const out = outbound(['127.0.0.1'], { timeoutMs: 300 })
    await expect(out.fetch(`http://127.0.0.1:${port}/silent`)).rejects.toMatchObject({
      code: 'OUTBOUND_FAILED',
    })
  })

  it('cuts an answer that is longer than it may be', async () => {
    const out = outbound(['127.0.0.1'], { mostBytes: 1000 })
    const response = await out.fetch(`http://127.0.0.1:${port}/long`)
    await expect(response.text()).rejects.toThrow()
  })

  it('says that nobody listens', async () => {
    const gone = createServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const free = (gone.address() as AddressInfo).port
    await new Promise((resolve) => gone.close(resolve))
    await expect(outbound(['127.0.0.1']).fetch(`http://127.0.0.1:${free}/`)).rejects.toMatchObject({
      code: 'OUTBOUND_FAILED',
      details: { reason: 'ECONNREFUSED' },
    })
  })

  it.each(['file:///etc/passwd', 'ftp://example.org/', 'http://me:secret@example.org/', 'nonsense'])(
    'takes %s for no address',
    async (url) => {
      const failure = await outbound()
        .fetch(url)
        .catch((error) => error)
      expect(failure).toMatchObject({ code: 'OUTBOUND_URL_INVALID' })
      expect(failure.message).not.toContain('secret')
    },
  )
})
