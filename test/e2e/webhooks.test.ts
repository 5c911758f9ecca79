import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { discourseDelivery, type TestDelivery } from '../ingest/deliveries/support.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'

interface Issued {
  readonly value: string
  readonly path: string
}

const DELIVERIES = 600
/** Sent at once; the rest as answers come. */
const AT_ONCE = 100

/** A topic a three deliveries: its frame, its question, an answer. */
function burst(secret: string): TestDelivery[] {
  const at = '2026-01-10T12:00:00.000Z'
  const common = { created_at: at, updated_at: at, post_type: 1, version: 1, topic_archetype: 'regular' }
  return Array.from({ length: DELIVERIES }, (_, i) => {
    const topic = Math.floor(i / 3) + 1
    const number = i % 3
    const payload =
      number === 0
        ? { topic: { id: topic, title: `Box ${topic} restarts`, created_at: at, tags: [], visible: true } }
        : {
            post: {
              ...common,
              id: i,
              topic_id: topic,
              post_number: number,
              user_id: i % 40,
              username: `member${i % 40}`,
              cooked: `<p>Case ${i}: the light is red.</p>`,
            },
          }
    return discourseDelivery(i + 1, number === 0 ? 'topic_created' : 'post_created', payload, secret)
  })
}

describeEachDatabase('a burst of webhook deliveries', (database) => {
  const running = new Set<Service>()
  afterAll(async () => {
    for (const service of running) await service.kill()
  })

  async function start(address: TestDatabase): Promise<Service> {
    const service = await startService(address)
    running.add(service)
    return service
  }

  /** Sends all of them, many at a time. @returns the statuses, and the ids that were acknowledged */
  async function send(service: Service, path: string, deliveries: readonly TestDelivery[]) {
    const acknowledged: string[] = []
    const statuses = new Map<number, number>()
    let next = 0
    const senders = Array.from({ length: AT_ONCE }, async () => {
      for (let i = next++; i < deliveries.length; i = next++) {
        const { headers, body } = deliveries[i]!
        const response = await fetch(`${service.url}${path}`, { method: 'POST', headers, body })
        const { id } = (await response.json()) as { id?: string }
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
        if (response.status === 202 && id !== undefined) acknowledged.push(id)
      }
    })
    const ended = await Promise.allSettled(senders)
    return { acknowledged, statuses, brokenOff: ended.some(({ status }) => status === 'rejected') }
  }

  async function applied({ db }: TestDatabase): Promise<void> {
    const waiting = () => db.sql('received_deliveries').where({ status: 'waiting' }).first('id')
    await eventually(waiting, (row) => row === undefined)
    const states = await db.sql('received_deliveries').select('status').count('* as n').groupBy('status')
    expect(states.map(({ status, n }) => [status, Number(n)])).toEqual([['applied', DELIVERIES]])
    for (const [table, rows] of [
      ['threads', DELIVERIES / 3],
      ['posts', (DELIVERIES / 3) * 2],
    ] as const)
      expect(Number((await db.sql(table).count('* as n').first())?.n)).toBe(rows)
  }

  it('is taken whole, a repetition of it changes nothing, and the command line tells', async () => {
    const address = await database()
    const issued = await runJson<Issued>(address, ['sources', 'webhook', 'town', '--kind', 'discourse'])
    const deliveries = burst(issued.value)
    const service = await start(address)
    const first = await send(service, issued.path, deliveries)
    expect([...first.statuses]).toEqual([[202, DELIVERIES]])
    const again = await send(service, issued.path, deliveries)
    expect([...again.statuses]).toEqual([[200, DELIVERIES]])
    await applied(address)
    const { sources } = await runJson<{ sources: object[] }>(address, ['sources', 'list'])
    expect(sources).toMatchObject([{ name: 'town', format: 'discourse', lastDeliveryAt: expect.any(String) }])
    expect(await runJson(address, ['sources', 'deliveries', 'town'])).toEqual({ deliveries: [] })
    const wrong = await runCommand(address, ['sources', 'webhook', 'town', '--kind', 'pigeon'])
    expect(wrong.code).toBe(2)
    expect(await service.stop()).toBe(0)
    running.delete(service)
  })

  it('loses nothing that was acknowledged when the process is killed in the middle', async () => {
    const address = await database()
    const issued = await runJson<Issued>(address, ['sources', 'webhook', 'town', '--kind', 'discourse'])
    const deliveries = burst(issued.value)
    let kills = 0
    for (const pause of [100, 300, 500]) {
      const service = await start(address)
      const sending = send(service, issued.path, deliveries)
      await sleep(pause)
      await service.kill()
      running.delete(service)
      const { acknowledged, brokenOff } = await sending
      if (brokenOff) kills += 1
      const kept = new Set(await address.db.sql('received_deliveries').pluck('id'))
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    }
    expect(kills).toBeGreaterThan(0)
    const service = await start(address)
    const last = await send(service, issued.path, deliveries)
    expect((last.statuses.get(200) ?? 0) + (last.statuses.get(202) ?? 0)).toBe(DELIVERIES)
    await applied(address)
    expect(await service.stop()).toBe(0)
    running.delete(service)
  })
})
