import type { Actor } from '../../access/actor.ts'
import type { Article, ArticleContent } from '../article.ts'
import { contentOf } from '../article.ts'
import { CITATION_SECTIONS, type CitationSection } from '../citation.ts'
import type { ArticleDeps } from '../deps.ts'
import { appendDraftChanged } from '../drafts/edit-draft.ts'
import { applyEdit } from '../edit-article.ts'
import { articleErrors } from '../errors.ts'
import { FOLLOW_CITATIONS } from '../follow-citations.ts'
import { readerOf } from '../readable-articles.ts'
import { requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import { carryPassages } from './carry-passages.ts'
import type { Passage, PassageCitation, StoredPassage } from './passage.ts'
import { nowOf, proposeChange, renewCitation } from './propose-change.ts'
import { replaceBlock } from './section-blocks.ts'
import { createPostReader } from './thread-material.ts'

/** The passage that is meant, and who decides. */
interface NamedPassage {
  readonly id: string
  readonly passageId: string
  /** One of the posts that it cites; without it, the first that has changed. */
  readonly postId?: string
  /** The revision that the caller read. */
  readonly revision: number
  readonly actor: Actor
}

/**
 * Takes the change of a cited post over into the passage that rests on it: a revision, or an edit of the draft where
 * there is one. A passage without a flag stays as it is.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, PASSAGE_NOT_FOUND, PASSAGE_WITHOUT_TEXT, and those of
 *   {@link applyEdit}
 */
export async function takeChange(deps: ArticleDeps, named: NamedPassage): Promise<Article> {
  const { id, revision, actor } = named
  return deps.db.transaction(async () => {
    const { article, all, flagged } = await requirePassage(deps, named)
    if (flagged === undefined) return article
    if (article.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id })
    const { passage, citation } = flagged
    const proposed = await proposeChange({ ...flagged, all }, createPostReader(deps, actor.audience))
    if (proposed === undefined) return article
    const isDropped = citation.flag === 'deleted' || citation.flag === 'unaccepted'
    if (passage.text === '' && !isDropped)
      throw articleErrors.PASSAGE_WITHOUT_TEXT({ id, passage: passage.id })
    const { flag, postId } = citation
    const record = (into: 'revision' | 'draft') =>
      deps.audit.record('article.change-taken', actor, id, {
        before: { passage: passage.id, section: passage.section, postId, flag },
        after: { into },
      })
    const { version, draft } = await deps.drafts.find(id)
    if (draft !== undefined && (await deps.drafts.isOpenTo(id, actor.audience))) {
      const content = replaceIn(draft.content, carryPassages(all, draft.content), proposed.replaced)
      if (!isSameText(content, draft.content)) {
        await deps.drafts.put(id, version + 1, { content, basedOn: draft.basedOn }, actor)
        await appendDraftChanged(deps, id, version + 1)
        await record('draft')
      }
      return article
    }
    const change = replaceIn(contentOf(article), all, proposed.replaced)
    const passages = all.map((each): Passage => proposed.replaced.get(each.id) ?? each)
    const after = await applyEdit(deps, { id, revision, change, passages, actor })
    // Where no text changed, there is no revision.
    if (after.revision === article.revision) await deps.passages.replace(id, passages)
    await record('revision')
    return after
  })
}

/**
 * Keeps a passage as it is although its post changed: the flag goes until the post changes again. Where something
 * happened to the post as a whole, all passages that rest on it are kept. The reason is in the audit log.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, PASSAGE_NOT_FOUND, ARTICLE_NEEDS_CONTRIBUTOR and its like
 */
export async function keepPassage(
  deps: ArticleDeps,
  { reason, ...named }: NamedPassage & { readonly reason: string },
): Promise<Article> {
  const { id, actor } = named
  return deps.db.transaction(async () => {
    const { article, all, flagged } = await requirePassage(deps, named)
    if (flagged === undefined) return article
    const { flag, postId } = flagged.citation
    const posts = createPostReader(deps, actor.audience)
    const { threadId } = flagged
    const post = threadId === undefined ? undefined : await posts.read(threadId, postId)
    const accepted =
      threadId === undefined ? undefined : (await deps.passages.acceptedIn([threadId])).get(threadId)
    const isKept = (passage: StoredPassage, citation: PassageCitation) =>
      citation.postId === postId &&
      (flag === 'edited' ? passage.id === flagged.passage.id : citation.flag === flag)
    const kept = all.map((passage): Passage => {
      const citations = passage.citations.flatMap((citation) => {
        if (!isKept(passage, citation)) return [citation]
        if (post === undefined) return []
        const excerpt = flag === 'edited' ? nowOf({ passage, citation, all }, post).excerpt : citation.excerpt
        return [{ ...renewCitation(citation, post, excerpt), answers: [...(accepted ?? [])] }]
      })
      return { ...passage, citations }
    })
    await deps.passages.replace(id, kept)
    await deps.audit.record('article.passage-kept', actor, id, {
      before: { passage: flagged.passage.id, section: flagged.passage.section, postId, flag },
      after: { reason },
    })
    await deps.jobs.enqueue({ type: FOLLOW_CITATIONS, payload: { postIds: [postId] } })
    return article
  })
}

/** The article, locked, its passages, and the flag that is meant, where there is one that the actor may see. */
async function requirePassage(deps: ArticleDeps, { id, passageId, postId, revision, actor }: NamedPassage) {
  const article = await deps.articles.requireForChange(id, readerOf(actor), revision)
  requireRights(actor, article, await governanceOf(deps, article), ['edit'])
  const all = await deps.passages.of(id)
  const seen = await deps.citations.of(id, actor.audience)
  const passage = all.find((each) => each.id === passageId)
  const own = seen.filter((each) => each.passageId === passageId)
  if (passage === undefined || (passage.text === '' && own.length === 0))
    throw articleErrors.PASSAGE_NOT_FOUND({ id, passage: passageId })
  const view = own.find((each) => each.flag !== undefined && (postId === undefined || each.postId === postId))
  const citation = passage.citations.find((each) => each.postId === view?.postId)
  const threadId = view?.threadId
  return { article, all, flagged: citation && { passage, citation, threadId } }
}

/** Content with its passages as they become. */
function replaceIn(
  content: ArticleContent,
  passages: readonly Passage[],
  replaced: ReadonlyMap<string, Passage>,
): ArticleContent {
  const sections: Partial<Record<CitationSection, string>> = {}
  for (const section of CITATION_SECTIONS) {
    const blocks = passages.filter((each) => each.section === section && each.text !== '')
    let text = content[section]
    for (const [index, { id = '' }] of [...blocks.entries()].reverse()) {
      const next = replaced.get(id)
      if (next !== undefined) text = replaceBlock(text, index, next.text)
    }
    sections[section] = text
  }
  return { ...content, ...sections }
}

function isSameText(a: ArticleContent, b: ArticleContent): boolean {
  return CITATION_SECTIONS.every((section) => a[section] === b[section])
}
