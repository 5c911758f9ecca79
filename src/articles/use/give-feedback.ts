import type { Actor } from '../../access/actor.ts'
import { redactText } from '../../text/personal-data/redact.ts'
import type { ArticleDeps } from '../deps.ts'
import { readerOf } from '../readable-articles.ts'
import type { Feedback } from './feedback-store.ts'
import { openReport } from './report-problem.ts'

/** Open reports from readers on one article; more would say the same, or come from a machine. */
const MOST_OPEN_FROM_READERS = 20

/**
 * Keeps whether an article solved a reader's problem. A comment loses its personal data first; that of a reader whose
 * problem is not solved opens a report, once a day for a known reader.
 *
 * @param readerId the account of the reader, where known: a key may speak for many
 * @param visit what tells the browser of an unknown reader from others for a day, and says nothing else of them
 * @throws CodedError ARTICLE_NOT_FOUND
 */
export async function giveFeedback(
  deps: ArticleDeps,
  {
    id,
    solved,
    comment: written = '',
    readerId,
    visit,
    actor,
  }: Feedback & {
    readonly id: string
    readonly readerId?: string
    readonly visit?: string
    readonly actor: Actor
  },
): Promise<Feedback & { readonly created: boolean }> {
  const redacted = redactText(written, { identifiers: deps.identifiers }).trim()
  const comment = redacted === '' ? undefined : redacted
  return deps.db.transaction(async () => {
    const article = await deps.articles.require(id, readerOf(actor))
    const given = await deps.feedback.put(id, { solved, comment }, readerId ?? visit)
    const opensReport =
      !solved &&
      comment !== undefined &&
      given.reportId === undefined &&
      (await deps.reports.openFromReaders(id)) < MOST_OPEN_FROM_READERS
    if (opensReport) {
      const report = await openReport(deps, article, { comment, origin: 'reader', actor })
      await deps.feedback.linkReport(given.id, report.id)
    }
    if (readerId !== undefined)
      await deps.audit.record('article.feedback-given', actor, id, { after: { solved } })
    return { solved, comment, created: given.created }
  })
}
