import type { Actor } from '../access/actor.ts'
import { toMarkdown } from '../text/markdown/to-markdown.ts'
import { appendArticleChanged } from './append-changed.ts'
import { type Article, type ArticleContent, type Confidence, contentOf, requireComplete } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { articleErrors } from './errors.ts'
import { indexArticle } from './index-article.ts'
import { editPassages } from './passages/edit-passages.ts'
import type { Passage } from './passages/passage.ts'
import { requireNoNewFindings } from './privacy/privacy-lock.ts'
import { readerOf } from './readable-articles.ts'
import { requireRights } from './rights/article-rights.ts'
import { type Governance, governanceOf } from './rights/governance.ts'
import { keepTranslations } from './translations/keep-translations.ts'
import { requireOtherLanguage } from './translations/link-translation.ts'

export interface Edit {
  readonly id: string
  /** The revision that the editor read. */
  readonly revision: number
  readonly change: Partial<ArticleContent>
  /** What the passages become where that is known; otherwise it is found out by their words. */
  readonly passages?: readonly Passage[]
  /** Whether it makes the translations of the article stale where it changes passages. */
  readonly significant?: boolean
  /** The change is the content of this revision. */
  readonly restores?: number
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
 * search finds it by its new words; where its category demands an approval, it leaves its readers until the new text is
 * approved and published. HTML in a section becomes Markdown.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, ARTICLE_ARCHIVED, ARTICLE_NEEDS_…, ARTICLE_INCOMPLETE,
 *   ARTICLE_PERSONAL_DATA, and TRANSLATION_… where the language is that of a translation
 */
export async function editArticle(deps: ArticleDeps, edit: Edit): Promise<Article> {
  return applyEdit(deps, { ...edit, change: await withoutHtml(edit.change) })
}

/** Edits an article by a change that {@link withoutHtml} made. @throws CodedError as {@link editArticle} does */
export async function applyEdit(deps: ArticleDeps, edit: Edit): Promise<Article> {
  const { id, revision, change, passages, significant = false, restores, actor } = edit
  return deps.db.transaction(async () => {
    const before = await deps.articles.requireForChange(id, readerOf(actor), revision)
    if (before.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id })
    const governance = await governanceOf(deps, before)
    requireRights(actor, before, governance, ['edit'])
    const content = { ...contentOf(before), ...change }
    const changed = (Object.keys(content) as (keyof ArticleContent)[]).filter(
      (key) => content[key] !== before[key],
    )
    if (changed.length === 0) return before
    if (content.language !== before.language)
      await requireOtherLanguage(deps, before, content.language, actor)
    await requireNoNewFindings(deps, before, content)
    const confidence = lapsesTo(before.confidence, governance)
    if (confidence === 'validated') requireComplete(id, content)
    const translations = await keepTranslations(deps, before)
    const after = await deps.articles.change({ ...before, ...content, confidence }, actor)
    await editPassages(deps, { article: after, passages, actor })
    const stale = await translations.follow(after, significant)
    await indexArticle(deps, after)
    const only = (article: Article) => Object.fromEntries(changed.map((key) => [key, article[key]]))
    await appendArticleChanged(deps, after)
    await deps.audit.record('article.edited', actor, id, {
      before: { revision: before.revision, confidence: before.confidence, ...only(before) },
      after: {
        revision: after.revision,
        restores,
        confidence,
        ...only(after),
        ...(stale > 0 ? { staleTranslations: stale } : {}),
      },
    })
    return after
  })
}

/** A text that needs an approval is not valid before it has one. */
function lapsesTo(confidence: Confidence, { kind }: Governance): Confidence {
  return kind === 'compliance' && confidence === 'validated' ? 'not_validated' : confidence
}
