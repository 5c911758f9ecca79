import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { setApiAccess } from '../../../src/ingest/deliveries/api-access.ts'
import { APPLY_ONE } from '../../../src/ingest/deliveries/delivery.ts'
import { retryDelivery } from '../../../src/ingest/deliveries/failed-deliveries.ts'
import { deliveryJobs } from '../../../src/ingest/deliveries/jobs.ts'
import { receiveDeliveries } from '../../../src/ingest/deliveries/receive-deliveries.ts'
import { rotateSecret } from '../../../src/ingest/deliveries/rotate-secret.ts'
import type { JobStore } from '../../../src/platform/jobs/job-store.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { type DeliveryTestDeps, deliveryDeps, SECRET, zendeskDelivery } from './support.ts'
import { startZendesk, type ZendeskServer } from './zendesk-server.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 24 * HOUR]

describeEachDatabase('deliveries that failed', (database) => {
  let deps: DeliveryTestDeps
  let zendesk: ZendeskServer
  let sent = 0

  beforeAll(async () => {
    deps = deliveryDeps((await database()).db)
    zendesk = await startZendesk()
    const actor = commandLine
    await rotateSecret(deps, { source: 'help', kind: 'zendesk', secret: SECRET, actor })
    await setApiAccess(deps, { source: 'help', access: { address: zendesk.url }, actor })
  })
  beforeEach(async () => {
    for (const table of ['received_deliveries', 'jobs']) await deps.db.sql(table).delete()
    zendesk.posts.set(5, { id: 5, title: 'A dark mode', details: 'My eyes hurt.', comments: [] })
    zendesk.failure = 503
    sent += 1
    const at = deps.clock.now().toISOString()
    const { headers, body } = zendeskDelivery(
      `i-${sent}`,
      'community_post.created',
      { detail: { id: '5' } },
      { at },
    )
    await receiveDeliveries(deps, [{ source: 'help', kind: 'zendesk', headers, body: Buffer.from(body) }])
    deps.clock.advance(1000)
  })
  afterAll(async () => {
    await zendesk.close()
    await deps.outbound.close()
  })

  const work = (jobs: JobStore = deps.jobs) => drainJobs({ ...deps, jobs }, deliveryJobs({ ...deps, jobs }))
  const listed = async () => {
    const { id } = await deps.sources.require('help')
    return (await deps.deliveries.list(id, { limit: 100 })).items
  }
  const planned = () => deps.db.sql('jobs').where({ type: APPLY_ONE, status: 'queued' })

  it('for a reason that may pass are tried again for more than a day, more and more seldom', async () => {
    await work()
    for (const [before, wait] of WAITS.entries()) {
      expect(await listed()).toMatchObject([
        { status: 'failed', attempts: before + 1, error: { code: 'SOURCE_API_FAILED' } },
      ])
      deps.clock.advance(wait - 1)
      expect(await work()).not.toContain(APPLY_ONE)
      deps.clock.advance(1)
      expect(await work()).toContain(APPLY_ONE)
    }
    expect(await listed()).toMatchObject([{ status: 'failed', attempts: WAITS.length + 1 }])
    expect(await planned()).toEqual([])
    expect(await deps.jobs.counts()).toMatchObject({ dead: 0 })
  })

  it('are applied by the attempt that no longer meets the fault, and not tried again', async () => {
    await work()
    zendesk.failure = undefined
    deps.clock.advance(MINUTE)
    await work()
    expect(await listed()).toMatchObject([{ status: 'applied', attempts: 2 }])
    expect(await planned()).toEqual([])
  })

  it('are tried at once by hand, however long their next attempt would wait', async () => {
    await work()
    const [failed] = await listed()
    expect(failed?.error?.message).toContain('503')
    zendesk.failure = undefined
    const again = { source: 'help', id: failed!.id, actor: commandLine }
    await retryDelivery(deps, again)
    await work()
    expect(await listed()).toMatchObject([{ status: 'applied', attempts: 2 }])
    await expect(retryDelivery(deps, again)).rejects.toMatchObject({ code: 'DELIVERY_NOT_FAILED' })
  })

  it('are not noted as failed without their next attempt, whatever interrupts', async () => {
    const interrupted: JobStore = {
      ...deps.jobs,
      async enqueue(job) {
        if (job.type === APPLY_ONE) throw new Error('killed')
        await deps.jobs.enqueue(job)
      },
    }
    await expect(work(interrupted)).rejects.toThrow('killed')
    expect(await listed()).toMatchObject([{ status: 'waiting', attempts: 0 }])
    deps.clock.advance(2 * MINUTE)
    await work()
    expect(await listed()).toMatchObject([{ status: 'failed', attempts: 1 }])
    expect(await planned()).toHaveLength(1)
  })
})
