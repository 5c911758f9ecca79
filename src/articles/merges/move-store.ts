import type { Knex } from 'knex'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'

/** What a merge takes from one article to the other. */
const MOVED = {
  thread: { table: 'article_threads', key: 'thread_id' },
  use: { table: 'article_uses', key: 'id' },
  feedback: { table: 'article_feedback', key: 'id' },
  report: { table: 'article_reports', key: 'id' },
} as const
type Kind = keyof typeof MOVED
const KINDS = Object.keys(MOVED) as Kind[]

interface MoveRow {
  article_id: string
  kind: Kind | 'author' | 'candidate' | 'outcome'
  moved_id: string
  position: number | null
}

export type MoveStore = ReturnType<typeof createMoveStore>

/** Moves what belongs to an article to the one that it is merged into, and back. Call it in a transaction. */
export function createMoveStore(db: Database) {
  const moves = () => db.sql<MoveRow>('article_merge_moves')

  /** What one article has of a kind, and the other does not have as well. */
  function movable(kind: Kind, from: string, to: string): Knex.QueryBuilder {
    const query = db.sql(`${MOVED[kind].table} as x`).where('x.article_id', from)
    const same = (...columns: string[]) =>
      query.whereNotExists(
        db
          .sql(`${MOVED[kind].table} as y`)
          .where('y.article_id', to)
          .where((both) => {
            for (const column of columns) both.where(`y.${column}`, db.sql.ref(`x.${column}`))
          })
          .select(db.sql.raw('1')),
      )
    // The same case was answered with both: it counts once.
    if (kind === 'use') return same('kind', 'reference')
    // One reader counts once a day for an article.
    if (kind === 'feedback') return same('reader_id', 'day')
    return query
  }

  const count = (articleId: string, by: number) =>
    db.sql('articles').where({ id: articleId }).increment('uses', by)

  return {
    /** How much would move; of the reports, those that a reader may see. */
    async countMovable(
      from: string,
      to: string,
      reader: Audience,
    ): Promise<Record<'uses' | 'feedback' | 'reports', number>> {
      const count = async (query: Knex.QueryBuilder) => {
        const [row] = await query.count<{ n: number | string }[]>('* as n')
        return Number(row?.n ?? 0)
      }
      return {
        uses: await count(movable('use', from, to)),
        feedback: await count(movable('feedback', from, to)),
        reports: await count(movable('report', from, to).whereIn('x.audience', visibleTo(reader))),
      }
    },

    /** Moves threads, uses, feedback, reports and credits. Threads go behind those of the other article. */
    async move(from: string, to: string): Promise<void> {
      for (const kind of KINDS) {
        const { table, key } = MOVED[kind]
        const found = movable(kind, from, to).select(
          db.sql.raw('?, ?, ??', [from, kind, `x.${key}`]),
          kind === 'thread' ? 'x.position' : db.sql.raw('cast(null as integer)'),
        )
        await db.sql(db.sql.raw('article_merge_moves (article_id, kind, moved_id, position)')).insert(found)
        const own = moves().where({ article_id: from, kind }).select('moved_id')
        if (kind === 'thread') {
          const last = await db
            .sql('article_threads')
            .where({ article_id: to })
            .max({ n: 'position' })
            .first()
          const behind = last?.n === null || last?.n === undefined ? 0 : Number(last.n) + 1
          await db.sql(table).whereIn(key, own).increment('position', behind)
        }
        const moved = await db.sql(table).whereIn(key, own).update({ article_id: to })
        if (kind === 'use') {
          await count(from, -moved)
          await count(to, moved)
        }
      }
      const known = db.sql('article_authors').where({ article_id: to }).select('member_id')
      const authors: string[] = await db
        .sql('article_authors')
        .where({ article_id: from })
        .whereNotIn('member_id', known)
        .pluck('member_id')
      await this.note(from, 'author', authors)
      for (const member_id of authors) await db.sql('article_authors').insert({ article_id: to, member_id })
    },

    /** Gives back what is still there. */
    async moveBack(from: string, to: string): Promise<void> {
      for (const kind of KINDS) {
        const { table, key } = MOVED[kind]
        const own = moves().where({ article_id: from, kind }).select('moved_id')
        const there = () => db.sql(table).whereIn(key, own).where({ article_id: to })
        if (kind === 'thread')
          await there().update({
            position: db
              .sql('article_merge_moves as v')
              .where({ 'v.article_id': from, 'v.kind': kind })
              .where('v.moved_id', db.sql.ref('article_threads.thread_id'))
              .select('v.position'),
          })
        const moved = await there().update({ article_id: from })
        if (kind === 'use') {
          await count(to, -moved)
          await count(from, moved)
        }
      }
      await db
        .sql('article_authors')
        .where({ article_id: to })
        .whereIn('member_id', moves().where({ article_id: from, kind: 'author' }).select('moved_id'))
        .delete()
      await moves().where({ article_id: from }).delete()
    },

    async note(articleId: string, kind: MoveRow['kind'], ids: readonly string[]): Promise<void> {
      for (const moved_id of ids)
        await moves().insert({ article_id: articleId, kind, moved_id, position: null })
    },

    async noted(articleId: string, kind: MoveRow['kind']): Promise<string[]> {
      return moves().where({ article_id: articleId, kind }).pluck('moved_id')
    },
  }
}
