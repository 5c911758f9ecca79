import type { Actor } from '../access/actor.ts'
import { AUDIENCES, type Audience } from '../access/audience.ts'
import { isoNow } from '../platform/clock.ts'
import { type Article, missingSections, readerOf } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { articleErrors } from './errors.ts'
import type { ArticlePublished } from './events.ts'
import { indexArticle } from './index-article.ts'
import { requireNoPersonalData } from './personal-data.ts'

export interface Publication {
  readonly id: string
  readonly audience: Audience
  /** Says that the article may be shown to more people than the posts it rests on. */
  readonly confirmWiderAudience?: boolean
  /** Says that personal data in it may be shown: the company's own phone number, say. */
  readonly confirmPersonalData?: boolean
  /** The revision that was read, when the caller wants to be sure to publish that one. */
  readonly revision?: number
  readonly actor: Actor
}

/**
 * Validates an article and shows it to `audience`; every search from then on finds it. Published for that audience
 * already, it stays as it is. An archived article comes back.
 *
 * An article may be shown to whoever may see all that it was made from: its thread and the posts cited. Anyone
 * further out only sees it when the publisher confirms having read it with their eyes; the audit log keeps that.
 * Evidence, authors and the thread stay hidden from them even then.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, ARTICLE_INCOMPLETE, ARTICLE_AUDIENCE_WIDER,
 *   ARTICLE_PERSONAL_DATA
 */
export async function publishArticle(deps: ArticleDeps, publication: Publication): Promise<Article> {
  const {
    id,
    audience,
    confirmWiderAudience = false,
    confirmPersonalData = false,
    revision,
    actor,
  } = publication
  return deps.db.transaction(async () => {
    const before = await deps.articles.requireForChange(id, readerOf(actor), revision)
    if (before.confidence === 'validated' && before.audience === audience) return before
    const missing = missingSections(before)
    if (missing.length > 0) throw articleErrors.ARTICLE_INCOMPLETE({ id, missing: missing.join(', ') })
    const permitted = await deps.evidence.permittedAudience(id)
    const isWider = AUDIENCES.indexOf(audience) > AUDIENCES.indexOf(permitted)
    if (isWider && !confirmWiderAudience)
      throw articleErrors.ARTICLE_AUDIENCE_WIDER({ id, audience, permitted })
    if (!confirmPersonalData)
      requireNoPersonalData({ id, audience, content: before }, { identifiers: deps.identifiers })
    const after = await deps.articles.change(
      { ...before, confidence: 'validated', audience, publishedAt: isoNow(deps.clock) },
      actor,
    )
    await indexArticle(deps, after)
    await deps.audit.record('article.published', actor, id, {
      before: stateOf(before),
      after: { ...stateOf(after), ...(isWider ? { widerThan: permitted } : {}) },
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
export function stateOf({ revision, confidence, audience }: Article): object {
  return { revision, confidence, audience }
}

/**
 * Takes an article out of use: no search finds it, and readers no longer see it. Archived already, it stays so.
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
    await deps.audit.record('article.archived', actor, id, { before: stateOf(before), after: stateOf(after) })
    return after
  })
}
