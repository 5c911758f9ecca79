import type { Actor } from '../../access/actor.ts'
import { appendArticleChanged } from '../append-changed.ts'
import type { Article } from '../article.ts'
import { bodyHash, type Citation, type CitationSection } from '../citation.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { extractDraft } from '../extraction/extract-draft.ts'
import type { DraftMaterial, ExtractedDraft } from '../extraction/material.ts'
import { chosenAnswers } from '../extraction/resolution.ts'
import { FOLLOW_CITATIONS } from '../follow-citations.ts'
import { readerOf } from '../readable-articles.ts'
import { requireReleased } from '../require-released.ts'

export interface Promotion {
  readonly article: Article
  /** False when the thread had been promoted before. */
  readonly created: boolean
}

/**
 * Promotes a thread to a draft article. Promoting it again, even at the same time, returns that article. The draft has
 * the audience of who promotes, who sees the thread; publishing can widen it.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, THREAD_PROTECTED, ARTICLE_FORBIDDEN
 */
export async function promoteThread(
  deps: ArticleDeps,
  { threadId, actor }: { readonly threadId: string; readonly actor: Actor },
): Promise<Promotion> {
  const { title, language, tags } = await deps.threads.require(threadId, actor.audience)
  return deps.db.transaction(async () => {
    const before = await deps.articles.ofThread(threadId, readerOf(actor))
    if (before !== undefined) return { article: before, created: false }
    await deps.threads.requireShown(threadId, actor.audience)
    await requireReleased(deps, threadId)
    const posts = await deps.threads.postsOf(threadId, actor.audience)
    const material = { title, language, names: await namesOf(), posts }
    const draft = extractDraft(material)
    const { content, confidence } = draft
    const citations = citationsOf(material, draft)
    const article = await deps.articles.add(
      { ...content, threadId, confidence, audience: actor.audience },
      actor,
    )
    if (article === undefined) return { article: await existingArticle(), created: false }
    const cited = citations.map(({ postId }) => postId)
    const authors = posts.flatMap(({ id, author }) => (author && cited.includes(id) ? [author.id] : []))
    await deps.citations.add(article.id, citations, authors)
    await deps.jobs.enqueue({ type: FOLLOW_CITATIONS, payload: { postIds: cited } })
    await appendArticleChanged(deps, article)
    await deps.audit.record('article.promoted', actor, article.id, {
      after: { threadId, revision: article.revision, confidence, audience: article.audience },
    })
    return { article, created: true }
  })

  /** What the community and the company call things: the thread's tags and labels. */
  async function namesOf(): Promise<string[]> {
    const labels = (await deps.threadLabels.labelsOf([threadId])).get(threadId) ?? []
    return [...tags, ...labels.map(({ label }) => label)]
  }

  /** The article that another promotion made. */
  async function existingArticle(): Promise<Article> {
    const article = await deps.articles.ofThread(threadId, readerOf(actor))
    if (article === undefined) throw articleErrors.ARTICLE_FORBIDDEN({ id: threadId })
    return article
  }
}

/** The question and the chosen answers, which a draft rests on even where nothing of them is kept, and what else it took. */
function citationsOf({ posts }: DraftMaterial, { passages }: ExtractedDraft): Citation[] {
  const byId = new Map(posts.map((post) => [post.id, post]))
  const cited = new Map<string, Citation>()
  const cite = (section: CitationSection, postId: string) => {
    const post = byId.get(postId)
    if (post === undefined) return
    const { id, body, accepted } = post
    cited.set(`${section} ${id}`, { section, postId: id, hash: bodyHash(body), accepted })
  }
  const question = posts.find(({ kind }) => kind === 'question')
  if (question !== undefined) cite('issue', question.id)
  for (const { id } of chosenAnswers(posts)) cite('resolution', id)
  for (const { section, postIds } of passages)
    for (const postId of postIds)
      cite(section === 'resolution' || section === 'cause' ? 'resolution' : 'issue', postId)
  return [...cited.values()]
}
