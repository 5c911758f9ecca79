import type { IssuedKey } from './api-key.ts'
import { createKey, type KeyDeps, type NewKey } from './create-key.ts'
import { revokeKey } from './revoke-key.ts'

/**
 * Makes a key under a name that may be in use: the key that had it is revoked in the same transaction.
 *
 * @throws CodedError as `createKey`
 */
export async function replaceKey(deps: KeyDeps, input: NewKey): Promise<IssuedKey> {
  return deps.db.transaction(async () => {
    const old = await deps.keys.findNamed(input.name.trim())
    if (old !== undefined) await revokeKey(deps, { id: old.id, actor: input.actor })
    return createKey(deps, input)
  })
}
