import { type Clock, isoNow } from '../../platform/clock.ts'
import type { SignInConfig } from '../../platform/config/sign-in-config.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Actor } from '../actor.ts'
import { hashToken, tokenKind } from '../tokens.ts'

/** A sign-in of a person in one browser. */
export interface Session {
  readonly id: string
  readonly createdAt: string
  /** To a few minutes. */
  readonly usedAt: string
  readonly expiresAt: string
  /** What the browser said it is. */
  readonly userAgent?: string
  readonly address?: string
}

/** Where a session was started. */
export interface Browser {
  readonly userAgent?: string
  readonly address?: string
}

/** A session that was just started. */
export interface StartedSession {
  readonly id: string
  /** What the cookie carries; the database has its hash only. */
  readonly token: string
  readonly expiresAt: Date
}

export const sessionTokens = tokenKind('ens', 'ses')

const LONGEST_USER_AGENT = 300

interface SessionRow {
  id: string
  account_id: string
  secret_hash: string
  created_at: string
  expires_at: string
  user_agent: string | null
  address: string | null
}

export type SessionStore = ReturnType<typeof createSessionStore>

/** The sessions of people. One that is ended has no row any more. */
export function createSessionStore(
  db: Database,
  clock: Clock,
  { idleMs, sessionMs }: Pick<SignInConfig, 'idleMs' | 'sessionMs'>,
) {
  const sessions = () => db.sql<SessionRow>('sessions')
  const uses = () => db.sql<{ session_id: string; used_at: string }>('session_uses')
  const idleSince = () => new Date(clock.now().getTime() - idleMs).toISOString()
  /** Those that were neither left alone nor kept for too long. */
  const current = (accountId: string) =>
    sessions()
      .join('session_uses as u', 'u.session_id', 'sessions.id')
      .where('account_id', accountId)
      .where('expires_at', '>', isoNow(clock))
      .where('u.used_at', '>', idleSince())

  return {
    async start(accountId: string, { userAgent, address }: Browser): Promise<StartedSession> {
      const now = clock.now()
      const { id, token } = sessionTokens.create(now)
      const expiresAt = new Date(now.getTime() + sessionMs)
      await db.transaction(async () => {
        await sessions().where('expires_at', '<=', now.toISOString()).delete()
        await sessions()
          .whereIn('id', uses().where('used_at', '<=', idleSince()).select('session_id'))
          .delete()
        await sessions().insert({
          id,
          account_id: accountId,
          secret_hash: hashToken(token),
          created_at: now.toISOString(),
          expires_at: expiresAt.toISOString(),
          user_agent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
          address: address ?? null,
        })
        await uses().insert({ session_id: id, used_at: now.toISOString() })
      })
      return { id, token, expiresAt }
    },

    /** A session with who is signed in by it, unless the account is disabled. */
    async findHolder(id: string): Promise<SessionHolder | undefined> {
      const row = await sessions()
        .join('accounts as a', 'a.id', 'sessions.account_id')
        .join('session_uses as u', 'u.session_id', 'sessions.id')
        .where('sessions.id', id)
        .whereNull('a.disabled_at')
        .first<HolderRow>(
          'sessions.secret_hash',
          'sessions.expires_at',
          'u.used_at',
          'a.id',
          'a.name',
          'a.roles',
          'a.audience',
          'a.proficiency',
        )
      if (row === undefined) return undefined
      return {
        secretHash: row.secret_hash,
        expiresAt: Date.parse(row.expires_at),
        usedAt: Date.parse(row.used_at),
        actor: {
          id: row.id,
          name: row.name,
          roles: JSON.parse(row.roles),
          audience: row.audience,
          proficiency: row.proficiency ?? undefined,
        },
      }
    },

    /** When a session was last used, by any process. */
    async usedAt(id: string): Promise<number> {
      const row = await uses().where({ session_id: id }).first('used_at')
      return row === undefined ? 0 : Date.parse(row.used_at)
    },

    async setUsedAt(id: string, at: number): Promise<void> {
      await uses()
        .where({ session_id: id })
        .update({ used_at: new Date(at).toISOString() })
    },

    /** Newest first. */
    async listOf(accountId: string): Promise<readonly Session[]> {
      const rows = await current(accountId)
        .orderBy('sessions.id', 'desc')
        .select<(SessionRow & { used_at: string })[]>('sessions.*', 'u.used_at')
      return rows.map((row) => ({
        id: row.id,
        createdAt: row.created_at,
        usedAt: row.used_at,
        expiresAt: row.expires_at,
        userAgent: row.user_agent ?? undefined,
        address: row.address ?? undefined,
      }))
    },

    /** @returns false when the account has no such session */
    async end(accountId: string, id: string): Promise<boolean> {
      return (await sessions().where({ id, account_id: accountId }).delete()) > 0
    },

    /** @param keep the id of one that goes on @returns how many were ended */
    async endAll(accountId: string, keep?: string): Promise<number> {
      const query = sessions().where({ account_id: accountId })
      if (keep !== undefined) query.whereNot({ id: keep })
      return query.delete()
    },
  }
}

/** Who is signed in by a session. Times are in milliseconds. */
export interface SessionHolder {
  readonly secretHash: string
  readonly actor: Actor
  readonly expiresAt: number
  readonly usedAt: number
}

interface HolderRow extends Pick<Actor, 'id' | 'name' | 'audience'> {
  readonly secret_hash: string
  readonly expires_at: string
  readonly used_at: string
  readonly roles: string
  readonly proficiency: Actor['proficiency'] | null
}
