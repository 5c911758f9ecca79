import type {} from 'fastify'
import type { Counters } from '../platform/database/change-counters.ts'
import type { SpokenLanguage } from '../text/language/preferred-language.ts'
import type { Actor, Role } from './actor.ts'

/** A failure in words. */
export interface Explanation {
  readonly status: number
  readonly code: string
  readonly detail: string
  /** Seconds after which the same may be tried again. */
  readonly retryAfterS?: number
}

/** What routes say of themselves and find on a request; the server's plugins make it true. */
declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: resolved from the key or the session, `anonymous` without either. */
    actor: Actor
    /** The session by which a person is signed in; absent for keys and strangers. */
    sessionId: string | undefined
    /**
     * The change counters as of the request's arrival or later: what was kept under them may be used for its answer.
     * Read once, at the first call.
     */
    counters(): Promise<Counters>
    /**
     * Whether the key or the session that came with the request is still what it was: neither revoked nor ended, and
     * of the same roles and audience. For an answer that takes long.
     *
     * @param counters as of which
     */
    isStillEntitled(counters: Counters): Promise<boolean>
  }
  interface FastifyInstance {
    /** What a failure says to people, for pages that tell it in place of a problem. A failure that nobody foresaw is logged. */
    explain(error: unknown, request: FastifyRequest, language: SpokenLanguage): Explanation
  }
  interface FastifyContextConfig {
    /** Roles that may call the route (`admin` always may); `anyone` lets callers without a key or a session in, as `public`. */
    readonly allow?: readonly Role[] | 'anyone'
    /** False for a POST that stores nothing and therefore takes no `Idempotency-Key`. */
    readonly idempotent?: boolean
    /** False for what an open page asks for by itself: a session that nobody uses otherwise ends in time. */
    readonly countsAsUse?: boolean
  }
}
