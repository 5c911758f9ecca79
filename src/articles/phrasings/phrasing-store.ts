import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import type { FoundPhrasing, PhrasingDecision } from './phrasing.ts'

interface PhrasingRow {
  article_id: string
  id: string
  decision: PhrasingDecision['decision']
  text: string
  audience: Audience
  actor_id: string
  actor_name: string
  decided_at: string
}

interface ThreadRow {
  id: string
  title: string
  created_at: string
}

/** Threads of which titles are read: an article with more is known by these. */
const MOST_THREADS = 200

export type PhrasingStore = ReturnType<typeof createPhrasingStore>

/** What people decided on phrasings of articles, and the titles of threads that are some. */
export function createPhrasingStore(db: Database, clock: Clock) {
  const rows = () => db.sql<PhrasingRow>('article_phrasings')

  return {
    /** What was decided on phrasings of an article, whoever may know of it. */
    async decisionsOn(articleId: string): Promise<PhrasingDecision[]> {
      const found = await rows().where({ article_id: articleId }).orderBy(['decided_at', 'id'])
      return found.map(toDecision)
    },

    async find(articleId: string, id: string): Promise<PhrasingDecision | undefined> {
      const row = await rows().where({ article_id: articleId, id }).first()
      return row && toDecision(row)
    },

    async countAdded(articleId: string): Promise<number> {
      const [row] = await rows()
        .where({ article_id: articleId, decision: 'added' })
        .count<{ n: number | string }[]>({ n: '*' })
      return Number(row?.n ?? 0)
    },

    async put(
      articleId: string,
      { id, decision, text, audience }: Pick<PhrasingDecision, 'id' | 'decision' | 'text' | 'audience'>,
      actor: Actor,
    ): Promise<void> {
      const decided = {
        decision,
        text,
        audience,
        actor_id: actor.id,
        actor_name: actor.name,
        decided_at: isoNow(clock),
      }
      await rows()
        .insert({ article_id: articleId, id, ...decided })
        .onConflict(['article_id', 'id'])
        .merge(decided)
    },

    async forget(articleId: string, id: string): Promise<void> {
      await rows().where({ article_id: articleId, id }).delete()
    },

    /**
     * Titles of an article's language, among threads that a reader may see: those that it was made from with those merged
     * into them, those that ask the same, and those that somebody answered with it.
     */
    async titlesOf(
      articleId: string,
      {
        own,
        duplicates,
        language,
        reader,
      }: {
        readonly own: readonly string[]
        readonly duplicates: readonly string[]
        readonly language: string
        readonly reader: Audience
      },
    ): Promise<FoundPhrasing[]> {
      const used: string[] = await db
        .sql('article_uses')
        .where({ article_id: articleId, kind: 'thread' })
        .orderBy('used_at', 'desc')
        .limit(MOST_THREADS)
        .pluck('reference')
      const ids = [...new Set([...own, ...duplicates, ...used])]
      if (ids.length === 0) return []
      const rows: ThreadRow[] = await readableThreads(db, reader, { which: 'unremoved' })
        .where((any) => any.where(db.among('t.id', ids)).orWhere(db.among('t.merged_into', own)))
        .whereIn('t.language', [language, 'und'])
        .whereNot('t.title', '')
        .orderBy([{ column: 't.created_at', order: 'desc' }, 't.id'])
        .limit(MOST_THREADS)
        .select('t.id', 't.title', 't.created_at')
      const originOf = (id: string) => (own.includes(id) ? 'thread' : used.includes(id) ? 'use' : 'duplicate')
      return rows.map(({ id, title, created_at }) => ({
        text: title,
        origin: originOf(id),
        threadId: id,
        at: created_at,
      }))
    },

    /** The articles that have phrasings of these threads, or of threads that these were merged into or ask the same as. */
    async articlesWith(threadIds: readonly string[]): Promise<string[]> {
      const into = db
        .sql('threads')
        .where(db.among('id', threadIds))
        .whereNotNull('merged_into')
        .select('merged_into')
      const linked = (own: string, other: string) =>
        db
          .sql('thread_links')
          .whereIn('kind', ['duplicate', 'near-duplicate'])
          .where(db.among(own, threadIds))
          .select(other)
      const made = db
        .sql('article_threads')
        .where((either) =>
          either
            .where(db.among('thread_id', threadIds))
            .orWhereIn('thread_id', into)
            .orWhereIn('thread_id', linked('from_id', 'to_id'))
            .orWhereIn('thread_id', linked('to_id', 'from_id')),
        )
      const ids: string[] = await made.distinct('article_id').pluck('article_id')
      const used: string[] = await db
        .sql('article_uses')
        .where({ kind: 'thread' })
        .where(db.among('reference', threadIds))
        .distinct('article_id')
        .pluck('article_id')
      if (ids.length + used.length === 0) return []
      const translations: string[] = await db
        .sql('article_translations')
        .where(db.among('original_id', ids))
        .pluck('article_id')
      return [...new Set([...ids, ...used, ...translations])].sort()
    },
  }
}

function toDecision(row: PhrasingRow): PhrasingDecision {
  const { id, decision, text, audience, actor_id, actor_name, decided_at } = row
  return { id, decision, text, audience, by: { id: actor_id, name: actor_name }, at: decided_at }
}
