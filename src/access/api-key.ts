import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { defineErrors } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { ROLES, type Role } from './actor.ts'
import { AUDIENCES, type Audience } from './audience.ts'

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

const ID_PREFIX = 'key'
/** 192 bits. */
const SECRET_BYTES = 24
const TOKEN = /^ent_([0-9a-z]{25})_[0-9a-f]{48}$/

/** A new id and a token that names it. */
export function newToken(now: Date): { readonly id: string; readonly token: string } {
  const id = newId(ID_PREFIX, now)
  const secret = randomBytes(SECRET_BYTES).toString('hex')
  return { id, token: `ent_${id.slice(ID_PREFIX.length + 1)}_${secret}` }
}

/** The id that a token names; undefined when it is no token of ours. */
export function idOfToken(token: string): string | undefined {
  const part = TOKEN.exec(token)?.[1]
  return part === undefined ? undefined : `${ID_PREFIX}_${part}`
}

/** What is stored of a token. A plain SHA-256 will do: nobody guesses 192 random bits, however fast the hash. */
export function hashToken(token: string): string {
  return hash('sha256', token)
}

/** Compares in a time that does not tell where the hashes differ. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

export const accessErrors = defineErrors({
  KEY_NOT_FOUND: [404, 'There is no API key {id}'],
  KEY_NAME_TAKEN: [
    409,
    'An API key named "{name}" already exists. Choose another name, or revoke that key first.',
  ],
  KEY_NAME_INVALID: [400, 'The name of an API key must have 1 to 100 characters and no control characters'],
  KEY_ROLE_UNKNOWN: [400, `"{role}" is not a role. An API key needs at least one of: ${ROLES.join(', ')}`],
  KEY_AUDIENCE_UNKNOWN: [400, `"{audience}" is not an audience. Choose one of: ${AUDIENCES.join(', ')}`],
  KEY_AUDIENCE_FORBIDDEN: [
    403,
    'Your own key cannot see the audience {audience}, so it cannot create a key for it',
  ],
  AUDIT_INTERNAL_ONLY: [
    403,
    'The audit log quotes changed content, so only keys with the audience internal may read it',
  ],
})
