import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { deliveryErrors } from '../errors.ts'
import type { SourceStore } from '../source-store.ts'
import { applyJob } from './delivery.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { requireVisible } from './visible-sources.ts'

/** Where a source is, and how its API is asked. */
export interface ApiAccess {
  /** `https://` and a host, without a slash at its end. */
  readonly address: string
  /** Who asks; without them, as far as anyone may. */
  readonly credentials?: { readonly user: string; readonly token: string }
}

interface AccessRow {
  source_id: string
  address: string
  user: string | null
  token: string | null
  changed_at: string
}

/** Why deliveries failed that other access may cure. */
const API_FAULTS = ['SOURCE_API_REQUIRED', 'SOURCE_API_REFUSED', 'SOURCE_API_FAILED']

export type ApiAccessStore = ReturnType<typeof createApiAccessStore>

/** Access to sources' APIs; the token is read for asking and shown to nobody. */
export function createApiAccessStore(db: Database, clock: Clock) {
  const access = () => db.sql<AccessRow>('source_api_access')
  return {
    async find(sourceId: string): Promise<ApiAccess | undefined> {
      const row = await access().where({ source_id: sourceId }).first()
      if (row === undefined) return undefined
      const { address, user, token } = row
      return { address, ...(user !== null && token !== null && { credentials: { user, token } }) }
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
  /** Hosts that may be asked without encryption, because they are on this side of the internet. */
  readonly privateHosts: readonly string[]
}

/**
 * Says how a source's API is asked, or (without access) that it is no longer. Deliveries that were kept for want of it
 * are tried again.
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
    const source = await requireVisible(deps.sources, request.source, request.actor)
    const before = await deps.apiAccess.find(source.id)
    if (access === undefined) await deps.apiAccess.remove(source.id)
    else await deps.apiAccess.put(source.id, access)
    await deps.audit.record('source-access.changed', request.actor, source.id, {
      ...(before && { before: withoutToken(before) }),
      ...(access && { after: withoutToken(access) }),
    })
    if (access === undefined) return
    const reopened = await deps.deliveries.reopen(source.id, API_FAULTS)
    if (reopened > 0) await deps.jobs.enqueue(applyJob(source.id, deps.clock.now()))
  })
}

/** What may be shown and audited of it. */
export function withoutToken({ address, credentials }: ApiAccess): { address: string; user?: string } {
  return { address, ...(credentials && { user: credentials.user }) }
}

/** Over plain HTTP anyone on the way would read the token. */
function checkedAddress(text: string, privateHosts: readonly string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const bare = url !== undefined && url.pathname === '/' && url.search === '' && url.username === ''
  const safe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && privateHosts.includes(url.hostname))
  if (!bare || !safe) throw deliveryErrors.API_ADDRESS_INVALID()
  return url.origin
}
