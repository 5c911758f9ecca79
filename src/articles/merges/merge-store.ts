import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Confidence } from '../article.ts'
import type { StoredPassage } from '../passages/passage.ts'

/** That an article is part of another one. */
export interface ArticleMerge {
  readonly articleId: string
  readonly into: string
  readonly reason: string
  readonly by: { readonly id: string; readonly name: string }
  readonly at: string
}

/** What the two articles were before a merge, so that it can be undone. */
export interface StateBefore {
  readonly confidence: Confidence
  readonly threadId?: string
  /** Of the merged article, after the merge archived it. */
  readonly revision: number
  /** Of the other one. */
  readonly into: {
    readonly before: number
    readonly after: number
    readonly passages: readonly StoredPassage[]
  }
}

interface MergeRow {
  article_id: string
  into_id: string
  reason: string
  actor_id: string
  actor_name: string
  merged_at: string
}

interface StateRow {
  article_id: string
  confidence: Confidence
  thread_id: string | null
  revision: number
  into_before: number
  into_after: number
  into_passages: string
}

export type MergeStore = ReturnType<typeof createMergeStore>

/** Merges in force. None is part of a circle, so that each leads to one article that is not merged. */
export function createMergeStore(db: Database, clock: Clock) {
  const merges = () => db.sql<MergeRow>('article_merges')
  const states = () => db.sql<StateRow>('article_merge_states')

  async function find(articleId: string): Promise<ArticleMerge | undefined> {
    const row = await merges().where({ article_id: articleId }).first()
    return row && toMerge(row)
  }

  return {
    find,

    /** The article that one is part of in the end: itself where it was not merged. */
    async finalOf(articleId: string): Promise<string> {
      const met = new Set<string>()
      let id = articleId
      // An imported merge may lead back.
      for (let merge = await find(id); merge !== undefined && !met.has(id); merge = await find(id)) {
        met.add(id)
        id = merge.into
      }
      return id
    },

    /** The articles that are part of these, at whatever remove, each with the one of these that it is part of. */
    async partsOf(articleIds: readonly string[]): Promise<Map<string, string>> {
      const finals = new Map<string, string>()
      const own = new Set(articleIds)
      for (let ids = [...articleIds]; ids.length > 0; ) {
        const rows: MergeRow[] = await merges().where(db.among('into_id', ids))
        const fresh = rows.filter((row) => !finals.has(row.article_id) && !own.has(row.article_id))
        for (const { article_id, into_id } of fresh) finals.set(article_id, finals.get(into_id) ?? into_id)
        ids = fresh.map((row) => row.article_id)
      }
      return finals
    },

    async add(
      {
        articleId,
        into,
        reason,
        before,
      }: Pick<ArticleMerge, 'articleId' | 'into' | 'reason'> & {
        readonly before: StateBefore
      },
      { id, name }: Actor,
    ): Promise<void> {
      await merges().insert({
        article_id: articleId,
        into_id: into,
        reason,
        actor_id: id,
        actor_name: name,
        merged_at: isoNow(clock),
      })
      await states().insert({
        article_id: articleId,
        confidence: before.confidence,
        thread_id: before.threadId ?? null,
        revision: before.revision,
        into_before: before.into.before,
        into_after: before.into.after,
        into_passages: JSON.stringify(before.into.passages),
      })
    },

    /** What the two articles of a merge were before; undefined for one that was imported. */
    async stateBefore(articleId: string): Promise<StateBefore | undefined> {
      const row = await states().where({ article_id: articleId }).first()
      return (
        row && {
          confidence: row.confidence,
          threadId: row.thread_id ?? undefined,
          revision: row.revision,
          into: {
            before: row.into_before,
            after: row.into_after,
            passages: JSON.parse(row.into_passages),
          },
        }
      )
    },

    async remove(articleId: string): Promise<void> {
      await states().where({ article_id: articleId }).delete()
      await merges().where({ article_id: articleId }).delete()
    },
  }
}

function toMerge(row: MergeRow): ArticleMerge {
  return {
    articleId: row.article_id,
    into: row.into_id,
    reason: row.reason,
    by: { id: row.actor_id, name: row.actor_name },
    at: row.merged_at,
  }
}
