import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { type Actor, ROLES, type Role } from './actor.ts'
import { type ApiKey, type IssuedKey, keyTokens } from './api-key.ts'
import { AUDIENCES, type Audience, visibleTo } from './audience.ts'
import type { AuditLog } from './audit-log.ts'
import { accessErrors } from './errors.ts'
import type { KeyStore } from './key-store.ts'
import { hashToken } from './tokens.ts'

export interface KeyDeps {
  readonly db: Database
  readonly clock: Clock
  readonly keys: KeyStore
  readonly audit: AuditLog
}

export interface NewKey {
  /** No two keys in use have the same. */
  readonly name: string
  /** At least one of ROLES. */
  readonly roles: readonly string[]
  /** One of AUDIENCES; none closer than the actor's own. */
  readonly audience: string
  readonly actor: Actor
}

/**
 * Makes a key. The token in the answer is the only copy there is.
 *
 * @throws CodedError KEY_NAME_TAKEN, KEY_NAME_INVALID, KEY_ROLE_UNKNOWN, KEY_AUDIENCE_UNKNOWN, KEY_AUDIENCE_FORBIDDEN
 */
export async function createKey(deps: KeyDeps, input: NewKey): Promise<IssuedKey> {
  const { name, roles, audience } = checked(input)
  const { id, token } = keyTokens.create(deps.clock.now())
  return deps.db.transaction(async () => {
    const key = await deps.keys.insert({ id, name, roles, audience }, hashToken(token))
    if (key === undefined) throw accessErrors.KEY_NAME_TAKEN({ name })
    await deps.audit.record('key.created', input.actor, id, { after: { name, roles, audience } })
    return { key, token }
  })
}

function checked(input: NewKey): { name: string; roles: readonly Role[]; audience: Audience } {
  const name = input.name.trim()
  if (name.length === 0 || name.length > 100 || /\p{Cc}/u.test(name)) throw accessErrors.KEY_NAME_INVALID()
  const asked = input.roles.length === 0 ? [''] : input.roles
  const unknown = asked.find((role) => !ROLES.some((known) => known === role))
  if (unknown !== undefined) throw accessErrors.KEY_ROLE_UNKNOWN({ role: unknown })
  const roles = ROLES.filter((role) => asked.includes(role))
  const audience = AUDIENCES.find((known) => known === input.audience)
  if (audience === undefined) throw accessErrors.KEY_AUDIENCE_UNKNOWN({ audience: input.audience })
  if (!visibleTo(input.actor.audience).includes(audience))
    throw accessErrors.KEY_AUDIENCE_FORBIDDEN({ audience })
  return { name, roles, audience }
}

/**
 * Makes a key under a name that may be in use: the key that had it is revoked in the same transaction.
 *
 * @throws CodedError as `createKey`
 */
export async function replaceKey(deps: KeyDeps, input: NewKey): Promise<IssuedKey> {
  return deps.db.transaction(async () => {
    const old = await deps.keys.findNamed(input.name.trim())
    if (old !== undefined && maySee(input.actor, old))
      await revokeKey(deps, { id: old.id, actor: input.actor })
    return createKey(deps, input)
  })
}

/**
 * Revokes a key: refused from its next request on. Revoking it again changes nothing.
 *
 * @throws CodedError KEY_NOT_FOUND, also for a key that sees more than the actor
 */
export async function revokeKey(
  { db, keys, audit }: KeyDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<ApiKey> {
  return db.transaction(async () => {
    const key = await keys.find(id)
    if (key === undefined || !maySee(actor, key)) throw accessErrors.KEY_NOT_FOUND({ id })
    if (await keys.markRevoked(id)) {
      const { name, roles, audience } = key
      await audit.record('key.revoked', actor, id, { before: { name, roles, audience } })
    }
    return (await keys.find(id)) ?? key
  })
}

/** Whether a key sees no more than the actor. */
function maySee(actor: Actor, { audience }: Pick<ApiKey, 'audience'>): boolean {
  return visibleTo(actor.audience).includes(audience)
}
