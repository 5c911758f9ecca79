import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { startCommand } from '../../support/service.ts'
import { openReceiver, type Receiver, verify } from '../receiver.ts'
import { setUpWebhooks, until, type WebhookSetting } from '../setting.ts'

const range = (count: number) => Array.from({ length: count }, (_, i) => `msg_${String(i).padStart(4, '0')}`)

describeEachDatabase('many webhooks and several senders', (database) => {
  let address: TestDatabase
  let webhooks: WebhookSetting
  let receiver: Receiver
  beforeAll(async () => {
    address = await database()
  })
  beforeEach(async () => {
    webhooks = await setUpWebhooks(address)
    receiver = await openReceiver()
  })
  afterEach(async () => {
    await webhooks.close()
    await receiver.close()
  })

  it('delivers a burst of 1,000 while another endpoint hangs, which is asked by few requests', async () => {
    let hanging = 0
    let most = 0
    receiver.answerWith((response, { path }) => {
      if (path === '/fine') return void response.writeHead(204).end()
      most = Math.max(most, ++hanging)
      response.once('close', () => hanging--)
    })
    const fine = await webhooks.add(receiver.url('/fine'))
    const hung = await webhooks.add(receiver.url('/hung'))
    await webhooks.enqueue([fine.id, hung.id], ...range(1000))
    webhooks.start({ timeoutMs: 10_000 })
    const arrived = () =>
      receiver.received.flatMap(({ path, headers }) => (path === '/fine' ? [headers['webhook-id']] : []))
    await until('all arrived', () => arrived().length >= 1000)
    expect(arrived().sort()).toEqual(range(1000))
    const waiting = await webhooks.deliveries.backlog([fine.id, hung.id])
    expect(waiting.get(hung.id)).toEqual({ waiting: 1000, dead: 0 })
    await until('it counts as failing', async () => {
      const { failingSince } = await webhooks.endpoints.require(hung.id, 'internal')
      return failingSince !== undefined && hanging <= 1
    })
    expect(most).toBe(5)
  })

  it('sends each once from two senders on one database', async () => {
    const other = await setUpAnother()
    const endpoint = await webhooks.add(receiver.url())
    webhooks.start()
    other.start()
    await webhooks.enqueue([endpoint.id], ...range(200))
    await until('all are delivered', async () => {
      const { waiting } = (await webhooks.deliveries.backlog([endpoint.id])).get(endpoint.id)!
      return waiting === 0
    })
    await other.close()
    expect(receiver.ids().sort()).toEqual(range(200))
  })

  it('sends again, with the same id, what was under way when the worker was killed', async () => {
    const endpoint = await webhooks.add(receiver.url())
    await webhooks.enqueue([endpoint.id], 'msg_one')
    // It arrives, and the process dies before it can write that down.
    const arrived = new Promise<void>((resolve) => receiver.answerWith(() => resolve()))
    const worker = startCommand(address, ['worker'], { ENTRAIDE_PRIVATE_HOSTS: '127.0.0.1' })
    await arrived
    worker.kill('SIGKILL')
    await worker.ended
    receiver.answerWith(204)
    webhooks.start()
    webhooks.later(30_000)
    expect(receiver.received).toHaveLength(1)
    webhooks.later(90_000)
    await until('it arrives again', () => receiver.received.length === 2)
    expect(receiver.ids()).toEqual(['msg_one', 'msg_one'])
    expect(verify(receiver.received[0]!, endpoint.secrets[0]!.value)).toMatchObject({
      data: { name: 'msg_one' },
    })
    await until('it is delivered', async () => (await webhooks.all(endpoint.id))[0]?.status === 'delivered')
    expect((await webhooks.all(endpoint.id))[0]).toMatchObject({ attempts: 2 })
  })

  it('gives back what it has not finished when it is stopped', async () => {
    receiver.answerWith(() => undefined)
    const endpoint = await webhooks.add(receiver.url())
    await webhooks.enqueue([endpoint.id], 'msg_one')
    const sender = webhooks.start()
    await until('it arrives', () => receiver.received.length === 1)
    await sender.stop(0)
    const [delivery] = await webhooks.all(endpoint.id)
    expect(delivery).toMatchObject({ status: 'waiting', attempts: 0 })
    receiver.answerWith(204)
    webhooks.start()
    await until('it arrives again', () => receiver.received.length === 2)
  })

  it('forgets what was delivered a week ago and gave up a month ago, and nothing else', async () => {
    const endpoint = await webhooks.add(receiver.url())
    await webhooks.enqueue([endpoint.id], 'msg_delivered', 'msg_dead', 'msg_waiting')
    const as = (id: string, status: string) =>
      webhooks.db
        .sql('webhook_deliveries')
        .where({ message_id: id })
        .update({ status, finished_at: webhooks.clock.now().toISOString() })
    await as('msg_delivered', 'delivered')
    await as('msg_dead', 'dead')
    const left = async () => {
      await prune()
      return (await webhooks.db.sql('webhook_messages').orderBy('id').pluck('id')) as string[]
    }
    expect(await left()).toEqual(['msg_dead', 'msg_delivered', 'msg_waiting'])
    webhooks.clock.advance(8 * 86_400_000)
    expect(await left()).toEqual(['msg_dead', 'msg_waiting'])
    webhooks.clock.advance(30 * 86_400_000)
    expect(await left()).toEqual(['msg_waiting'])
  })

  async function prune() {
    const { pruneDeliveries } = await import('../../../src/webhooks/sending/manage-deliveries.ts')
    await pruneDeliveries(
      { ...webhooks, jobs: { enqueue: async () => undefined } },
      new AbortController().signal,
    )
  }

  async function setUpAnother() {
    // Emptied first as every setting is: before anything is enqueued.
    return setUpWebhooks(address)
  }
})
