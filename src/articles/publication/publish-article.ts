import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { isoNow } from '../../platform/clock.ts'
import { appendArticleChanged } from '../append-changed.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import type { ArticlePublished } from '../events.ts'
import { indexArticle } from '../index-article.ts'
import { readerOf } from '../readable-articles.ts'
import { publicationRefusals } from './refusals.ts'

export interface Publication {
  readonly id: string
  readonly audience: Audience
  /** The article may be shown to more people than the posts that it cites. */
  readonly confirmWiderAudience?: boolean
  /** Personal data in it may be shown; for example, the company's own phone number. */
  readonly confirmPersonalData?: boolean
  /** The revision that the caller read; without one, the latest is published. */
  readonly revision?: number
  readonly actor: Actor
}

/**
 * Validates an article and shows it to `audience`; the next search finds it. An article that is published for that
 * audience already stays as it is. An archived article is published again.
 *
 * An article may be shown to the readers of all that it was made from: its thread and the cited posts. For a wider
 * audience the publisher must confirm; the audit log records it. Those others see neither citations nor authors nor
 * the thread.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, ARTICLE_INCOMPLETE, ARTICLE_AUDIENCE_WIDER,
 *   ARTICLE_PERSONAL_DATA, THREAD_PROTECTED
 */
export async function publishArticle(deps: ArticleDeps, publication: Publication): Promise<Article> {
  const { id, audience, revision, actor } = publication
  return deps.db.transaction(async () => {
    const before = await deps.articles.requireForChange(id, readerOf(actor), revision)
    if (before.confidence === 'validated' && before.audience === audience) return before
    const refusals = await publicationRefusals(deps, { article: before, content: before, audience })
    const refused = refusals.find(({ confirm }) => confirm === undefined || publication[confirm] !== true)
    if (refused !== undefined) throw refused.error
    const widerThan = refusals.find(({ permitted }) => permitted !== undefined)?.permitted
    const after = await deps.articles.change(
      { ...before, confidence: 'validated', audience, publishedAt: isoNow(deps.clock) },
      actor,
    )
    await indexArticle(deps, after)
    await appendArticleChanged(deps, after)
    await deps.audit.record('article.published', actor, id, {
      before: stateOf(before),
      after: { ...stateOf(after), widerThan },
    })
    const event: ArticlePublished = {
      type: 'article.published',
      articleId: id,
      revision: after.revision,
    }
    await deps.outbox.append(event)
    return after
  })
}

/** What publishing and archiving change of an article, for the audit log. */
function stateOf({ revision, confidence, audience }: Article): object {
  return { revision, confidence, audience }
}

/**
 * Archives an article: no search finds it, and readers no longer see it. An archived article stays as it is.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT
 */
export async function archiveArticle(
  deps: ArticleDeps,
  { id, revision, actor }: { readonly id: string; readonly revision?: number; readonly actor: Actor },
): Promise<Article> {
  return deps.db.transaction(async () => {
    const before = await deps.articles.requireForChange(id, readerOf(actor), revision)
    if (before.confidence === 'archived') return before
    const after = await deps.articles.change({ ...before, confidence: 'archived' }, actor)
    await indexArticle(deps, after)
    await appendArticleChanged(deps, after)
    await deps.audit.record('article.archived', actor, id, { before: stateOf(before), after: stateOf(after) })
    return after
  })
}
