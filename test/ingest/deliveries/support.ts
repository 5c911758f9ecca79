import { createHmac } from 'node:crypto'
import { createAuditLog } from '../../../src/access/audit-log.ts'
import { createApiAccessStore } from '../../../src/ingest/deliveries/api-access.ts'
import { createDeliveryStore } from '../../../src/ingest/deliveries/delivery-store.ts'
import { createSecretStore } from '../../../src/ingest/deliveries/secret-store.ts'
import { createTextWorker } from '../../../src/ingest/rows/text-work.ts'
import { createSourceStore } from '../../../src/ingest/source-store.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import { createOutbox } from '../../../src/platform/jobs/events.ts'
import { createJobStore } from '../../../src/platform/jobs/job-store.ts'
import { createOutbound } from '../../../src/platform/outbound.ts'
import { fakeClock } from '../../support/fake-clock.ts'

export const NOW = '2026-01-10T12:00:00.000Z'
export const SECRET = 'a secret for tests only'.replaceAll(' ', '-')

const texts = createTextWorker()

/** Everything that deliveries need, on a database, with a clock that stands still. */
export function deliveryDeps(db: Database, more: { readonly webhookRateLimit?: number } = {}) {
  const clock = fakeClock(NOW)
  const wake = () => undefined
  const errors: unknown[] = []
  return {
    db,
    clock,
    errors,
    texts,
    jobs: createJobStore(db, clock, wake),
    outbox: createOutbox(db, clock, wake),
    audit: createAuditLog(db, clock),
    sources: createSourceStore(db, clock),
    secrets: createSecretStore(db, clock),
    deliveries: createDeliveryStore(db, clock),
    apiAccess: createApiAccessStore(db, clock),
    identifiers: [],
    privateHosts: ['127.0.0.1'],
    outbound: createOutbound({ privateHosts: ['127.0.0.1'] }),
    webhookRateLimit: more.webhookRateLimit ?? 120_000,
    log: { error: (details: object) => errors.push(details), info: () => undefined },
  }
}

export type DeliveryTestDeps = ReturnType<typeof deliveryDeps>

export interface TestDelivery {
  readonly headers: Record<string, string>
  readonly body: string
}

const hex = (secret: string, body: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** A request as Discourse would send it. */
export function discourseDelivery(id: number, event: string, payload: object, secret = SECRET): TestDelivery {
  const body = JSON.stringify(payload)
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-discourse-event-id': String(id),
      'x-discourse-event-type': Object.keys(payload)[0] ?? '',
      'x-discourse-event': event,
      'x-discourse-event-signature': hex(secret, body),
    },
  }
}

/** A request as GitHub would send it; `event` as `discussion.created`. */
export function githubDelivery(id: string, event: string, payload: object, secret = SECRET): TestDelivery {
  const [name = '', action] = event.split('.')
  const body = JSON.stringify(action === undefined ? payload : { action, ...payload })
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-delivery': id,
      'x-github-event': name,
      'x-hub-signature-256': hex(secret, body),
    },
  }
}

/** A request as Zendesk would send it. */
export function zendeskDelivery(
  id: string,
  event: string,
  payload: object,
  { secret = SECRET, at = NOW.replace('.000', '') }: { readonly secret?: string; readonly at?: string } = {},
): TestDelivery {
  const body = JSON.stringify({ type: `zen:event-type:${event}`, ...payload })
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-zendesk-webhook-invocation-id': id,
      'x-zendesk-webhook-signature-timestamp': at,
      'x-zendesk-webhook-signature': createHmac('sha256', secret).update(at).update(body).digest('base64'),
    },
  }
}
