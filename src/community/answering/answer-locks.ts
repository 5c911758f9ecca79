import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'

/** Somebody who is writing an answer. */
export interface LockHolder {
  readonly id: string
  readonly name: string
}

interface LockRow {
  thread_id: string
  actor_id: string
  actor_name: string
  until: string
}

export type AnswerLocks = ReturnType<typeof createAnswerLocks>

/** For how long a lock holds after the last key: whoever goes away holds nobody up. */
const HOLD_MS = 120_000

/** Who is writing an answer to which thread, so that two do not write the same one. */
export function createAnswerLocks(db: Database, clock: Clock) {
  const locks = () => db.sql<LockRow>('answer_locks')

  async function holder(threadId: string): Promise<LockHolder | undefined> {
    const row = await locks().where({ thread_id: threadId }).where('until', '>', isoNow(clock)).first()
    return row && { id: row.actor_id, name: row.actor_name }
  }

  return {
    holder,

    /** Until when each of these threads is held by whoever writes; those that nobody writes to are absent. */
    async heldUntil(threadIds: readonly string[]): Promise<Map<string, string>> {
      const rows = await locks()
        .whereIn('thread_id', [...threadIds])
        .where('until', '>', isoNow(clock))
      return new Map(rows.map(({ thread_id, until }) => [thread_id, until]))
    },

    /** Takes or renews the lock. @param takesOver from somebody else too @returns who holds it now */
    async take(threadId: string, { id, name }: Actor, takesOver: boolean): Promise<LockHolder> {
      return db.transaction(async () => {
        const held = await holder(threadId)
        if (held !== undefined && held.id !== id && !takesOver) return held
        const until = new Date(clock.now().getTime() + HOLD_MS).toISOString()
        await locks()
          .insert({ thread_id: threadId, actor_id: id, actor_name: name, until })
          .onConflict('thread_id')
          .merge()
        return { id, name }
      })
    },

    /** @returns whether the actor held it */
    async release(threadId: string, { id }: Pick<Actor, 'id'>): Promise<boolean> {
      return (await locks().where({ thread_id: threadId, actor_id: id }).delete()) > 0
    },

    /** Takes the lock from whoever has it, when somebody else takes over. */
    async drop(threadId: string): Promise<void> {
      await locks().where({ thread_id: threadId }).delete()
    },
  }
}
