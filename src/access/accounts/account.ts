import { fold } from '../../text/terms/fold.ts'
import { type Actor, type Proficiency, ROLES, type Role } from '../actor.ts'
import { AUDIENCES, type Audience, visibleTo } from '../audience.ts'
import { accessErrors } from '../errors.ts'

export const LANGUAGES = ['en', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

/** `invited`: has never signed in, and has no password yet. */
export type AccountStatus = 'invited' | 'active' | 'disabled'

/** A person who may sign in. */
export interface Account {
  readonly id: string
  readonly name: string
  /** In lower case; absent where the identity provider told none. */
  readonly email?: string
  readonly roles: readonly Role[]
  readonly audience: Audience
  readonly language?: Language
  /** Absent where what is usual for the roles holds. */
  readonly proficiency?: Proficiency
  readonly status: AccountStatus
  /** Whether the person signs in with the identity provider. */
  readonly oidc: boolean
  readonly createdAt: string
  readonly disabledAt?: string
}

const ID_PREFIX = 'usr'
export const accountIdPrefix = ID_PREFIX

/** Whether an actor is a person who is signed in, rather than a key, the command line or the service itself. */
export function isPerson({ id }: Pick<Actor, 'id'>): boolean {
  return id.startsWith(`${ID_PREFIX}_`)
}

/** The form of a name by which accounts are sorted and found: without case and accents. */
export function nameKey(name: string): string {
  return name.split(/\s+/).map(fold).join(' ').trim()
}

/** @throws CodedError ACCOUNT_NAME_INVALID */
export function checkedName(given: string): string {
  const name = given.trim()
  if (name.length === 0 || name.length > 100 || /\p{Cc}/u.test(name))
    throw accessErrors.ACCOUNT_NAME_INVALID()
  return name
}

/** @returns in lower case @throws CodedError ACCOUNT_EMAIL_INVALID */
export function checkedEmail(given: string): string {
  const email = normalisedEmail(given)
  if (email.length > 254 || !/^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u.test(email))
    throw accessErrors.ACCOUNT_EMAIL_INVALID()
  return email
}

/** The form of an e-mail address that accounts are found by. */
export function normalisedEmail(given: string): string {
  return given.trim().normalize('NFC').toLowerCase()
}

/** In the order of ROLES, each once. @throws CodedError ACCOUNT_ROLE_UNKNOWN */
export function checkedRoles(given: readonly string[]): readonly Role[] {
  const asked = given.length === 0 ? [''] : given
  const unknown = asked.find((role) => !ROLES.some((known) => known === role))
  if (unknown !== undefined) throw accessErrors.ACCOUNT_ROLE_UNKNOWN({ role: unknown })
  return ROLES.filter((role) => asked.includes(role))
}

/** @throws CodedError ACCOUNT_AUDIENCE_UNKNOWN, ACCOUNT_AUDIENCE_FORBIDDEN for one closer than the actor's own */
export function checkedAudience(given: string, actor: Actor): Audience {
  const audience = AUDIENCES.find((known) => known === given)
  if (audience === undefined) throw accessErrors.ACCOUNT_AUDIENCE_UNKNOWN({ audience: given })
  if (!visibleTo(actor.audience).includes(audience))
    throw accessErrors.ACCOUNT_AUDIENCE_FORBIDDEN({ audience })
  return audience
}

/** The actor that a person is. */
export function actorOf({ id, name, roles, audience, proficiency }: Account): Actor {
  return { id, name, roles, audience, proficiency }
}
