import { randomBytes } from 'node:crypto'
import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { requireWebhookKind } from '../../sources/webhook-kinds.ts'
import { deliveryErrors } from '../errors.ts'
import type { SourceStore } from '../source-store.ts'
import type { SecretStore, WebhookSecret } from './secret-store.ts'
import { ensureVisible, requireVisible } from './visible-sources.ts'

export interface SecretDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly sources: SourceStore
  readonly secrets: SecretStore
}

interface SecretRequest {
  /** Name of the source; one that is new is made, with this audience (`internal` unless told otherwise). */
  readonly source: string
  readonly audience?: Audience
  readonly kind: string
  /** One that the sender made; made here when absent. */
  readonly secret?: string
  /** How long the secret before goes on being accepted, in hours: a day unless told otherwise. */
  readonly overlapHours?: number
  readonly actor: Actor
}

interface IssuedSecret extends WebhookSecret {
  /** Shown this once. */
  readonly value: string
  /** Where the sender delivers, below the address of this service. */
  readonly path: string
  /** Until when the secret before is accepted; absent when there was none. */
  readonly previousUntil?: string
}

const OVERLAP_HOURS = 24
const SECRET_BYTES = 32
const SECRET = /^[^\s\p{Cc}\p{Surrogate}]{16,200}$/u
const HOUR_MS = 3_600_000

/**
 * Gives a webhook a new secret. Until the overlap ends, what is signed with the one before is accepted too, so that
 * nothing is lost while the sender is changed over.
 *
 * @throws CodedError WEBHOOK_KIND_UNKNOWN, WEBHOOK_SECRET_REQUIRED, WEBHOOK_SECRET_INVALID, WEBHOOK_SECRET_IN_USE,
 *   SOURCE_NOT_FOUND, SOURCE_AUDIENCE_FORBIDDEN
 */
export async function rotateSecret(deps: SecretDeps, request: SecretRequest): Promise<IssuedSecret> {
  const kind = requireWebhookKind(request.kind)
  const { clock, audit, secrets } = deps
  if (request.secret === undefined && kind.secretFromSource)
    throw deliveryErrors.WEBHOOK_SECRET_REQUIRED({ kind: kind.name })
  const value = request.secret ?? randomBytes(SECRET_BYTES).toString('hex')
  if (!SECRET.test(value)) throw deliveryErrors.WEBHOOK_SECRET_INVALID()
  const until = new Date(
    clock.now().getTime() + (request.overlapHours ?? OVERLAP_HOURS) * HOUR_MS,
  ).toISOString()
  return deps.db.transaction(async () => {
    const wanted = {
      name: request.source,
      format: kind.name,
      audience: request.audience ?? 'internal',
    }
    const source = await ensureVisible(deps.sources, wanted, request.actor)
    // Of two rotations at once the later has to see the secret of the earlier, to end it.
    await deps.sources.takeTurn(source.id)
    if (await secrets.holds(source.id, kind.name, value)) throw deliveryErrors.WEBHOOK_SECRET_IN_USE()
    await secrets.removeExpired()
    const before = await secrets.expire(source.id, kind.name, until)
    const issued = await secrets.insert(newId('whs', clock.now()), source.id, kind.name, value)
    const overlap = before > 0 ? { previousUntil: until } : {}
    await audit.record('webhook-secret.created', request.actor, source.id, {
      after: { source: source.name, kind: kind.name, secretId: issued.id, ...overlap },
    })
    return { ...issued, value, path: webhookPath(source.name, kind.name), ...overlap }
  })
}

/** Where deliveries of a kind from a source are sent, below the address of this service. */
function webhookPath(source: string, kind: string): string {
  return `/api/sources/${encodeURIComponent(source)}/webhooks/${kind}`
}

/**
 * Ends a secret at once, and forgets it.
 *
 * @throws CodedError SOURCE_NOT_FOUND, WEBHOOK_SECRET_NOT_FOUND
 */
export async function revokeSecret(
  deps: SecretDeps,
  request: { readonly source: string; readonly kind: string; readonly id: string; readonly actor: Actor },
): Promise<void> {
  const { id, kind, actor } = request
  await deps.db.transaction(async () => {
    const source = await requireVisible(deps.sources, request.source, actor)
    const removed = await deps.secrets.remove(source.id, kind, id)
    if (removed === undefined) throw deliveryErrors.WEBHOOK_SECRET_NOT_FOUND({ id })
    await deps.audit.record('webhook-secret.revoked', actor, source.id, {
      before: { source: source.name, kind, secretId: id },
    })
  })
}
