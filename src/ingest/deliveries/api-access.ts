import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import type { Outbound } from '../../platform/outbound.ts'
import { sourceErrors } from '../../sources/errors.ts'
import type { SourceAnswer, SourceApi, WebhookKind } from '../../sources/webhook.ts'
import { ingestErrors } from '../errors.ts'
import { requireReadableSource } from '../readable-sources.ts'
import type { SourceStore } from '../source-store.ts'
import { applyJob } from './delivery.ts'
import type { DeliveryStore } from './delivery-store.ts'

/** The address of a source and the credentials for its API. */
export interface ApiAccess {
  /** `https://` and a host, without a trailing slash. */
  readonly address: string
  /** Without them the API is called anonymously. */
  readonly credentials?: { readonly user: string; readonly token: string }
}

interface AccessRow {
  source_id: string
  address: string
  user: string | null
  token: string | null
  changed_at: string
}

/** Errors of failed deliveries that a change of access may resolve. */
const API_FAULTS = ['SOURCE_API_REQUIRED', 'SOURCE_API_REFUSED', 'SOURCE_API_FAILED']

export type ApiAccessStore = ReturnType<typeof createApiAccessStore>

/** Access to the APIs of sources. The token is only used for calls, and never shown. */
export function createApiAccessStore(db: Database, clock: Clock) {
  const access = () => db.sql<AccessRow>('source_api_access')
  return {
    async find(sourceId: string): Promise<ApiAccess | undefined> {
      const row = await access().where({ source_id: sourceId }).first()
      if (row === undefined) return undefined
      const { address, user, token } = row
      return { address, credentials: user !== null && token !== null ? { user, token } : undefined }
    },
    async put(sourceId: string, { address, credentials }: ApiAccess): Promise<void> {
      const { user = null, token = null } = credentials ?? {}
      await access()
        .insert({ source_id: sourceId, address, user, token, changed_at: isoNow(clock) })
        .onConflict('source_id')
        .merge()
    },
    async remove(sourceId: string): Promise<void> {
      await access().where({ source_id: sourceId }).delete()
    },
  }
}

export interface AccessDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: JobStore
  readonly audit: AuditLog
  readonly sources: SourceStore
  readonly apiAccess: ApiAccessStore
  readonly deliveries: DeliveryStore
  /** Hosts that may be called without encryption, because they are on a private network. */
  readonly privateHosts: readonly string[]
}

/**
 * Sets the access to a source's API, or removes it if `access` is undefined. Deliveries that failed for lack of access are
 * tried again.
 *
 * @throws CodedError SOURCE_NOT_FOUND, API_ADDRESS_INVALID
 */
export async function setApiAccess(
  deps: AccessDeps,
  request: { readonly source: string; readonly access: ApiAccess | undefined; readonly actor: Actor },
): Promise<void> {
  const access = request.access && {
    ...request.access,
    address: checkedAddress(request.access.address, deps.privateHosts),
  }
  await deps.db.transaction(async () => {
    const source = await requireReadableSource(deps.sources, request.source, request.actor)
    const before = await deps.apiAccess.find(source.id)
    if (access === undefined) await deps.apiAccess.remove(source.id)
    else await deps.apiAccess.put(source.id, access)
    await deps.audit.record('source-access.changed', request.actor, source.id, {
      before: before && withoutToken(before),
      after: access && withoutToken(access),
    })
    if (access === undefined) return
    const reopened = await deps.deliveries.reopen(source.id, API_FAULTS)
    if (reopened > 0) await deps.jobs.enqueue(applyJob(source.id, deps.clock.now()))
  })
}

/** The part of the access that may be shown and audited. */
export function withoutToken({ address, credentials }: ApiAccess): { address: string; user?: string } {
  return { address, user: credentials?.user }
}

/** Requires https, except for private hosts: over plain HTTP the token could be read in transit. */
function checkedAddress(text: string, privateHosts: readonly string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const bare = url !== undefined && url.pathname === '/' && url.search === '' && url.username === ''
  const safe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && privateHosts.includes(url.hostname))
  if (!bare || !safe) throw ingestErrors.API_ADDRESS_INVALID()
  return url.origin
}

/**
 * A source's API for deliveries that are applied together. Equal requests are sent once.
 *
 * @param signal aborts requests that are under way
 */
export function createSourceApi(
  { outbound, clock }: { readonly outbound: Outbound; readonly clock: Clock },
  kind: WebhookKind,
  access: ApiAccess,
  signal: AbortSignal,
): SourceApi {
  const answers = new Map<string, Promise<SourceAnswer>>()
  const { host } = new URL(access.address)
  const headers = {
    accept: 'application/json',
    ...(access.credentials && kind.apiHeaders?.(access.credentials)),
  }

  async function request(path: string): Promise<SourceAnswer> {
    const asOf = isoNow(clock)
    const response = await outbound.fetch(`${access.address}${path}`, { headers, signal })
    const { status } = response
    if (response.ok) return { asOf, json: await jsonOf(response) }
    await response.body?.cancel()
    if (status === 404 || status === 410) return { asOf, json: undefined }
    if (status === 401 || status === 403) throw sourceErrors.SOURCE_API_REFUSED({ host, status })
    throw sourceErrors.SOURCE_API_FAILED({ host, reason: `HTTP status ${status}` })
  }

  async function jsonOf(response: { json(): Promise<unknown> }): Promise<unknown> {
    try {
      return (await response.json()) ?? null
    } catch (cause) {
      throw sourceErrors.SOURCE_API_FAILED({ host, reason: 'the response is not JSON' }, { cause })
    }
  }

  return {
    get(path) {
      const answer = answers.get(path) ?? request(path)
      answers.set(path, answer)
      return answer
    },
  }
}
