import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { idempotencyKeyErrors } from '../platform/idempotency-key.ts'
import { errors } from './problems.ts'

/** An answer as it went out: status, the headers its handler set, the body's text. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Whose key, which key, for which request. */
export interface Claim {
  readonly actorId: string
  readonly key: string
  readonly requestHash: string
}

export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>

interface Row {
  actor_id: string
  key: string
  request_hash: string
  status: number | null
  headers: string | null
  body: string | null
  created_at: string
}

const REMEMBERED_MS = 24 * 3_600_000
/** Forgotten rows that one request takes away. */
const PRUNED_AT_ONCE = 50
/** How long a request waits for its twin on PostgreSQL; on SQLite write transactions queue anyway. */
const WAIT_MS = 2000
const LOCK_NOT_AVAILABLE = '55P03'

/** Answers already given, a day long. Every function belongs inside the transaction of the request itself. */
export function createIdempotencyStore(db: Database, clock: Clock) {
  const rows = () => db.sql<Row>('idempotency_keys')

  return {
    /**
     * Claims a key for a request; whoever claims the same key meanwhile waits until this transaction has ended.
     *
     * @returns the answer to repeat, or undefined when the request is new and is now the caller's to handle
     * @throws CodedError IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS
     */
    async claim({ actorId, key, requestHash }: Claim): Promise<Answer | undefined> {
      const forgottenBefore = new Date(clock.now().getTime() - REMEMBERED_MS).toISOString()
      const mine = { actor_id: actorId, key }
      await waitingBriefly(async () => {
        await rows().where(mine).andWhere('created_at', '<', forgottenBefore).delete()
        await rows()
          .insert({ ...mine, request_hash: requestHash, created_at: isoNow(clock) })
          .onConflict(['actor_id', 'key'])
          .ignore()
      })
      const row = await rows().where(mine).first()
      if (row?.request_hash !== requestHash) throw idempotencyKeyErrors.IDEMPOTENCY_KEY_REUSED()
      if (row.status === null) {
        await prune(forgottenBefore)
        return undefined
      }
      return {
        status: row.status,
        headers: JSON.parse(row.headers ?? '{}'),
        ...(row.body === null ? {} : { body: row.body }),
      }
    },

    async remember({ actorId, key }: Claim, { status, headers, body }: Answer): Promise<void> {
      await rows()
        .where({ actor_id: actorId, key })
        .update({ status, headers: JSON.stringify(headers), body: body ?? null })
    },

    async release({ actorId, key }: Claim): Promise<void> {
      await rows().where({ actor_id: actorId, key }).delete()
    },
  }

  async function waitingBriefly(work: () => Promise<void>): Promise<void> {
    if (db.dialect !== 'postgres') return work()
    await db.sql.raw(`set local lock_timeout = ${WAIT_MS}`)
    try {
      await work()
    } catch (error) {
      if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) throw errors.IDEMPOTENCY_IN_PROGRESS()
      throw error
    }
    await db.sql.raw('set local lock_timeout to default')
  }

  async function prune(before: string): Promise<void> {
    const oldest = rows().select('actor_id', 'key').where('created_at', '<', before).limit(PRUNED_AT_ONCE)
    const forgotten = await (db.dialect === 'postgres' ? oldest.forUpdate().skipLocked() : oldest)
    if (forgotten.length === 0) return
    await rows()
      .whereIn(
        ['actor_id', 'key'],
        forgotten.map((row) => [row.actor_id, row.key]),
      )
      .delete()
  }
}
