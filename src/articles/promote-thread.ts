import type { Actor } from '../access/index.ts'
import { type Article, readerOf } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { draftFromThread } from './draft-from-thread.ts'
import { articleErrors } from './errors.ts'
import { FOLLOW_EVIDENCE } from './follow-evidence.ts'

export interface Promotion {
  readonly article: Article
  /** False when the thread had become an article before. */
  readonly created: boolean
}

/**
 * Makes a thread into a draft article, once: promoted again, by whomever and at whatever same moment, it answers
 * with the article there is. The draft is for the circle of whoever promotes (who sees the thread, so it is never
 * wider than that); publishing is what shows it to more.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, ARTICLE_HIDDEN
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
    const posts = await deps.threads.postsOf(threadId, actor.audience)
    const { content, confidence, footings } = draftFromThread({ title, language, tags, posts })
    const article = await deps.articles.add(
      { ...content, threadId, confidence, audience: actor.audience },
      actor,
    )
    if (article === undefined) return { article: await otherOnesArticle(), created: false }
    const cited = footings.map(({ postId }) => postId)
    const authors = posts.flatMap(({ id, author }) => (author && cited.includes(id) ? [author.id] : []))
    await deps.evidence.add(article.id, footings, authors)
    await deps.jobs.enqueue({ type: FOLLOW_EVIDENCE, payload: { postIds: cited } })
    await deps.audit.record('article.promoted', actor, article.id, {
      after: { threadId, revision: article.revision, confidence, audience: article.audience },
    })
    return { article, created: true }
  })

  /** Of whoever was first, earlier or just now. */
  async function otherOnesArticle(): Promise<Article> {
    const article = await deps.articles.ofThread(threadId, readerOf(actor))
    if (article === undefined) throw articleErrors.ARTICLE_HIDDEN({ id: threadId })
    return article
  }
}
