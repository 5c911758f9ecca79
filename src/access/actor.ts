import type { Audience } from './audience.ts'

export const ROLES = ['router', 'agent', 'knowledge-manager', 'supervisor', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** How far somebody is trained in knowledge work (KCS v6); a coach trains others. */
export const PROFICIENCIES = ['candidate', 'contributor', 'publisher', 'coach'] as const
export type Proficiency = (typeof PROFICIENCIES)[number]

/** Who does something: a person, a key, the command line, or the service itself. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly audience: Audience
  /** What an administrator said of a person; {@link proficiencyOf} knows what holds where nobody did. */
  readonly proficiency?: Proficiency
  /** The HTTP request this is part of, for the audit log. */
  readonly requestId?: string
}

const USUAL: Readonly<Partial<Record<Role, Proficiency>>> = {
  agent: 'candidate',
  'knowledge-manager': 'publisher',
  admin: 'coach',
}

/** How far somebody is trained: what was said of the person, or else the most that is usual for their roles. */
export function proficiencyOf({
  proficiency,
  roles,
}: Pick<Actor, 'proficiency' | 'roles'>): Proficiency | undefined {
  if (proficiency !== undefined) return proficiency
  return PROFICIENCIES.findLast((each) => roles.some((role) => USUAL[role] === each))
}

/** A caller without a key: sees what is public, changes nothing. */
export const anonymous: Actor = { id: 'anonymous', name: 'anonymous', roles: [], audience: 'public' }

/** The service's own jobs. */
export const system: Actor = { id: 'system', name: 'system', roles: ['admin'], audience: 'internal' }

/** Whoever has a shell on the machine. */
export const commandLine: Actor = { id: 'cli', name: 'command line', roles: ['admin'], audience: 'internal' }
