import type { Actor } from '../access/actor.ts'
import { toMarkdown } from '../text/markdown/to-markdown.ts'
import { appendArticleChanged } from './append-changed.ts'
import { type Article, type ArticleContent, contentOf, requireComplete } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { articleErrors } from './errors.ts'
import { reviewCitations } from './follow-citations.ts'
import { indexArticle } from './index-article.ts'
import { requireNoPersonalData } from './publication/personal-data.ts'
import { readerOf } from './readable-articles.ts'

export interface Edit {
  readonly id: string
  /** The revision that the editor read. */
  readonly revision: number
  readonly change: Partial<ArticleContent>
  /** The editor has read the cited posts as they are now: the flags are cleared. */
  readonly reviewedCitations?: boolean
  /** Personal data that the change adds may be shown to the article's audience. */
  readonly confirmPersonalData?: boolean
  readonly actor: Actor
}

/** What readers get as Markdown. */
const SECTIONS = ['issue', 'environment', 'resolution', 'cause'] as const

/**
 * The change without HTML: sections are Markdown that is safe to show, as those of posts are. Takes processor time: call it
 * outside of transactions.
 */
export async function withoutHtml(change: Edit['change']): Promise<Edit['change']> {
  const converted: Partial<Record<(typeof SECTIONS)[number], string>> = {}
  for (const section of SECTIONS) {
    const text = change[section]
    if (text !== undefined) converted[section] = await toMarkdown(text, 'markdown')
  }
  return { ...change, ...converted }
}

/**
 * Edits an article, which adds a revision unless nothing differs. A published article stays published, and the next
 * search finds it by its new words. HTML in a section becomes Markdown.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, ARTICLE_ARCHIVED, ARTICLE_INCOMPLETE,
 *   ARTICLE_PERSONAL_DATA
 */
export async function editArticle(deps: ArticleDeps, edit: Edit): Promise<Article> {
  return applyEdit(deps, { ...edit, change: await withoutHtml(edit.change) })
}

/** Edits an article by a change that {@link withoutHtml} made. @throws CodedError as {@link editArticle} does */
export async function applyEdit(deps: ArticleDeps, edit: Edit): Promise<Article> {
  const { id, revision, change, reviewedCitations = false, confirmPersonalData = false, actor } = edit
  return deps.db.transaction(async () => {
    const before = await deps.articles.requireForChange(id, readerOf(actor), revision)
    if (before.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id })
    if (reviewedCitations) await reviewCitations(deps, before, actor)
    const content = { ...contentOf(before), ...change }
    const changed = (Object.keys(content) as (keyof ArticleContent)[]).filter(
      (key) => content[key] !== before[key],
    )
    if (changed.length === 0) return before
    if (before.confidence === 'validated') requireComplete(id, content)
    if (before.confidence === 'validated' && !confirmPersonalData)
      requireNoPersonalData(
        { id, audience: before.audience, draft: content, published: before },
        { identifiers: deps.identifiers },
      )
    const after = await deps.articles.change({ ...before, ...content }, actor)
    await indexArticle(deps, after)
    const only = (article: Article) => Object.fromEntries(changed.map((key) => [key, article[key]]))
    await appendArticleChanged(deps, after)
    await deps.audit.record('article.edited', actor, id, {
      before: { revision: before.revision, ...only(before) },
      after: { revision: after.revision, ...only(after) },
    })
    return after
  })
}
