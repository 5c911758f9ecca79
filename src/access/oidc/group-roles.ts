import type { OidcConfig } from '../../platform/config/sign-in-config.ts'
import { ROLES, type Role } from '../actor.ts'
import { AUDIENCES, type Audience } from '../audience.ts'
import { accessErrors } from '../errors.ts'

/** How roles follow from groups. */
export interface GroupRoles {
  /** The roles of a person, in the order of ROLES; undefined where administrators give them. */
  rolesOf(claims: Readonly<Record<string, unknown>>): readonly Role[] | undefined
  /** What accounts that are made at a first sign-in may see. */
  readonly audience: Audience
}

/** @throws CodedError OIDC_ROLE_UNKNOWN, OIDC_AUDIENCE_UNKNOWN when the configuration names what does not exist */
export function readGroupRoles(config: Pick<OidcConfig, 'roles' | 'groupsClaim' | 'audience'>): GroupRoles {
  const audience = AUDIENCES.find((known) => known === config.audience)
  if (audience === undefined) throw accessErrors.OIDC_AUDIENCE_UNKNOWN({ audience: config.audience })
  const unknown = config.roles.find(({ role }) => !ROLES.some((known) => known === role))
  if (unknown !== undefined) throw accessErrors.OIDC_ROLE_UNKNOWN({ role: unknown.role })
  return {
    audience,
    rolesOf(claims) {
      if (config.roles.length === 0) return undefined
      const groups = groupsIn(claims, config.groupsClaim)
      const given = config.roles.filter(({ group }) => groups.includes(group)).map(({ role }) => role)
      return ROLES.filter((role) => given.includes(role))
    },
  }
}

/** A claim by its name, or by the path to it (`realm_access.roles`): a text, or a list of texts. */
function groupsIn(claims: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const value = Object.hasOwn(claims, name)
    ? claims[name]
    : name.split('.').reduce<unknown>((inner, part) => {
        const isObject = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
        return isObject ? (inner as Record<string, unknown>)[part] : undefined
      }, claims)
  return Array.isArray(value) ? value : [value]
}
