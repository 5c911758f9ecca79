import { type Clock, isoNow } from '../platform/clock.ts'
import { type Counters, keepUntilChanged } from '../platform/database/change-counters.ts'
import type { Database } from '../platform/database/database.ts'
import { decodeCursor, type Page, toPage } from '../platform/page.ts'
import type { PageQuery } from '../platform/page-schema.ts'
import type { Actor } from './actor.ts'
import { type ApiKey, keyTokens } from './api-key.ts'
import { type Audience, visibleTo } from './audience.ts'
import { hashToken, sameHash } from './tokens.ts'

export type KeyStore = ReturnType<typeof createKeyStore>

interface KeyRow {
  id: string
  name: string
  secret_hash: string
  roles: string
  audience: ApiKey['audience']
  created_at: string
  revoked_at: string | null
}

/** The API keys; of their secrets only the hash. */
export function createKeyStore(db: Database, clock: Clock) {
  const keys = () => db.sql<KeyRow>('api_keys')

  return {
    /** @returns undefined when a key of that name is in use */
    async insert(key: Omit<ApiKey, 'createdAt'>, secretHash: string): Promise<ApiKey | undefined> {
      const made: ApiKey = { ...key, createdAt: isoNow(clock) }
      const inserted: unknown[] = await keys()
        .insert({
          id: made.id,
          name: made.name,
          secret_hash: secretHash,
          roles: JSON.stringify(made.roles),
          audience: made.audience,
          created_at: made.createdAt,
        })
        .onConflict(db.sql.raw('(name) where revoked_at is null'))
        .ignore()
        .returning('id')
      return inserted.length === 0 ? undefined : made
    },

    async find(id: string): Promise<ApiKey | undefined> {
      const row = await keys().where({ id }).first()
      return row === undefined ? undefined : present(row)
    },

    /** The key in use of that name. */
    async findNamed(name: string): Promise<ApiKey | undefined> {
      const row = await keys().where({ name, revoked_at: null }).first()
      return row === undefined ? undefined : present(row)
    },

    /** A key in use with the hash of its token, by its id: one point read. */
    async findSecret(id: string): Promise<{ key: ApiKey; secretHash: string } | undefined> {
      const row = await keys().where({ id, revoked_at: null }).first()
      return row === undefined ? undefined : { key: present(row), secretHash: row.secret_hash }
    },

    /** @returns false when it was revoked already, or never was */
    async markRevoked(id: string): Promise<boolean> {
      const changed = await keys()
        .where({ id, revoked_at: null })
        .update({ revoked_at: isoNow(clock) })
      return changed > 0
    },

    /** Those that see no more than the reader, newest first, revoked ones too. */
    async list(reader: Audience, { cursor, limit = 20 }: PageQuery): Promise<Page<ApiKey>> {
      const query = keys()
        .whereIn('audience', visibleTo(reader))
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor).id)
      const rows = await query
      return toPage(rows.map(present), limit, ({ id, createdAt }) => ({ key: createdAt, id }))
    },
  }
}

function present(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    roles: JSON.parse(row.roles),
    audience: row.audience,
    createdAt: row.created_at,
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  }
}

/** Keys known at once in one process: beyond, all are forgotten. */
const KNOWN_KEYS = 10_000

interface Holder {
  readonly secretHash: string
  readonly actor: Actor
}

/** A token's holder. */
export interface KeyResolver {
  /**
   * Who sends this token; undefined when it is no token, unknown or revoked. A key is read once and kept until any key
   * changes, as the database counts it: a revocation by any process holds from the next request on.
   *
   * @param counters read when the request had arrived; read now if absent
   */
  resolve(token: string, counters?: Counters): Promise<Actor | undefined>
}

/** Resolves tokens, and remembers the keys in use. */
export function createKeyResolver(db: Database, keys: Pick<KeyStore, 'findSecret'>): KeyResolver {
  const known = keepUntilChanged(db, ['keys'], async () => new Map<string, Holder>())

  async function find(id: string, counters: Counters | undefined): Promise<Holder | undefined> {
    const kept = await known.current(counters)
    const remembered = kept.get(id)
    if (remembered !== undefined) return remembered
    const found = await keys.findSecret(id)
    if (found === undefined) return undefined
    const { name, roles, audience } = found.key
    const holder = { secretHash: found.secretHash, actor: { id, name, roles, audience } }
    if (kept.size >= KNOWN_KEYS) kept.clear()
    kept.set(id, holder)
    return holder
  }

  return {
    async resolve(token, counters) {
      const id = keyTokens.idOf(token)
      if (id === undefined) return undefined
      const holder = await find(id, counters)
      return holder !== undefined && sameHash(holder.secretHash, hashToken(token)) ? holder.actor : undefined
    },
  }
}
