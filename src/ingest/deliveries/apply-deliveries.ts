import { CodedError } from '../../platform/errors.ts'
import type { JobLog } from '../../platform/jobs/job-runner.ts'
import type { Outbound } from '../../platform/outbound.ts'
import { sourceErrors } from '../../sources/errors.ts'
import type { SourceItem, SourceRecord } from '../../sources/record.ts'
import { type SourceApi, stamped, type WebhookReading } from '../../sources/webhook.ts'
import { requireWebhookKind } from '../../sources/webhook-kinds.ts'

import { type ApplyDeps, applyRecords } from '../rows/apply-records.ts'
import type { Source, SourceStore } from '../source-store.ts'
import type { ApiAccessStore } from './api-access.ts'
import type { PendingDelivery } from './delivery.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { type FailedDelivery, type NoteFailureDeps, noteFailures } from './failed-deliveries.ts'
import { dateReturns, findRemovals } from './removals.ts'
import { createSourceApi } from './source-api.ts'

export interface ApplyDeliveryDeps extends ApplyDeps, NoteFailureDeps {
  readonly sources: SourceStore
  readonly deliveries: DeliveryStore
  readonly apiAccess: ApiAccessStore
  readonly log: JobLog
  readonly outbound: Outbound
}

interface Read {
  readonly delivery: PendingDelivery
  readonly records: readonly SourceRecord[]
}

/** Faults that stay until someone changes the webhook or its settings. */
const LASTING = new Set([
  'WEBHOOK_KIND_UNKNOWN',
  'WEBHOOK_PAYLOAD_UNEXPECTED',
  'SOURCE_API_REQUIRED',
  'SOURCE_API_REFUSED',
  'OUTBOUND_URL_INVALID',
  'OUTBOUND_ADDRESS_REFUSED',
  'OUTBOUND_REDIRECTED',
])

/**
 * Brings the database to what deliveries of one source say. They may come in any order and more than once: each
 * record says as of when it holds, and what is older than what is known changes nothing. Those that could not be
 * applied are noted as failed, and tried again later where that may help.
 */
export async function applyDeliveries(
  deps: ApplyDeliveryDeps,
  source: Source,
  deliveries: readonly PendingDelivery[],
  signal: AbortSignal,
): Promise<void> {
  const failed: FailedDelivery[] = []
  const read: Read[] = []
  const ask = await waysToAsk(deps, source, signal)
  for (const delivery of deliveries) {
    try {
      const reading = await readDelivery(deps, delivery, ask(delivery.kind))
      // What comes back is dated by its removal, which may be among those before.
      if (reading.returned !== undefined) failed.push(...(await apply(deps, source, read.splice(0))))
      read.push({ delivery, records: await completed(deps, source, delivery, reading) })
    } catch (error) {
      if (signal.aborted) throw error
      failed.push(failure(deps, delivery, error))
    }
  }
  failed.push(...(await apply(deps, source, read)))
  await noteFailures(deps, failed)
}

/** A change names the delivery that brought it, where it came alone; in a burst those of a batch are one. */
async function tell(deps: ApplyDeliveryDeps, source: Source, telling: readonly Read[]): Promise<void> {
  const [only] = telling
  const items = telling.flatMap(({ delivery, records }) =>
    records.map((record): SourceItem => ({ outcome: 'record', record, place: { file: delivery.id } })),
  )
  const applied = await applyRecords(deps, {
    source: source.name,
    records: items,
    ...(telling.length === 1 && only && { delivery: only.delivery.id }),
  })
  const [rejection] = applied.rejections
  if (rejection !== undefined)
    throw sourceErrors.WEBHOOK_PAYLOAD_UNEXPECTED({
      event: only?.delivery.event,
      reason: rejection.reason,
    })
}

interface Way {
  readonly address?: string
  readonly api: SourceApi | undefined
}

/** How the source is asked about deliveries of a kind: once for all of them that ask the same. */
async function waysToAsk(
  deps: ApplyDeliveryDeps,
  source: Source,
  signal: AbortSignal,
): Promise<(kind: string) => Way> {
  const access = await deps.apiAccess.find(source.id)
  const ways = new Map<string, Way>()
  return (name) => {
    if (access === undefined) return { api: undefined }
    const known = ways.get(name)
    if (known !== undefined) return known
    const api = createSourceApi(deps, requireWebhookKind(name), access, signal)
    const way = { address: access.address, api }
    ways.set(name, way)
    return way
  }
}

/** Applies all at once; when that fails, one by one, so that one delivery does not hold up the others. */
async function apply(
  deps: ApplyDeliveryDeps,
  source: Source,
  read: readonly Read[],
): Promise<FailedDelivery[]> {
  const telling = read.filter(({ records }) => records.length > 0)
  try {
    if (telling.length > 0) await tell(deps, source, telling)
  } catch (error) {
    const [only] = read
    if (only === undefined || read.length === 1)
      return only === undefined ? [] : [failure(deps, only.delivery, error)]
    const failed: FailedDelivery[] = []
    for (const each of read) failed.push(...(await apply(deps, source, [each])))
    return failed
  }
  const ids = (some: readonly Read[]) => some.map(({ delivery }) => delivery.id)
  await deps.deliveries.finish(ids(telling), 'applied')
  await deps.deliveries.finish(ids(read.filter(({ records }) => records.length === 0)), 'ignored')
  return []
}

async function readDelivery(
  { deliveries }: ApplyDeliveryDeps,
  delivery: PendingDelivery,
  { address, api }: Way,
): Promise<WebhookReading> {
  const { event, body, sequence } = delivery
  const about = {
    event,
    payload: JSON.parse(body),
    at: await whenItHappened(deliveries, delivery),
    sequence,
    address,
  }
  return requireWebhookKind(delivery.kind).read(about, api)
}

/** What a delivery says, with what follows from it and from what is stored. */
async function completed(
  { db }: ApplyDeliveryDeps,
  source: Source,
  { sequence }: PendingDelivery,
  { records, returned = [], wholeThreads = [] }: WebhookReading,
): Promise<readonly SourceRecord[]> {
  const dated = await dateReturns(db, source.name, records, returned, sequence)
  return [...dated, ...(await findRemovals(db, source.name, wholeThreads))]
}

/** When a delivery was received; one that others overtook, by the sender's numbering, is as old as the first of them. */
async function whenItHappened(
  store: DeliveryStore,
  { sourceId, kind, sequence, receivedAt }: PendingDelivery,
): Promise<string> {
  if (sequence === undefined) return receivedAt
  return stamped((await store.receivedFrom(sourceId, kind, sequence)) ?? receivedAt, sequence)
}

function failure({ log }: ApplyDeliveryDeps, delivery: PendingDelivery, error: unknown): FailedDelivery {
  const coded = error instanceof CodedError
  if (!coded) log.error({ err: error, delivery: delivery.id }, 'delivery failed unexpectedly')
  const code = coded ? error.code : 'INTERNAL'
  const message = coded
    ? error.message
    : 'The delivery failed unexpectedly. The server log has the error under the id of the delivery.'
  return { delivery, error: { code, message }, mayPass: !LASTING.has(code) }
}
