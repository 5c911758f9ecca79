import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'

/** What a reader says of an article. */
export interface Feedback {
  readonly solved: boolean
  /** Plain text without personal data. */
  readonly comment?: string
}

/** How many readers had their problem solved, and how many had not. */
export interface FeedbackCounts {
  readonly solved: number
  readonly unsolved: number
}

interface FeedbackRow {
  id: string
  article_id: string
  solved: boolean | number
  comment: string | null
  reader_id: string | null
  day: string
  given_at: string
  report_id: string | null
}

export type FeedbackStore = ReturnType<typeof createFeedbackStore>

/** What readers say of articles: of a known reader one a day, of which the last stands. */
export function createFeedbackStore(db: Database, clock: Clock) {
  const feedback = () => db.sql<FeedbackRow>('article_feedback')

  return {
    /** @returns the id of the feedback, and of the report that it opened earlier that day */
    async put(
      articleId: string,
      { solved, comment }: Feedback,
      readerId: string | undefined,
    ): Promise<{ readonly id: string; readonly created: boolean; readonly reportId?: string }> {
      const given_at = isoNow(clock)
      const id = newId('fbk', clock.now())
      const [row] = await feedback()
        .insert({
          id,
          article_id: articleId,
          solved,
          comment: comment ?? null,
          reader_id: readerId ?? null,
          day: given_at.slice(0, 10),
          given_at,
        })
        .onConflict(['article_id', 'reader_id', 'day'])
        .merge(['solved', 'comment', 'given_at'])
        .returning(['id', 'report_id'])
      const stored = row?.id ?? id
      return { id: stored, created: stored === id, reportId: row?.report_id ?? undefined }
    },

    async linkReport(id: string, reportId: string): Promise<void> {
      await feedback().where({ id }).update({ report_id: reportId })
    },

    async countsOf(articleId: string): Promise<FeedbackCounts> {
      const rows: { solved: boolean | number; n: number | string }[] = await feedback()
        .where({ article_id: articleId })
        .groupBy('solved')
        .select('solved')
        .count('* as n')
      const of = (solved: boolean) => Number(rows.find((row) => Boolean(row.solved) === solved)?.n ?? 0)
      return { solved: of(true), unsolved: of(false) }
    },
  }
}
