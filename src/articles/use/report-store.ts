import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { Confidence } from '../article.ts'
import { articleErrors } from '../errors.ts'
import { type Reader, readableArticles } from '../readable-articles.ts'
import type { Report, ReportedArticle, ReportOrigin, ReportOutcome, ReportState } from './report.ts'

/** A report, with the article that it is about. */
export interface ArticleReport extends Report {
  readonly article: ReportedArticle
}

interface ReportQuery {
  readonly reader: Reader
  readonly state: ReportState
  /** Only those of categories that this account owns. */
  readonly ownerId?: string
  readonly cursor?: string
  readonly limit: number
}

interface ReportColumns {
  id: string
  article_id: string
  passage_id: string | null
  comment: string
  category: string | null
  origin: ReportOrigin
  audience: Audience
  actor_id: string | null
  actor_name: string | null
  reported_at: string
  due_at: string
  outcome: ReportOutcome | null
  note: string | null
  closed_by_id: string | null
  closed_by_name: string | null
  closed_at: string | null
}

interface ReportRow extends ReportColumns {
  title: string
  language: string
  confidence: Confidence
  article_audience: Audience
  created_by: string | null
}

const ORDERS = {
  open: { column: 'due_at', order: 'asc' },
  closed: { column: 'closed_at', order: 'desc' },
} as const

export type ReportStore = ReturnType<typeof createReportStore>

/** Reports of problems. Those on articles that a reader may not see do not exist for that reader. */
export function createReportStore(db: Database, clock: Clock) {
  const reports = () => db.sql<ReportColumns>('article_reports')

  const readable = (reader: Reader) =>
    readableArticles(db, reader)
      .join('article_reports as r', 'r.article_id', 'articles.id')
      .whereIn('r.audience', visibleTo(reader.audience))
      .select('r.*', 'articles.title', 'articles.language', 'articles.confidence', 'articles.created_by')
      .select('articles.audience as article_audience')

  return {
    async add(report: Omit<Report, 'id' | 'reportedAt' | 'closed'>): Promise<Report> {
      const added = { ...report, id: newId('rep', clock.now()), reportedAt: isoNow(clock) }
      await reports().insert({
        id: added.id,
        article_id: added.articleId,
        passage_id: added.passageId ?? null,
        comment: added.comment,
        category: added.category ?? null,
        origin: added.origin,
        audience: added.audience,
        actor_id: added.by?.id ?? null,
        actor_name: added.by?.name ?? null,
        reported_at: added.reportedAt,
        due_at: added.dueAt,
      })
      return added
    },

    /** @throws CodedError ARTICLE_REPORT_NOT_FOUND */
    async require(id: string, reader: Reader): Promise<ArticleReport> {
      const row: ReportRow | undefined = await readable(reader).where('r.id', id).first()
      if (row === undefined) throw articleErrors.ARTICLE_REPORT_NOT_FOUND({ id })
      return toReport(row)
    },

    /** How many open reports on an article came from readers. */
    async openFromReaders(articleId: string): Promise<number> {
      const [row] = await reports()
        .where({ article_id: articleId, origin: 'reader' })
        .whereNull('closed_at')
        .count<{ n: number | string }[]>('* as n')
      return Number(row?.n ?? 0)
    },

    /** @returns false when the report was closed already, even by another process just now */
    async close(
      id: string,
      {
        outcome,
        note,
        actor,
      }: { readonly outcome: ReportOutcome; readonly note?: string; readonly actor: Actor },
    ): Promise<boolean> {
      const closed = await reports()
        .where({ id })
        .whereNull('closed_at')
        .update({
          outcome,
          note: note ?? null,
          closed_by_id: actor.id,
          closed_by_name: actor.name,
          closed_at: isoNow(clock),
        })
      return closed > 0
    },

    /** Open reports, the first due first, or closed ones, the last closed first. @throws CodedError CURSOR_INVALID */
    async list({ reader, state, ownerId, cursor, limit }: ReportQuery): Promise<Page<ArticleReport>> {
      const { column, order } = ORDERS[state]
      const query = readable(reader)
        .orderBy([
          { column: `r.${column}`, order },
          { column: 'r.id', order },
        ])
        .limit(limit + 1)
      if (state === 'open') query.whereNull('r.closed_at')
      else query.whereNotNull('r.closed_at')
      if (ownerId !== undefined)
        query.whereIn('r.category', db.sql('article_categories').where({ owner_id: ownerId }).select('label'))
      if (cursor !== undefined) {
        const { key, id } = decodeCursor(cursor, state)
        const beyond = order === 'asc' ? '>' : '<'
        query.where((after) =>
          after
            .where(`r.${column}`, beyond, key)
            .orWhere((same) => same.where(`r.${column}`, key).andWhere('r.id', beyond, id)),
        )
      }
      const rows = await db.longRead<ReportRow>(query)
      const page = toPage(rows, limit, (row) => ({ key: row[column] ?? '', id: row.id, order: state }))
      return { ...page, items: page.items.map(toReport) }
    },
  }
}

function toReport(row: ReportRow): ArticleReport {
  return {
    id: row.id,
    articleId: row.article_id,
    passageId: row.passage_id ?? undefined,
    comment: row.comment,
    origin: row.origin,
    audience: row.audience,
    category: row.category ?? undefined,
    by: row.actor_id === null ? undefined : { id: row.actor_id, name: row.actor_name ?? '' },
    reportedAt: row.reported_at,
    dueAt: row.due_at,
    closed:
      row.outcome === null || row.closed_at === null
        ? undefined
        : {
            outcome: row.outcome,
            note: row.note ?? undefined,
            by: { id: row.closed_by_id ?? '', name: row.closed_by_name ?? '' },
            at: row.closed_at,
          },
    article: {
      id: row.article_id,
      title: row.title,
      language: row.language,
      confidence: row.confidence,
      audience: row.article_audience,
      createdBy: row.created_by ?? undefined,
    },
  }
}
