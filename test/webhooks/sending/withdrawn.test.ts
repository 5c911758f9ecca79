import { afterEach, beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import type { Audience } from '../../../src/access/audience.ts'
import { articleJobs } from '../../../src/articles/jobs.ts'
import { EVENT_TYPES } from '../../../src/webhooks/endpoints/endpoint.ts'
import { envelope } from '../../../src/webhooks/sending/delivery.ts'
import { retryDeliveries } from '../../../src/webhooks/sending/manage-deliveries.ts'
import { manager, openWorld, type World } from '../../articles/world.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { openReceiver, type Receiver } from '../receiver.ts'
import { setUpReceivers } from '../receivers.ts'
import { setUpWebhooks, until, type WebhookSetting } from '../setting.ts'

const FORUM = { t: { title: 'Roaming', question: 'Why?', answers: [{ body: 'Because.', accepted: true }] } }

describeEachDatabase('a message whose subject was closed while it waited', (database) => {
  let world: World
  let webhooks: WebhookSetting
  let receiver: Receiver
  let threadId: string
  let articleId: string
  let call: Awaited<ReturnType<World['app']>>
  beforeEach(async () => {
    const address = await database()
    webhooks = await setUpWebhooks(address)
    receiver = await openReceiver()
    world = await openWorld(address)
    threadId = (await world.importThreads('forum', 'public', FORUM))('t')
    call = await world.app([manager])
    articleId = (await call('manager', 'POST', `/threads/${threadId}/promote`)).body.id
  })
  afterEach(async () => {
    await webhooks.close()
    await receiver.close()
  })

  const endpointFor = (audience: Audience) =>
    webhooks.add(receiver.url(`/${audience}`), { types: EVENT_TYPES, audience })
  const publish = async (audience: Audience) => {
    await call('manager', 'POST', `/articles/${articleId}/publish`, { audience })
    await drainJobs(world, [...articleJobs(world), ...setUpReceivers(world).handlers])
  }
  const closeForum = () => world.db.sql('sources').where({ name: 'forum' }).update({ audience: 'internal' })
  const only = async (endpointId: string) => {
    const deliveries = await webhooks.all(endpointId)
    expect(deliveries).toHaveLength(1)
    return deliveries[0]!
  }
  const withdrawn = (endpointId: string) =>
    until('it is withdrawn', async () => (await only(endpointId)).status === 'dead')
  const enqueueRouting = (endpointIds: readonly string[]) =>
    webhooks.deliveries.add([
      {
        message: {
          id: 'msg_routed',
          type: 'routing.decided',
          audience: 'public',
          payload: envelope('routing.decided', '2026-01-10T08:00:00.000Z', {
            thread: { id: threadId, title: 'Roaming' },
          }),
        },
        endpointIds,
      },
    ])

  it('is not sent to those who may no longer see its thread, also when it is retried, but still to the others', async () => {
    const [customers, staff] = [await endpointFor('public'), await endpointFor('internal')]
    await enqueueRouting([customers.id, staff.id])
    await closeForum()
    webhooks.start()
    await withdrawn(customers.id)
    await until('staff has it', () => receiver.received.length === 1)
    expect(await only(customers.id)).toMatchObject({
      attempts: 0,
      lastError: expect.stringMatching(/^Not sent/),
    })
    await retryDeliveries(webhooks.deps, { endpointId: customers.id, actor: commandLine })
    await withdrawn(customers.id)
    expect(receiver.received.map(({ path }) => path)).toEqual(['/internal'])
  })

  it('is not sent when its article was archived, and is once that is published again', async () => {
    const { id } = await endpointFor('public')
    await publish('public')
    await call('manager', 'POST', `/articles/${articleId}/archive`)
    webhooks.start()
    await withdrawn(id)
    expect(receiver.received).toEqual([])
    await call('manager', 'POST', `/articles/${articleId}/publish`, { audience: 'public' })
    await retryDeliveries(webhooks.deps, { endpointId: id, actor: commandLine })
    await until('it arrived', () => receiver.received.length === 1)
  })

  it('is not sent about a flag on a post whose source was closed', async () => {
    const { id } = await endpointFor('public')
    await publish('public')
    await world.db.sql('webhook_deliveries').delete()
    const [citation] = await world.citations.of(articleId, 'public')
    await webhooks.deliveries.add([
      {
        message: {
          id: 'msg_flag',
          type: 'flag.raised',
          audience: 'public',
          payload: envelope('flag.raised', '2026-01-10T08:00:00.000Z', {
            article: { id: articleId },
            section: citation!.section,
            postId: citation!.postId,
          }),
        },
        endpointIds: [id],
      },
    ])
    await closeForum()
    webhooks.start()
    await withdrawn(id)
    expect(receiver.received).toEqual([])
  })
})
