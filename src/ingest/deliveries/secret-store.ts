import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'

/** A secret as it may be shown, without its value. */
export interface WebhookSecret {
  readonly id: string
  readonly kind: string
  readonly createdAt: string
  /** When it expires; absent on the one in use. */
  readonly expiresAt?: string
}

interface SecretRow {
  id: string
  source_id: string
  kind: string
  secret: string
  created_at: string
  expires_at: string | null
}

export type SecretStore = ReturnType<typeof createSecretStore>

/**
 * Secrets of webhooks, stored in plain text: an HMAC cannot be verified against a hash. Only `inUse` reads them, and its
 * result is used for verifying signatures only.
 */
export function createSecretStore(db: Database, clock: Clock) {
  const secrets = () => db.sql<SecretRow>('webhook_secrets')

  return {
    /** The valid secrets of the webhooks of these sources. Never cached, so that a revocation takes effect at once. */
    async inUse(
      names: readonly string[],
    ): Promise<{ source: string; sourceId: string; kind: string; secret: string }[]> {
      const now = isoNow(clock)
      return db
        .sql('webhook_secrets as w')
        .join('sources as s', 's.id', 'w.source_id')
        .select({ source: 's.name', sourceId: 's.id', kind: 'w.kind', secret: 'w.secret' })
        .whereIn('s.name', [...names])
        .where((valid) => valid.whereNull('w.expires_at').orWhere('w.expires_at', '>', now))
    },

    async insert(id: string, sourceId: string, kind: string, secret: string): Promise<WebhookSecret> {
      const createdAt = isoNow(clock)
      await secrets().insert({ id, source_id: sourceId, kind, secret, created_at: createdAt })
      return { id, kind, createdAt }
    },

    /** Whether this secret is valid already. */
    async holds(sourceId: string, kind: string, secret: string): Promise<boolean> {
      const row = await secrets()
        .where({ source_id: sourceId, kind, secret })
        .where((valid) => valid.whereNull('expires_at').orWhere('expires_at', '>', isoNow(clock)))
        .first('id')
      return row !== undefined
    },

    /** Sets the expiry of the secrets of a webhook that have none. @returns how many */
    async expire(sourceId: string, kind: string, at: string): Promise<number> {
      return secrets().where({ source_id: sourceId, kind, expires_at: null }).update({ expires_at: at })
    },

    /** Deletes a secret. @returns the deleted secret, without its value */
    async remove(sourceId: string, kind: string, id: string): Promise<WebhookSecret | undefined> {
      const row = await secrets().where({ id, source_id: sourceId, kind }).first()
      if (row === undefined) return undefined
      await secrets().where({ id }).delete()
      return present(row)
    },

    /** Deletes the expired secrets. */
    async removeExpired(): Promise<void> {
      await secrets().where('expires_at', '<=', isoNow(clock)).delete()
    },

    /** Newest first, without the expired ones. */
    async list(sourceId: string): Promise<WebhookSecret[]> {
      const rows = await secrets()
        .select('id', 'kind', 'created_at', 'expires_at')
        .where({ source_id: sourceId })
        .where((valid) => valid.whereNull('expires_at').orWhere('expires_at', '>', isoNow(clock)))
        .orderBy('id', 'desc')
      return rows.map(present)
    },
  }
}

function present(row: Pick<SecretRow, 'id' | 'kind' | 'created_at' | 'expires_at'>): WebhookSecret {
  return {
    id: row.id,
    kind: row.kind,
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
  }
}
