import type { Actor } from './actor.ts'
import type { ApiKey } from './api-key.ts'
import type { KeyDeps } from './create-key.ts'
import { accessErrors } from './errors.ts'

/**
 * Revokes a key: refused from its next request on. Revoking it again changes nothing.
 *
 * @throws CodedError KEY_NOT_FOUND
 */
export async function revokeKey(
  { db, keys, audit }: KeyDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<ApiKey> {
  return db.transaction(async () => {
    const revoked = await keys.markRevoked(id)
    const key = await keys.find(id)
    if (key === undefined) throw accessErrors.KEY_NOT_FOUND({ id })
    if (revoked) {
      const { name, roles, audience } = key
      await audit.record('key.revoked', actor, id, { before: { name, roles, audience } })
    }
    return key
  })
}
