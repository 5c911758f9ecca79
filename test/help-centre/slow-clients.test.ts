import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { type Centre, openCentre } from './centre.ts'

const CONNECTIONS = 1_000
/** Each holds fewer than the cap of an address. */
const ADDRESSES = 40

describeEachDatabase('a help centre with a thousand clients that send half a request', (database) => {
  let centre: Centre
  let sockets: Socket[] = []

  beforeAll(async () => {
    centre = await openCentre(await database())
    await centre.publish([{ title: 'Pay a bill', section: 'Bills' }])
  })
  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    await centre.close()
  })

  it('answers everybody else, and lets none of them stay', async () => {
    const { port } = new URL(centre.url)
    let ended = 0
    const opened = Array.from({ length: CONNECTIONS }, (_, at) => {
      const localAddress = `127.0.0.${10 + (at % ADDRESSES)}`
      const socket = connect({ host: '127.0.0.1', port: Number(port), localAddress })
      socket.on('error', () => undefined).on('close', () => ended++)
      socket.resume()
      socket.write('GET /help/en HTTP/1.1\r\nHost: help.example.org\r\nX-Half: ')
      return new Promise<Socket>((resolve, reject) =>
        socket.on('connect', () => resolve(socket)).on('error', reject),
      )
    })
    sockets = await Promise.all(opened)
    const reader = await centre.reader('anonymous')
    for (let each = 0; each < 20; each++) {
      const { status, body } = await reader.call('/help/en')
      expect([status, String(body).includes('Pay a bill')]).toEqual([200, true])
    }
    expect((await reader.call('/help/en/search?q=bill')).status).toBe(200)
    await vi.waitFor(() => expect(ended).toBe(CONNECTIONS), { timeout: 120_000, interval: 500 })
    expect((await reader.call('/help/en')).status).toBe(200)
  })
})
