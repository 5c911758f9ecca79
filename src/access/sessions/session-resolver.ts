import type { Clock } from '../../platform/clock.ts'
import type { SignInConfig } from '../../platform/config/sign-in-config.ts'
import { type Counters, keepUntilChanged } from '../../platform/database/change-counters.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Actor } from '../actor.ts'
import { hashToken, sameHash } from '../tokens.ts'
import { type SessionHolder, type SessionStore, sessionTokens } from './session-store.ts'

/** Sessions known at once in one process: beyond, all are forgotten. */
const KNOWN_SESSIONS = 10_000
/** How long a session is used before that is written down again. */
const WRITE_EVERY_MS = 5 * 60_000

/** Who is signed in, and by which session. */
export interface SignedIn {
  readonly sessionId: string
  readonly actor: Actor
}

/** Who a cookie belongs to. */
export interface SessionResolver {
  /**
   * Who is signed in by this token; undefined when it is none, or its session has ended. A session is read once and
   * kept until any session or account changes, as the database counts it: one that any process ended is refused from
   * the next request on.
   *
   * @param counters read when the request had arrived; read now if absent
   * @param isUse whether the session is in use by that, and so goes on; true if absent
   */
  resolve(token: string, counters?: Counters, isUse?: boolean): Promise<SignedIn | undefined>
}

/** Resolves the tokens of sessions, and remembers those in use. */
export function createSessionResolver(
  db: Database,
  clock: Clock,
  sessions: Pick<SessionStore, 'findHolder' | 'usedAt' | 'setUsedAt'>,
  { idleMs }: Pick<SignInConfig, 'idleMs'>,
): SessionResolver {
  const known = keepUntilChanged(db, ['sessions'], async () => new Map<string, SessionHolder>())

  async function find(id: string, kept: Map<string, SessionHolder>): Promise<SessionHolder | undefined> {
    const remembered = kept.get(id)
    if (remembered !== undefined) return remembered
    const found = await sessions.findHolder(id)
    if (found === undefined) return undefined
    if (kept.size >= KNOWN_SESSIONS) kept.clear()
    kept.set(id, found)
    return found
  }

  return {
    async resolve(token, counters, isUse = true) {
      const id = sessionTokens.idOf(token)
      if (id === undefined) return undefined
      const kept = await known.current(counters)
      const holder = await find(id, kept)
      const now = clock.now().getTime()
      if (holder === undefined || !sameHash(holder.secretHash, hashToken(token))) return undefined
      if (now >= holder.expiresAt) return undefined
      // Another process may have seen it used since.
      if (now - holder.usedAt >= idleMs && now - (await sessions.usedAt(id)) >= idleMs) return undefined
      if (isUse && now - holder.usedAt >= WRITE_EVERY_MS) {
        kept.set(id, { ...holder, usedAt: now })
        // Nobody waits for it: where it fails, the next one is written in a few minutes.
        sessions.setUsedAt(id, now).catch(() => undefined)
      }
      return { sessionId: id, actor: holder.actor }
    },
  }
}
