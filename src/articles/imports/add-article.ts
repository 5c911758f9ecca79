import type { Actor } from '../../access/actor.ts'
import { isoNow } from '../../platform/clock.ts'
import type { CodedError } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { appendArticleChanged } from '../append-changed.ts'
import { type Article, missingSections, refuseIncomplete } from '../article.ts'
import type { NewArticle } from '../article-store.ts'
import type { ArticleDeps } from '../deps.ts'
import type { ArticlePublished } from '../events.ts'
import { indexArticle } from '../index-article.ts'
import { editPassages } from '../passages/edit-passages.ts'
import { findingsIn } from '../privacy/findings.ts'
import { refusePersonalData } from '../privacy/privacy-lock.ts'
import { AddedMeanwhile } from './import-once.ts'

export interface AddedArticle {
  readonly article: Article
  /** Why an article is not published, or for fewer people, than it was to be. */
  readonly unpublished?: CodedError
}

/**
 * Adds an imported article, in the transaction in progress. One that is to be published, but is incomplete, is added
 * without being published; one that may contain personal data is for nobody but the company until each finding is
 * decided.
 *
 * @throws AddedMeanwhile
 */
export async function addArticle(
  deps: ArticleDeps,
  wanted: Omit<NewArticle, 'threadIds'>,
  actor: Actor,
): Promise<AddedArticle> {
  const { id = newId('art', deps.clock.now()), audience } = wanted
  const missing = wanted.confidence === 'validated' ? missingSections(wanted) : []
  const findings = audience === 'internal' ? [] : findingsIn(id, wanted, deps)
  const unpublished =
    missing.length > 0
      ? refuseIncomplete(id, missing)
      : findings.length > 0
        ? refusePersonalData(id, audience, findings)
        : undefined
  const isPublished = wanted.confidence === 'validated' && unpublished === undefined
  const article = await deps.articles.add(
    {
      ...wanted,
      id,
      threadIds: [],
      confidence: wanted.confidence === 'validated' && !isPublished ? 'not_validated' : wanted.confidence,
      audience: findings.length > 0 ? 'internal' : audience,
      publishedAt: isPublished ? (wanted.publishedAt ?? isoNow(deps.clock)) : undefined,
    },
    actor,
  )
  if (article === undefined) throw new AddedMeanwhile()
  await editPassages(deps, { article, passages: [], actor })
  await indexArticle(deps, article)
  await appendArticleChanged(deps, article)
  const { revision, confidence } = article
  await deps.audit.record('article.imported', actor, id, {
    after: { revision, confidence, audience: article.audience },
  })
  if (isPublished) {
    const event: ArticlePublished = { type: 'article.published', articleId: id, revision }
    await deps.outbox.append(event)
  }
  return { article, unpublished }
}
