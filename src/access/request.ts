import type {} from 'fastify'
import type { Actor, Role } from './actor.ts'

/** What routes say of themselves and find on a request; the server's plugins make it true. */
declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: resolved from the key, `anonymous` without one. */
    actor: Actor
  }
  interface FastifyContextConfig {
    /** Roles that may call the route (`admin` always may); `anyone` lets callers without a key in, as `public`. */
    readonly allow?: readonly Role[] | 'anyone'
    /** False for a POST that stores nothing and therefore takes no `Idempotency-Key`. */
    readonly idempotent?: boolean
  }
}
