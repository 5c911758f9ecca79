import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Use, UseCounts, UseKind } from './use.ts'

interface UseRow {
  id: string
  article_id: string
  kind: UseKind
  reference: string
  actor_id: string
  actor_name: string
  used_at: string
}

const RECENT_MS = 90 * 86_400_000

export type UseStore = ReturnType<typeof createUseStore>

/** Uses of articles. Each article keeps their number, by which articles are ordered. */
export function createUseStore(db: Database, clock: Clock) {
  const uses = () => db.sql<UseRow>('article_uses')
  const count = (articleId: string, by: number) =>
    db.sql('articles').where({ id: articleId }).increment('uses', by)

  return {
    /**
     * Counts a use once. Call it in a transaction.
     *
     * @returns undefined when it was counted already, even by another process just now
     */
    async add(
      { articleId, kind, reference }: Pick<Use, 'articleId' | 'kind' | 'reference'>,
      { id: actorId, name }: Actor,
    ): Promise<Use | undefined> {
      const use: Use = { id: newId('use', clock.now()), articleId, kind, reference, actorId }
      const added = await uses()
        .insert({
          id: use.id,
          article_id: articleId,
          kind,
          reference,
          actor_id: actorId,
          actor_name: name,
          used_at: isoNow(clock),
        })
        .onConflict(['article_id', 'kind', 'reference'])
        .ignore()
        .returning('id')
      if (added.length === 0) return undefined
      await count(articleId, 1)
      return use
    },

    async find(articleId: string, kind: UseKind, reference: string): Promise<Use | undefined> {
      const row = await uses().where({ article_id: articleId, kind, reference }).first()
      return row && { id: row.id, articleId, kind, reference, actorId: row.actor_id }
    },

    /** Takes back somebody's own use. Call it in a transaction. @returns false where there is none */
    async remove(articleId: string, id: string, actorId: string): Promise<boolean> {
      const removed = await uses().where({ id, article_id: articleId, actor_id: actorId }).delete()
      if (removed === 0) return false
      await count(articleId, -1)
      return true
    },

    async countsOf(articleId: string): Promise<UseCounts> {
      const since = new Date(clock.now().getTime() - RECENT_MS).toISOString()
      const article: { uses: number } | undefined = await db
        .sql('articles')
        .where({ id: articleId })
        .first('uses')
      const [recent] = await uses()
        .where({ article_id: articleId })
        .where('used_at', '>=', since)
        .count<{ n: number | string }[]>('* as n')
      return { total: article?.uses ?? 0, last90Days: Number(recent?.n ?? 0) }
    },
  }
}
