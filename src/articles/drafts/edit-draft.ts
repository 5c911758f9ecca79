import type { Actor } from '../../access/actor.ts'
import { type Article, type ArticleContent, contentOf } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { applyEdit, type Edit, withoutHtml } from '../edit-article.ts'
import { articleErrors } from '../errors.ts'
import type { ArticleDraftChanged } from '../events.ts'
import { readerOf } from '../readable-articles.ts'
import { requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import type { Draft } from './draft-store.ts'

/** A draft as its editors see it; without one, the article's own content, which nobody saved. */
export interface DraftView
  extends Omit<Draft, 'savedBy' | 'savedAt'>,
    Partial<Pick<Draft, 'savedBy' | 'savedAt'>> {
  readonly version: number
}

/** Whose draft is meant, and which version the editor read. */
interface NamedDraft {
  readonly id: string
  readonly version: number
  readonly actor: Actor
}

/**
 * The draft of an article, for whoever may edit it.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NEEDS_…, ARTICLE_DRAFT_FORBIDDEN
 */
export async function showDraft(
  deps: ArticleDeps,
  { id, actor }: Pick<NamedDraft, 'id' | 'actor'>,
): Promise<DraftView> {
  const article = await deps.articles.require(id, readerOf(actor))
  await requireEditor(deps, article, actor)
  return viewOf(deps, article, actor)
}

/**
 * Saves the draft of an article; the article itself stays as it is. The audit log notes when somebody begins to write,
 * not each time that their text is saved.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NEEDS_…, ARTICLE_DRAFT_FORBIDDEN, ARTICLE_DRAFT_CONFLICT, ARTICLE_ARCHIVED
 */
export async function saveDraft(
  deps: ArticleDeps,
  { content, basedOn, ...named }: NamedDraft & Pick<Draft, 'content' | 'basedOn'>,
): Promise<DraftView> {
  const { id, version, actor } = named
  return deps.db.transaction(async () => {
    const { article, before } = await requireDraftAt(deps, named)
    if (article.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id })
    await deps.drafts.put(id, version + 1, { content, basedOn }, actor)
    if (before.savedBy?.id !== actor.id)
      await deps.audit.record('article.draft-begun', actor, id, { after: { version: version + 1, basedOn } })
    await appendDraftChanged(deps, id, version + 1)
    return viewOf(deps, article, actor)
  })
}

/**
 * Discards the draft of an article.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NEEDS_…, ARTICLE_DRAFT_FORBIDDEN, ARTICLE_DRAFT_CONFLICT
 */
export async function discardDraft(deps: ArticleDeps, named: NamedDraft): Promise<void> {
  const { id, version, actor } = named
  await deps.db.transaction(async () => {
    const { before } = await requireDraftAt(deps, named)
    if (before.savedAt === undefined) return
    await deps.drafts.put(id, version + 1, undefined, actor)
    await deps.audit.record('article.draft-discarded', actor, id, { before: { version, by: before.savedBy } })
    await appendDraftChanged(deps, id, version + 1)
  })
}

/**
 * Makes the draft of an article its next revision; the draft is gone then.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NEEDS_…, ARTICLE_DRAFT_FORBIDDEN, ARTICLE_DRAFT_CONFLICT, ARTICLE_DRAFT_MISSING, and those
 *   of {@link applyEdit}: ARTICLE_CONFLICT where the article is no longer at the revision that was edited
 */
export async function applyDraft(
  deps: ArticleDeps,
  { significant, ...named }: NamedDraft & Pick<Edit, 'significant'>,
): Promise<Article> {
  const { id, version, actor } = named
  const { content, basedOn: revision } = await requireVersion(
    deps,
    await deps.articles.require(id, readerOf(actor)),
    named,
  )
  const change = await withoutHtml(content)
  return deps.db.transaction(async () => {
    // A version is one content: what was converted is still the draft.
    const { before } = await requireDraftAt(deps, named)
    if (before.savedAt === undefined) throw articleErrors.ARTICLE_DRAFT_MISSING({ id })
    const article = await applyEdit(deps, { id, revision, change, significant, actor })
    await deps.drafts.put(id, version + 1, undefined, actor)
    await appendDraftChanged(deps, id, version + 1)
    return article
  })
}

/**
 * The article, locked, with its draft at the version that the editor read.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NEEDS_…, ARTICLE_DRAFT_FORBIDDEN, ARTICLE_DRAFT_CONFLICT
 */
export async function requireDraftAt(
  deps: ArticleDeps,
  { id, version, actor }: NamedDraft,
): Promise<{ readonly article: Article; readonly before: DraftView }> {
  const article = await deps.articles.requireForChange(id, readerOf(actor))
  await requireEditor(deps, article, actor)
  return { article, before: await requireVersion(deps, article, { version, actor }) }
}

/** An archived article is edited by nobody: its draft is still read by those who edited it. */
async function requireEditor(deps: ArticleDeps, article: Article, actor: Actor): Promise<void> {
  const right = article.confidence === 'archived' ? 'archive' : 'edit'
  requireRights(actor, article, await governanceOf(deps, article), [right])
}

/** The draft at the version that the editor read. @throws CodedError ARTICLE_DRAFT_FORBIDDEN, ARTICLE_DRAFT_CONFLICT */
async function requireVersion(
  deps: Pick<ArticleDeps, 'drafts'>,
  article: Article,
  { version, actor }: Pick<NamedDraft, 'version' | 'actor'>,
): Promise<DraftView> {
  const current = await viewOf(deps, article, actor)
  if (current.version === version) return current
  const { id } = article
  const changed = await deps.drafts.lastChange(id)
  if (changed === undefined) throw articleErrors.ARTICLE_DRAFT_MISSING({ id })
  throw articleErrors.ARTICLE_DRAFT_CONFLICT({ id, by: changed.by, at: readable(changed.at), current })
}

/** `2026-01-15 14:02 UTC`, for a sentence. */
function readable(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`
}

async function viewOf(
  { drafts }: Pick<ArticleDeps, 'drafts'>,
  article: Article,
  { audience }: Pick<Actor, 'audience'>,
): Promise<DraftView> {
  if (!(await drafts.isOpenTo(article.id, audience)))
    throw articleErrors.ARTICLE_DRAFT_FORBIDDEN({ id: article.id })
  const { version, draft } = await drafts.find(article.id)
  const own: { content: ArticleContent; basedOn: number } = {
    content: contentOf(article),
    basedOn: article.revision,
  }
  return { version, ...(draft ?? own) }
}

export async function appendDraftChanged(
  { outbox }: Pick<ArticleDeps, 'outbox'>,
  articleId: string,
  version: number,
): Promise<void> {
  const event: ArticleDraftChanged = { type: 'article.draft-changed', articleId, version }
  await outbox.append(event)
}
