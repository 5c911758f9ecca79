import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Article } from '../article.ts'
import type { Check } from './review.ts'

export type CheckStore = ReturnType<typeof createCheckStore>

/** Who found which article right as it is, and when. */
export function createCheckStore(db: Database, clock: Clock) {
  const checks = () => db.sql('article_checks')

  return {
    /** @returns its id */
    async add({ id: article_id, revision }: Article, { id: actor_id, name }: Actor): Promise<string> {
      const id = newId('chk', clock.now())
      await checks().insert({
        article_id,
        id,
        revision,
        actor_id,
        actor_name: name,
        checked_at: isoNow(clock),
      })
      return id
    },

    async last(articleId: string): Promise<Check | undefined> {
      const row: { actor_id: string; actor_name: string; checked_at: string } | undefined = await checks()
        .where({ article_id: articleId })
        .orderBy([
          { column: 'checked_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .first()
      return row && { by: { id: row.actor_id, name: row.actor_name }, at: row.checked_at }
    },

    async remove(articleId: string, id: string): Promise<void> {
      await checks().where({ article_id: articleId, id }).delete()
    },
  }
}
