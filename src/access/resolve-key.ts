import type { Actor } from './actor.ts'
import { hashToken, idOfToken, sameHash } from './api-key.ts'
import type { KeyStore } from './key-store.ts'

/** Who sends this token; undefined when it is no token, unknown or revoked. Never cached: a revocation holds at once. */
export async function resolveKey(keys: KeyStore, token: string): Promise<Actor | undefined> {
  const id = idOfToken(token)
  const found = id === undefined ? undefined : await keys.findSecret(id)
  if (found === undefined || !sameHash(found.secretHash, hashToken(token))) return undefined
  const { name, roles, audience } = found.key
  return { id: found.key.id, name, roles, audience }
}
