import { type Audience, visibleTo } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import { webhookErrors } from '../errors.ts'
import { whereDue } from '../sending/delivery.ts'
import type { Endpoint } from './endpoint.ts'

interface EndpointRow {
  id: string
  url: string
  description: string
  types: string
  audience: Audience
  routing: string
  secrets: string
  enabled: boolean | number
  disabled_reason: string | null
  version: number
  failing_since: string | null
  hold_until: string | null
  created_at: string
  updated_at: string
}

type NewEndpoint = Pick<
  Endpoint,
  'url' | 'description' | 'types' | 'audience' | 'routing' | 'secrets' | 'enabled'
>
export type EndpointStore = ReturnType<typeof createEndpointStore>

/** Endpoints. A reader sees those whose audience they may see. */
export function createEndpointStore(db: Database, clock: Clock) {
  const endpoints = () => db.sql<EndpointRow>('webhook_endpoints')
  const visible = (reader: Audience) => endpoints().whereIn('audience', visibleTo(reader))

  return {
    /** @returns undefined when another endpoint has that URL */
    async insert(given: NewEndpoint): Promise<Endpoint | undefined> {
      const now = isoNow(clock)
      const endpoint: Endpoint = {
        ...given,
        id: newId('whk', clock.now()),
        version: 1,
        createdAt: now,
        updatedAt: now,
      }
      const inserted: unknown[] = await endpoints()
        .insert(toRow(endpoint))
        .onConflict('url')
        .ignore()
        .returning('id')
      return inserted.length === 0 ? undefined : endpoint
    },

    /** The endpoint, if the reader may see it. @throws CodedError WEBHOOK_NOT_FOUND */
    async require(id: string, reader: Audience): Promise<Endpoint> {
      const row = await visible(reader).where({ id }).first()
      if (row === undefined) throw webhookErrors.WEBHOOK_NOT_FOUND({ id })
      return toEndpoint(row)
    },

    /** The endpoint, locked against changes until the transaction ends. @throws CodedError WEBHOOK_NOT_FOUND */
    async requireForChange(id: string, reader: Audience): Promise<Endpoint> {
      const query = visible(reader).where({ id }).first()
      const row: EndpointRow | undefined = await (db.dialect === 'postgres' ? query.forUpdate() : query)
      if (row === undefined) throw webhookErrors.WEBHOOK_NOT_FOUND({ id })
      return toEndpoint(row)
    },

    async withUrl(url: string): Promise<Endpoint | undefined> {
      const row = await endpoints().where({ url }).first()
      return row && toEndpoint(row)
    },

    /** Newest first. */
    async list(reader: Audience, { cursor, limit = 20 }: PageQuery): Promise<Page<Endpoint>> {
      const query = visible(reader)
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor).id)
      const rows: EndpointRow[] = await query
      return toPage(rows.map(toEndpoint), limit, ({ id, createdAt }) => ({ key: createdAt, id }))
    },

    /** Enabled endpoints, locked against changes until the transaction in progress ends. */
    async enabled(): Promise<Endpoint[]> {
      const query = endpoints().where({ enabled: true }).orderBy('id')
      const rows: EndpointRow[] = await (db.dialect === 'postgres' ? query.forShare() : query)
      return rows.map(toEndpoint)
    },

    /** Enabled endpoints with a delivery that is due, but for those that asked for a pause. */
    async due(): Promise<Endpoint[]> {
      const now = isoNow(clock)
      const waiting = db
        .sql('webhook_deliveries as d')
        .whereRaw('d.endpoint_id = webhook_endpoints.id')
        .where('d.status', 'waiting')
      const rows: EndpointRow[] = await endpoints()
        .where({ enabled: true })
        .where((free) => free.whereNull('hold_until').orWhere('hold_until', '<=', now))
        .whereExists(whereDue(waiting, now))
      return rows.map(toEndpoint)
    },

    /** Stores a changed endpoint as its next version. Call it on what `requireForChange` returned. */
    async change(endpoint: Endpoint): Promise<Endpoint> {
      const next = { ...endpoint, version: endpoint.version + 1, updatedAt: isoNow(clock) }
      await endpoints().where({ id: endpoint.id }).update(toRow(next))
      return next
    },

    /** Records that an attempt succeeded. This does not count as a change of the endpoint. */
    async recordSuccess(id: string): Promise<void> {
      await endpoints()
        .where({ id })
        .whereNotNull('failing_since')
        .update({ failing_since: null, hold_until: null })
    },

    /** Records that an attempt failed, and when the receiver accepts the next, if it stated that. */
    async recordFailure(id: string, holdUntil?: string): Promise<void> {
      await endpoints()
        .where({ id })
        .update({
          failing_since: db.sql.raw('coalesce(failing_since, ?)', [isoNow(clock)]) as unknown as string,
          hold_until: holdUntil,
        })
    },

    async remove(id: string): Promise<void> {
      await endpoints().where({ id }).delete()
    },
  }
}

function toRow(endpoint: Endpoint): EndpointRow {
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    types: JSON.stringify(endpoint.types),
    audience: endpoint.audience,
    routing: JSON.stringify(endpoint.routing),
    secrets: JSON.stringify(endpoint.secrets),
    enabled: endpoint.enabled,
    disabled_reason: endpoint.disabledReason ?? null,
    version: endpoint.version,
    failing_since: endpoint.failingSince ?? null,
    hold_until: endpoint.holdUntil ?? null,
    created_at: endpoint.createdAt,
    updated_at: endpoint.updatedAt,
  }
}

function toEndpoint(row: EndpointRow): Endpoint {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    types: JSON.parse(row.types),
    audience: row.audience,
    routing: JSON.parse(row.routing),
    secrets: JSON.parse(row.secrets),
    enabled: Boolean(row.enabled),
    disabledReason: row.disabled_reason ?? undefined,
    version: row.version,
    failingSince: row.failing_since ?? undefined,
    holdUntil: row.hold_until ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
