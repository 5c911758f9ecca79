import type { Knex } from 'knex'
import { CATEGORY } from '../../labels/facet.ts'
import type { ArticleDeps } from '../deps.ts'
import type { ReviewFacts } from './due-reasons.ts'

const DAY_MS = 86_400_000
/** What is reviewed: what people may find, or colleagues answer with. */
const REVIEWED = ['validated', 'not_validated']
const LOST = ['deleted', 'unaccepted', 'superseded']

interface ArticleRow {
  readonly id: string
  readonly thread_id: string | null
  readonly created_at: string
  readonly updated_at: string
  readonly checked_at: string | null
}

type Deps = Pick<ArticleDeps, 'db' | 'clock' | 'threadLabels'>

/** What bears on the reviews of some articles (at most 500); those that are in work or archived are left out. */
export async function gatherFacts(
  { db, clock, threadLabels }: Deps,
  articleIds: readonly string[],
  days: number,
): Promise<ReviewFacts[]> {
  const since = new Date(clock.now().getTime() - days * DAY_MS).toISOString()
  const checks = db
    .sql('article_checks as k')
    .where('k.article_id', db.sql.ref('articles.id'))
    .max('k.checked_at')
  const articles: ArticleRow[] = await db
    .sql('articles')
    .where(db.among('id', articleIds))
    .whereIn('confidence', REVIEWED)
    .select('id', 'thread_id', 'created_at', 'updated_at')
    .select({ checked_at: checks })
  const ids = articles.map(({ id }) => id)
  /** Rows about the articles by article, of those that came after its last check. */
  const tally = async (query: Knex.QueryBuilder, counted = db.sql.raw('count(*)')) => {
    const rows: { article_id: string; n: number | string | null }[] = await query
      .where(db.among('x.article_id', ids))
      .groupBy('x.article_id')
      .select('x.article_id')
      .select({ n: counted })
    return new Map(rows.map(({ article_id, n }) => [article_id, Number(n ?? 0)]))
  }
  const sinceCheck = (query: Knex.QueryBuilder, time: string) =>
    query.whereNotExists(
      db
        .sql('article_checks as k')
        .where('k.article_id', db.sql.ref('x.article_id'))
        .where('k.checked_at', '>=', db.sql.ref(time))
        .select(db.sql.raw('1')),
    )
  const feedback = (solved: boolean) => db.sql('article_feedback as x').where('x.solved', solved)
  const posts = db.sql.raw('count(distinct x.post_id)')
  const flagged = () => sinceCheck(db.sql('passage_citations as x').whereNotNull('x.flag'), 'x.flagged_at')
  const ofResolution = (query: Knex.QueryBuilder) =>
    query.join('article_passages as g', 'g.id', 'x.passage_id').where('g.section', 'resolution')

  const counts = {
    reports: await tally(
      sinceCheck(db.sql('article_reports as x').whereNull('x.closed_at'), 'x.reported_at'),
    ),
    failed: await tally(
      sinceCheck(feedback(false), 'x.given_at')
        .join('articles as a', 'a.id', 'x.article_id')
        .where('x.given_at', '>', db.sql.ref('a.updated_at')),
    ),
    flags: await tally(flagged(), posts),
    resolution: await tally(ofResolution(db.sql('passage_citations as x')), posts),
    lost: await tally(ofResolution(flagged()).whereIn('x.flag', LOST), posts),
    uses: await tally(db.sql('article_uses as x').where('x.used_at', '>=', since)),
    solved: await tally(feedback(true).where('x.given_at', '>=', since)),
    unsolved: await tally(feedback(false).where('x.given_at', '>=', since)),
    reads: await tally(
      db.sql('article_reads as x').where('x.day', '>=', since.slice(0, 10)),
      db.sql.raw('sum(x.reads)'),
    ),
  }
  const labels = await threadLabels.labelsOf(articles.flatMap(({ thread_id }) => thread_id ?? []))
  return articles.map(({ id, thread_id, created_at, updated_at, checked_at }) => {
    const of = (kind: keyof typeof counts) => counts[kind].get(id) ?? 0
    const own = thread_id === null ? [] : (labels.get(thread_id) ?? [])
    return {
      articleId: id,
      createdAt: created_at,
      updatedAt: updated_at,
      checkedAt: checked_at ?? undefined,
      category: own.find(({ facet }) => facet === CATEGORY)?.label,
      openReports: of('reports'),
      unsolved: of('failed'),
      flags: of('flags'),
      resolution: { posts: of('resolution'), lost: of('lost') },
      figures: { days, uses: of('uses'), reads: of('reads'), solved: of('solved'), unsolved: of('unsolved') },
    }
  })
}
