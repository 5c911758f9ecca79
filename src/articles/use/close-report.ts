import type { Actor } from '../../access/actor.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { readerOf } from '../readable-articles.ts'
import { requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import { type ReportOutcome, rightToClose } from './report.ts'
import type { ArticleReport } from './report-store.ts'

/**
 * Closes a report. Whoever may edit the article may.
 *
 * @throws CodedError ARTICLE_REPORT_NOT_FOUND, ARTICLE_REPORT_CLOSED, ARTICLE_NEEDS_CONTRIBUTOR and its like
 */
export async function closeReport(
  deps: ArticleDeps,
  {
    id,
    outcome,
    note,
    actor,
  }: {
    readonly id: string
    readonly outcome: ReportOutcome
    readonly note?: string
    readonly actor: Actor
  },
): Promise<ArticleReport> {
  const reader = readerOf(actor)
  return deps.db.transaction(async () => {
    const { articleId } = await deps.reports.require(id, reader)
    const article = await deps.articles.require(articleId, reader)
    requireRights(actor, article, await governanceOf(deps, article), [rightToClose(article)])
    if (!(await deps.reports.close(id, { outcome, note, actor })))
      throw articleErrors.ARTICLE_REPORT_CLOSED({ id })
    await deps.audit.record('article.report-closed', actor, articleId, {
      after: { report: id, outcome, note },
    })
    return deps.reports.require(id, reader)
  })
}
