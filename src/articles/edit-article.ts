import type { Actor } from '../access/actor.ts'
import { type Article, type ArticleContent, contentOf, missingSections, readerOf } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { articleErrors } from './errors.ts'
import { reviewCitations } from './follow-citations.ts'
import { indexArticle } from './index-article.ts'
import { requireNoPersonalData } from './personal-data.ts'

export interface Edit {
  readonly id: string
  /** The revision that the editor read. */
  readonly revision: number
  readonly change: Partial<ArticleContent>
  /** The editor has read the posts that the article rests on as they are now: its flags go. */
  readonly reviewedEvidence?: boolean
  /** Personal data that the change brings may be shown to whoever sees the article. */
  readonly confirmPersonalData?: boolean
  readonly actor: Actor
}

/**
 * Changes what an article says; the outcome is a new revision, unless nothing differs. A published article stays
 * published, and is found by its new words at once.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, ARTICLE_ARCHIVED, ARTICLE_INCOMPLETE,
 *   ARTICLE_PERSONAL_DATA
 */
export async function editArticle(deps: ArticleDeps, edit: Edit): Promise<Article> {
  const { id, revision, change, reviewedEvidence = false, confirmPersonalData = false, actor } = edit
  return deps.db.transaction(async () => {
    const before = await deps.articles.requireForChange(id, readerOf(actor), revision)
    if (before.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id })
    if (reviewedEvidence) await reviewCitations(deps, before, actor)
    const content = { ...contentOf(before), ...change }
    const changed = (Object.keys(content) as (keyof ArticleContent)[]).filter(
      (key) => content[key] !== before[key],
    )
    if (changed.length === 0) return before
    requireWhatReadersNeed(before, content)
    if (before.confidence === 'validated' && !confirmPersonalData)
      requireNoPersonalData(
        { id, audience: before.audience, content, shown: before },
        { identifiers: deps.identifiers },
      )
    const after = await deps.articles.change({ ...before, ...content }, actor)
    await indexArticle(deps, after)
    const only = (article: Article) => Object.fromEntries(changed.map((key) => [key, article[key]]))
    await deps.audit.record('article.edited', actor, id, {
      before: { revision: before.revision, ...only(before) },
      after: { revision: after.revision, ...only(after) },
    })
    return after
  })
}

function requireWhatReadersNeed(article: Article, content: ArticleContent): void {
  const missing = article.confidence === 'validated' ? missingSections(content) : []
  if (missing.length > 0)
    throw articleErrors.ARTICLE_INCOMPLETE({ id: article.id, missing: missing.join(', ') })
}
