import type { Role } from './actor.ts'
import type { Audience } from './audience.ts'
import { tokenKind } from './tokens.ts'

/** A key as it may be shown; its secret is shown once, when it is made, and kept by nobody but its holder. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly audience: Audience
  readonly createdAt: string
  /** Refused since then. */
  readonly revokedAt?: string
}

/** A key that was just made, with what its holder sends. */
export interface IssuedKey {
  readonly key: ApiKey
  /** `ent_<id part>_<secret>`; cannot be had again. */
  readonly token: string
}

export const keyTokens = tokenKind('ent', 'key')
