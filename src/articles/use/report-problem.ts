import { type Actor, anonymous } from '../../access/actor.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { readerOf } from '../readable-articles.ts'
import { governanceOf } from '../rights/governance.ts'
import { dueDate, type Report, type ReportOrigin } from './report.ts'

interface Problem {
  /** Plain text. */
  readonly comment: string
  readonly origin: ReportOrigin
  readonly passageId?: string
  readonly actor: Actor
}

/**
 * Reports a problem with an article to the owner of its category.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, PASSAGE_NOT_FOUND
 */
export async function reportProblem(
  deps: ArticleDeps,
  {
    id,
    passageId,
    comment,
    actor,
  }: { readonly id: string; readonly comment: string; readonly passageId?: string; readonly actor: Actor },
): Promise<Report> {
  return deps.db.transaction(async () => {
    const article = await deps.articles.require(id, readerOf(actor))
    if (passageId !== undefined) {
      const passages = await deps.passages.of(id)
      if (!passages.some((passage) => passage.id === passageId))
        throw articleErrors.PASSAGE_NOT_FOUND({ id, passage: passageId })
    }
    return openReport(deps, article, { comment, passageId, actor, origin: 'colleague' })
  })
}

/** Adds a report on an article that its reader sees. Call it in a transaction. */
export async function openReport(
  deps: ArticleDeps,
  article: Article,
  { comment, origin, passageId, actor }: Problem,
): Promise<Report> {
  const { category } = await governanceOf(deps, article)
  const isKnown = actor.id !== anonymous.id
  const report = await deps.reports.add({
    articleId: article.id,
    passageId,
    comment,
    origin,
    audience: actor.audience,
    category,
    by: isKnown ? { id: actor.id, name: actor.name } : undefined,
    dueAt: dueDate(article, deps.clock.now()),
  })
  if (isKnown)
    await deps.audit.record('article.reported', actor, article.id, { after: { report: report.id } })
  return report
}
