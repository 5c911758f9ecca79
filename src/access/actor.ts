import type { Audience } from './audience.ts'

export const ROLES = ['router', 'agent', 'knowledge-manager', 'supervisor', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Who does something: a person, a key, the command line, or the service itself. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly audience: Audience
  /** The HTTP request this is part of, for the audit log. */
  readonly requestId?: string
}

/** A caller without a key: sees what is public, changes nothing. */
export const anonymous: Actor = { id: 'anonymous', name: 'anonymous', roles: [], audience: 'public' }

/** The service's own jobs. */
export const system: Actor = { id: 'system', name: 'system', roles: ['admin'], audience: 'internal' }

/** Whoever has a shell on the machine. */
export const commandLine: Actor = { id: 'cli', name: 'command line', roles: ['admin'], audience: 'internal' }
