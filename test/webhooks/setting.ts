import { setTimeout as sleep } from 'node:timers/promises'
import { commandLine } from '../../src/access/actor.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { createArticleStore } from '../../src/articles/article-store.ts'
import { createCitationStore } from '../../src/articles/citation-store.ts'
import { createTopicStore } from '../../src/insight/topics/topic-store.ts'
import type { Worker } from '../../src/platform/jobs/job-runner.ts'
import { createLocalWakeups } from '../../src/platform/jobs/wakeups.ts'
import { createOutbound } from '../../src/platform/outbound.ts'
import { createThreadStore } from '../../src/threads/thread-store.ts'
import type { SendDeps } from '../../src/webhooks/deps.ts'
import { createEndpointStore } from '../../src/webhooks/endpoints/endpoint-store.ts'
import { createEndpoint, type EndpointDefinition } from '../../src/webhooks/endpoints/manage-endpoints.ts'
import { createDeliveryStore } from '../../src/webhooks/sending/delivery-store.ts'
import { createSendQueue } from '../../src/webhooks/sending/send-queue.ts'
import { startSender } from '../../src/webhooks/sending/sender.ts'
import type { TestDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'

/** Endpoints, deliveries and senders on a database, with a clock that begins now and is moved by hand. */
export async function setUpWebhooks({ db }: Pick<TestDatabase, 'db'>, privateHosts = ['127.0.0.1']) {
  for (const table of ['webhook_deliveries', 'webhook_messages', 'webhook_endpoints', 'audit_log', 'jobs'])
    await db.sql(table).delete()
  const clock = fakeClock(new Date().toISOString())
  const wakeups = createLocalWakeups()
  const senders: Worker[] = []
  const outbound = createOutbound({ privateHosts, timeoutMs: 60_000 })
  const deps = {
    db,
    clock,
    wakeups,
    outbound,
    privateHosts,
    wake: wakeups.wake,
    audit: createAuditLog(db, clock),
    endpoints: createEndpointStore(db, clock),
    deliveries: createDeliveryStore(db, clock),
    queue: createSendQueue(db, clock),
    disableAfterDays: 5,
    threads: createThreadStore(db),
    articles: createArticleStore(db, clock),
    citations: createCitationStore(db),
    topics: createTopicStore(db, clock),
  } satisfies SendDeps & { wakeups: object }

  return {
    ...deps,
    deps,

    add: (url: string, given: Partial<EndpointDefinition> = {}) =>
      createEndpoint(deps, {
        url,
        types: ['model.activated'],
        audience: 'internal',
        actor: commandLine,
        ...given,
      }),

    /** Enqueues messages to endpoints, as a job does. */
    async enqueue(endpointIds: readonly string[], ...ids: string[]) {
      const addressed = ids.map((id) => ({
        message: {
          id,
          type: 'model.activated' as const,
          audience: 'public' as const,
          payload: JSON.stringify({ type: 'model.activated', timestamp: clock.now(), data: { name: id } }),
        },
        endpointIds,
      }))
      await db.transaction(() => deps.deliveries.add(addressed))
      wakeups.wake()
    },

    start(options: Parameters<typeof startSender>[1] = {}): Worker {
      const quiet = { error: (details: object) => console.error(details), info: () => undefined }
      const sender = startSender({ ...deps, log: quiet }, { pollMs: 20, ...options })
      senders.push(sender)
      return sender
    },

    /** Moves the clock and lets senders look. */
    later(ms: number) {
      clock.advance(ms)
      wakeups.wake()
    },

    async all(endpointId: string) {
      return (await deps.deliveries.list({ endpointIds: [endpointId], limit: 2_000 })).items
    },

    async close() {
      for (const sender of senders) await sender.stop(0)
      await outbound.close()
    },
  }
}

export type WebhookSetting = Awaited<ReturnType<typeof setUpWebhooks>>

/** Waits until something holds; says what it waits for when it never does. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 280_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await sleep(10)
  }
}
