import { randomBytes } from 'node:crypto'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { CodedError } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import type { WebhookHeaders } from '../../sources/webhook.ts'
import { webhookKinds } from '../../sources/webhook-kinds.ts'
import { ingestErrors } from '../errors.ts'
import { applyJob, type NewDelivery } from './delivery.ts'
import type { DeliveryStore } from './delivery-store.ts'
import type { SecretStore } from './secret-store.ts'

export interface ReceiveDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: JobStore
  readonly secrets: SecretStore
  readonly deliveries: DeliveryStore
}

/** A request that claims to be a delivery. */
export interface Arrival {
  /** Name of the source that it claims to come from. */
  readonly source: string
  readonly kind: string
  readonly headers: WebhookHeaders
  readonly body: Buffer
}

export type Receipt =
  | { readonly outcome: 'queued'; readonly id: string }
  /** It was received before: nothing is stored. */
  | { readonly outcome: 'repeated' }
  | { readonly outcome: 'refused'; readonly error: CodedError }

type Checked = Receipt | { readonly outcome: 'new'; readonly delivery: NewDelivery }

/**
 * Checks requests that arrived at about the same time, stores the genuine and new ones and enqueues the job that applies
 * them, all in one transaction. After it, the receipts may be sent.
 *
 * @returns a receipt for each arrival, in their order
 */
export async function receiveDeliveries(
  deps: ReceiveDeps,
  arrivals: readonly Arrival[],
): Promise<readonly Receipt[]> {
  const held = await deps.secrets.inUse([...new Set(arrivals.map(({ source }) => source))])
  const checked = arrivals.map((arrival): Checked => {
    const own = held.filter(({ source, kind }) => source === arrival.source && kind === arrival.kind)
    return check(deps, arrival, own)
  })
  const fresh = checked.flatMap((each) => (each.outcome === 'new' ? [each.delivery] : []))
  const kept = fresh.length === 0 ? new Set<string>() : await store(deps, fresh)
  return checked.map((each) => {
    if (each.outcome !== 'new') return each
    const { id } = each.delivery
    return kept.has(id) ? { outcome: 'queued', id } : { outcome: 'repeated' }
  })
}

function check(
  { clock }: ReceiveDeps,
  arrival: Arrival,
  held: readonly { readonly sourceId: string; readonly secret: string }[],
): Checked {
  const kind = webhookKinds.find(({ name }) => name === arrival.kind)
  const [known] = held
  // For an unknown webhook as much is computed as for a known one, so that neither answer nor time reveals which exist.
  const secrets = known === undefined ? [randomBytes(16).toString('hex')] : held.map(({ secret }) => secret)
  const genuine = kind?.verify(arrival, secrets, clock.now()) ?? false
  if (kind === undefined || known === undefined || !genuine)
    return refused(ingestErrors.WEBHOOK_SIGNATURE_INVALID())
  const body = textOf(arrival.body)
  const payload = body === undefined ? undefined : parsed(body)
  if (body === undefined || payload === undefined) return refused(ingestErrors.WEBHOOK_NOT_JSON())
  const identity = kind.identify(arrival.headers, payload.value)
  if (identity === undefined) return refused(ingestErrors.WEBHOOK_ID_MISSING())
  const { id: externalId, event, sequence } = identity
  const delivery = {
    id: newId('del', clock.now()),
    sourceId: known.sourceId,
    kind: kind.name,
    event,
    externalId,
    sequence,
    body,
  }
  return { outcome: 'new', delivery }
}

async function store(deps: ReceiveDeps, fresh: readonly NewDelivery[]): Promise<ReadonlySet<string>> {
  return deps.db.transaction(async () => {
    const kept = await deps.deliveries.insert(fresh)
    const sources = new Set(fresh.flatMap(({ id, sourceId }) => (kept.has(id) ? [sourceId] : [])))
    for (const sourceId of sources) await deps.jobs.enqueue(applyJob(sourceId, deps.clock.now()))
    return kept
  })
}

function refused(error: CodedError): Receipt {
  return { outcome: 'refused', error }
}

/** Decoded, without a byte order mark; undefined for what is not UTF-8. */
function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
