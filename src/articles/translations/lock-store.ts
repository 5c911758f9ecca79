import type { Actor } from '../../access/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'

/** How long a passage stays somebody's after they last said that they work on it. */
export const LEASE_MS = 90_000

/** That somebody works on a passage of a translation. */
export interface PassageLock {
  readonly by: { readonly id: string; readonly name: string }
  readonly until: string
}

interface LockRow {
  article_id: string
  passage_id: string
  holder_id: string
  holder_name: string
  until: string
}

export type LockStore = ReturnType<typeof createLockStore>

/** Who works on which passage. The translation must be locked by whoever changes that. */
export function createLockStore(db: Database, clock: Clock) {
  const locks = () => db.sql<LockRow>('translation_locks')

  return {
    /** Passage id → its lock, without those that have ended. */
    async of(articleId: string): Promise<Map<string, PassageLock>> {
      const rows = await locks()
        .where({ article_id: articleId })
        .where('until', '>', clock.now().toISOString())
      return new Map(
        rows.map(({ passage_id, holder_id: id, holder_name: name, until }) => [
          passage_id,
          { by: { id, name }, until },
        ]),
      )
    },

    /** Makes a passage somebody's from now on. */
    async take(articleId: string, passageId: string, { id, name }: Actor): Promise<PassageLock> {
      const until = new Date(clock.now().getTime() + LEASE_MS).toISOString()
      await locks()
        .insert({ article_id: articleId, passage_id: passageId, holder_id: id, holder_name: name, until })
        .onConflict(['article_id', 'passage_id'])
        .merge()
      return { by: { id, name }, until }
    },

    /** Ends somebody's lock, where it is theirs. */
    async release(articleId: string, passageId: string, { id }: Actor): Promise<void> {
      await locks().where({ article_id: articleId, passage_id: passageId, holder_id: id }).delete()
    },
  }
}
