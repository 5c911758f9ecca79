import { CodedError } from '../../platform/errors.ts'
import type { JobLog } from '../../platform/jobs/job-runner.ts'
import type { Outbound } from '../../platform/outbound.ts'
import { sourceErrors } from '../../sources/errors.ts'
import type { SourceItem, SourceRecord } from '../../sources/record.ts'
import { type SourceApi, type WebhookReading, withSequence } from '../../sources/webhook.ts'
import { requireWebhookKind } from '../../sources/webhook-kinds.ts'
import { type ApplyDeps, applyRecords } from '../rows/apply-records.ts'
import type { Source, SourceStore } from '../source-store.ts'
import { type ApiAccessStore, createSourceApi } from './api-access.ts'
import type { PendingDelivery } from './delivery.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { type FailedDelivery, type RecordFailureDeps, recordFailures } from './failed-deliveries.ts'
import { dateRestored, findRemovals } from './removals.ts'

export interface ApplyDeliveryDeps extends ApplyDeps, RecordFailureDeps {
  readonly sources: SourceStore
  readonly deliveries: DeliveryStore
  readonly apiAccess: ApiAccessStore
  readonly log: JobLog
  readonly outbound: Outbound
}

interface ReadDelivery {
  readonly delivery: PendingDelivery
  readonly records: readonly SourceRecord[]
}

/** Errors that remain until someone changes the webhook or its settings. */
const PERMANENT = new Set([
  'WEBHOOK_KIND_UNKNOWN',
  'WEBHOOK_PAYLOAD_UNEXPECTED',
  'SOURCE_API_REQUIRED',
  'SOURCE_API_REFUSED',
  'OUTBOUND_URL_INVALID',
  'OUTBOUND_ADDRESS_REFUSED',
  'OUTBOUND_REDIRECTED',
])

/**
 * Applies deliveries of one source to the database. They may come in any order and more than once: each record has a
 * date, and one that is older than what is stored changes nothing. Deliveries that could not be applied are recorded as
 * failed, and tried again later if the fault may be temporary.
 */
export async function applyDeliveries(
  deps: ApplyDeliveryDeps,
  source: Source,
  deliveries: readonly PendingDelivery[],
  signal: AbortSignal,
): Promise<void> {
  const failed: FailedDelivery[] = []
  const read: ReadDelivery[] = []
  const apiFor = await createApis(deps, source, signal)
  for (const delivery of deliveries) {
    try {
      const reading = await readDelivery(deps, delivery, apiFor(delivery.kind))
      // A restored post is dated by its removal, which may be among the deliveries read before.
      if (reading.restored !== undefined) failed.push(...(await apply(deps, source, read.splice(0))))
      read.push({ delivery, records: await completeRecords(deps, source, delivery, reading) })
    } catch (error) {
      if (signal.aborted) throw error
      failed.push(failure(deps, delivery, error))
    }
  }
  failed.push(...(await apply(deps, source, read)))
  await recordFailures(deps, failed)
}

/** Writes the records of deliveries. A change names its delivery only where one delivery is written alone. */
async function writeRecords(
  deps: ApplyDeliveryDeps,
  source: Source,
  deliveries: readonly ReadDelivery[],
): Promise<void> {
  const [only] = deliveries
  const items = deliveries.flatMap(({ delivery, records }) =>
    records.map((record): SourceItem => ({ outcome: 'record', record, place: { file: delivery.id } })),
  )
  const applied = await applyRecords(deps, {
    source: source.name,
    records: items,
    delivery: deliveries.length === 1 ? only?.delivery.id : undefined,
  })
  const [rejection] = applied.rejections
  if (rejection !== undefined)
    throw sourceErrors.WEBHOOK_PAYLOAD_UNEXPECTED({
      event: only?.delivery.event,
      reason: rejection.reason,
    })
}

/** The API of a source, if its access is configured. */
interface ConfiguredApi {
  readonly address?: string
  readonly api: SourceApi | undefined
}

/** Returns the API for deliveries of a kind, one per kind, so that equal requests are sent once. */
async function createApis(
  deps: ApplyDeliveryDeps,
  source: Source,
  signal: AbortSignal,
): Promise<(kind: string) => ConfiguredApi> {
  const access = await deps.apiAccess.find(source.id)
  const apis = new Map<string, ConfiguredApi>()
  return (name) => {
    if (access === undefined) return { api: undefined }
    const known = apis.get(name)
    if (known !== undefined) return known
    const api = createSourceApi(deps, requireWebhookKind(name), access, signal)
    const configured = { address: access.address, api }
    apis.set(name, configured)
    return configured
  }
}

/** Applies all together; if that fails, one by one, so that one delivery does not block the others. */
async function apply(
  deps: ApplyDeliveryDeps,
  source: Source,
  read: readonly ReadDelivery[],
): Promise<FailedDelivery[]> {
  const withRecords = read.filter(({ records }) => records.length > 0)
  try {
    if (withRecords.length > 0) await writeRecords(deps, source, withRecords)
  } catch (error) {
    const [only] = read
    if (only === undefined || read.length === 1)
      return only === undefined ? [] : [failure(deps, only.delivery, error)]
    const failed: FailedDelivery[] = []
    for (const each of read) failed.push(...(await apply(deps, source, [each])))
    return failed
  }
  const ids = (some: readonly ReadDelivery[]) => some.map(({ delivery }) => delivery.id)
  await deps.deliveries.finish(ids(withRecords), 'applied')
  await deps.deliveries.finish(ids(read.filter(({ records }) => records.length === 0)), 'ignored')
  return []
}

async function readDelivery(
  { deliveries }: ApplyDeliveryDeps,
  delivery: PendingDelivery,
  { address, api }: ConfiguredApi,
): Promise<WebhookReading> {
  const { event, body, sequence } = delivery
  const webhook = {
    event,
    payload: JSON.parse(body),
    at: await eventTime(deliveries, delivery),
    sequence,
    address,
  }
  return requireWebhookKind(delivery.kind).read(webhook, api)
}

/** The records of a delivery, with those that follow from it and from what is stored. */
async function completeRecords(
  { db }: ApplyDeliveryDeps,
  source: Source,
  { sequence }: PendingDelivery,
  { records, restored = [], completeThreads = [] }: WebhookReading,
): Promise<readonly SourceRecord[]> {
  const dated = await dateRestored(db, source.name, records, restored, sequence)
  return [...dated, ...(await findRemovals(db, source.name, completeThreads))]
}

/** When a delivery was received; if later ones, by the sender's numbering, arrived before it, when the first of them was. */
async function eventTime(
  store: DeliveryStore,
  { sourceId, kind, sequence, receivedAt }: PendingDelivery,
): Promise<string> {
  if (sequence === undefined) return receivedAt
  return withSequence((await store.receivedFrom(sourceId, kind, sequence)) ?? receivedAt, sequence)
}

function failure({ log }: ApplyDeliveryDeps, delivery: PendingDelivery, error: unknown): FailedDelivery {
  const coded = error instanceof CodedError
  if (!coded) log.error({ err: error, delivery: delivery.id }, 'delivery failed unexpectedly')
  const code = coded ? error.code : 'INTERNAL'
  const message = coded
    ? error.message
    : 'The delivery failed unexpectedly. The server log has the error under the id of the delivery.'
  return { delivery, error: { code, message }, isTemporary: !PERMANENT.has(code) }
}
