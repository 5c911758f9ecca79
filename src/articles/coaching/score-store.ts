import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import { readableArticles, readerOf } from '../readable-articles.ts'
import type { PointAnswer, Score } from './coaching.ts'

export interface ScoreRow {
  month: string
  author_id: string
  article_id: string
  author_name: string
  revision: number
  category: string | null
  checklist: number
  answers: string
  share: number
  coach_id: string
  coach_name: string
  scored_at: string
}

/** A score with the article that it is about, as it is now. */
export type ScoreWithArticle = Score & { readonly title: string; readonly language: string }

export type ScoreStore = ReturnType<typeof createScoreStore>

const KEY = ['month', 'author_id', 'article_id']

/** What coaches said of articles. */
export function createScoreStore(db: Database, clock: Clock) {
  const scores = () => db.sql<ScoreRow>('article_coaching_scores')

  return {
    /** Keeps a score; a coach replaces their own. @returns who gave another one before, if somebody else did */
    async put(score: Omit<Score, 'at' | 'coach'>, coach: Actor): Promise<string | undefined> {
      const { month, author, articleId: article_id } = score
      const said = {
        author_name: author.name,
        revision: score.revision,
        category: score.category ?? null,
        checklist: score.checklist,
        answers: JSON.stringify(score.answers),
        share: shareMet(score.answers),
        coach_name: coach.name,
        scored_at: isoNow(clock),
      }
      const key = { month, author_id: author.id, article_id }
      const added = await scores()
        .insert({ ...key, ...said, coach_id: coach.id })
        .onConflict(KEY)
        .ignore()
        .returning('month')
      if (added.length > 0) return undefined
      const replaced = await scores()
        .where({ ...key, coach_id: coach.id })
        .update(said)
      if (replaced > 0) return undefined
      return (await scores().where(key).first('coach_name'))?.coach_name
    },

    /** The scores in the sample of a month. */
    async ofMonth(month: string): Promise<Score[]> {
      return (await scores().where({ month })).map(toScore)
    },

    /** What was said of an author's articles that the actor sees, the latest month first. @throws CodedError CURSOR_INVALID */
    async ofAuthor(
      authorId: string,
      { actor, cursor, limit }: { readonly actor: Actor; readonly cursor?: string; readonly limit: number },
    ): Promise<Page<ScoreWithArticle>> {
      const query = readableArticles(db, readerOf(actor))
        .join('article_coaching_scores as c', 'c.article_id', 'articles.id')
        .where('c.author_id', authorId)
        .orderBy([
          { column: 'c.month', order: 'desc' },
          { column: 'c.article_id', order: 'asc' },
        ])
        .limit(limit + 1)
        .select<(ScoreRow & { title: string; language: string })[]>(
          'c.*',
          'articles.title',
          'articles.language',
        )
      if (cursor !== undefined) {
        const { key, id } = decodeCursor(cursor)
        query.where((after) =>
          after
            .where('c.month', '<', key)
            .orWhere((same) => same.where('c.month', key).andWhere('c.article_id', '>', id)),
        )
      }
      const rows = await query
      const shown = rows.map((row) => ({ ...toScore(row), title: row.title, language: row.language }))
      return toPage(shown, limit, ({ month, articleId }) => ({ key: month, id: articleId }))
    },

    /** The mean share of points met, by month and author or category. @param authorId of this author alone */
    async means(
      by: 'author_id' | 'category',
      since: string,
      authorId?: string,
    ): Promise<{ of: string; name: string; month: string; n: number; mean: number }[]> {
      const query = scores()
        .where('month', '>=', since)
        .whereNotNull(by)
        .groupBy(by, 'month')
        .orderBy('month')
      if (authorId !== undefined) query.where({ author_id: authorId })
      const rows: { of: string; name: string; month: string; n: number | string; mean: number }[] =
        await query
          .select({ of: by, month: 'month' })
          .max({ name: 'author_name' })
          .avg({ mean: 'share' })
          .count({ n: '*' })
      return rows.map((row) => ({ ...row, n: Number(row.n) }))
    },
  }
}

/** The share of points that an article meets, in [0, 1]. */
export function shareMet(answers: readonly PointAnswer[]): number {
  return answers.filter(({ met }) => met).length / answers.length
}

function toScore(row: ScoreRow): Score {
  return {
    month: row.month,
    author: { id: row.author_id, name: row.author_name },
    articleId: row.article_id,
    revision: row.revision,
    category: row.category ?? undefined,
    checklist: row.checklist,
    answers: JSON.parse(row.answers),
    coach: { id: row.coach_id, name: row.coach_name },
    at: row.scored_at,
  }
}
