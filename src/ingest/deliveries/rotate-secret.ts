import { randomBytes } from 'node:crypto'
import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { requireWebhookKind } from '../../sources/webhook-kinds.ts'
import { ingestErrors } from '../errors.ts'
import { ensureReadableSource, requireReadableSource } from '../readable-sources.ts'
import type { SourceStore } from '../source-store.ts'
import type { SecretStore, WebhookSecret } from './secret-store.ts'

export interface SecretDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly sources: SourceStore
  readonly secrets: SecretStore
}

interface SecretRequest {
  /** Name of the source; a new one is created with this audience, by default `internal`. */
  readonly source: string
  readonly audience?: Audience
  readonly kind: string
  /** A secret created by the sender; generated if absent. */
  readonly secret?: string
  /** For how many hours the previous secret is still accepted; 24 by default. */
  readonly overlapHours?: number
  readonly actor: Actor
}

interface IssuedSecret extends WebhookSecret {
  /** Shown only this once. */
  readonly value: string
  /** The path to which the sender delivers, below the address of this service. */
  readonly path: string
  /** Until when the previous secret is accepted; absent if there was none. */
  readonly previousUntil?: string
}

const OVERLAP_HOURS = 24
const SECRET_BYTES = 32
const SECRET = /^[^\s\p{Cc}\p{Surrogate}]{16,200}$/u
const HOUR_MS = 3_600_000

/**
 * Gives a webhook a new secret. Until the overlap ends, deliveries signed with the previous one are accepted too, so that
 * none is lost while the sender is reconfigured.
 *
 * @throws CodedError WEBHOOK_KIND_UNKNOWN, WEBHOOK_SECRET_REQUIRED, WEBHOOK_SECRET_INVALID, WEBHOOK_SECRET_IN_USE,
 *   SOURCE_NOT_FOUND, SOURCE_AUDIENCE_FORBIDDEN
 */
export async function rotateSecret(deps: SecretDeps, request: SecretRequest): Promise<IssuedSecret> {
  const kind = requireWebhookKind(request.kind)
  const { clock, audit, secrets } = deps
  if (request.secret === undefined && kind.secretFromSource)
    throw ingestErrors.WEBHOOK_SECRET_REQUIRED({ kind: kind.name })
  const value = request.secret ?? randomBytes(SECRET_BYTES).toString('hex')
  if (!SECRET.test(value)) throw ingestErrors.WEBHOOK_SECRET_INVALID()
  const until = new Date(
    clock.now().getTime() + (request.overlapHours ?? OVERLAP_HOURS) * HOUR_MS,
  ).toISOString()
  return deps.db.transaction(async () => {
    const wanted = {
      name: request.source,
      format: kind.name,
      audience: request.audience ?? 'internal',
    }
    const source = await ensureReadableSource(deps.sources, wanted, request.actor)
    // Of two concurrent rotations the later must see the secret of the earlier one, to expire it.
    await deps.sources.lock(source.id)
    if (await secrets.holds(source.id, kind.name, value)) throw ingestErrors.WEBHOOK_SECRET_IN_USE()
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

/** The path to which deliveries of a kind from a source are sent. */
function webhookPath(source: string, kind: string): string {
  return `/api/sources/${encodeURIComponent(source)}/webhooks/${kind}`
}

/**
 * Revokes a secret at once and deletes it.
 *
 * @throws CodedError SOURCE_NOT_FOUND, WEBHOOK_SECRET_NOT_FOUND
 */
export async function revokeSecret(
  deps: SecretDeps,
  request: { readonly source: string; readonly kind: string; readonly id: string; readonly actor: Actor },
): Promise<void> {
  const { id, kind, actor } = request
  await deps.db.transaction(async () => {
    const source = await requireReadableSource(deps.sources, request.source, actor)
    const removed = await deps.secrets.remove(source.id, kind, id)
    if (removed === undefined) throw ingestErrors.WEBHOOK_SECRET_NOT_FOUND({ id })
    await deps.audit.record('webhook-secret.revoked', actor, source.id, {
      before: { source: source.name, kind, secretId: id },
    })
  })
}
