import type { Actor } from '../../access/actor.ts'
import { appendArticleChanged } from '../append-changed.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { extractDraft } from '../extraction/extract-draft.ts'
import type { DraftMaterial } from '../extraction/material.ts'
import { FOLLOW_CITATIONS } from '../follow-citations.ts'
import { threadMaterial } from '../passages/thread-material.ts'
import { readerOf } from '../readable-articles.ts'
import { requireReleased } from '../require-released.ts'
import { requireCandidate } from '../rights/article-rights.ts'
import { citePassages } from './cite-passages.ts'

export interface Promotion {
  readonly article: Article
  /** False when the threads had been promoted before. */
  readonly created: boolean
}

interface Threads {
  /** At least one; the lead first, whose title and issue the draft has. */
  readonly threadIds: readonly string[]
  readonly actor: Actor
}

/**
 * Promotes threads that ask the same to one draft article. Promoting them again, even at the same time, returns that
 * article. The draft has the audience of who promotes, who sees the threads; publishing can widen it.
 *
 * @throws CodedError ARTICLE_NEEDS_CANDIDATE, THREAD_NOT_FOUND, THREAD_MERGED, THREAD_PROTECTED, ARTICLE_FORBIDDEN,
 *   ARTICLE_THREADS_PROMOTED
 */
export async function promoteTogether(deps: ArticleDeps, { threadIds, actor }: Threads): Promise<Promotion> {
  requireCandidate(actor)
  const ids = [...new Set(threadIds)]
  for (const id of ids) await deps.threads.require(id, actor.audience)
  const promotion = await deps.db
    .transaction(async () => {
      const article = await existingArticle(deps, { threadIds: ids, actor })
      return article === undefined ? addArticle(deps, { threadIds: ids, actor }) : { article, created: false }
    })
    .catch((error) => {
      if (error instanceof AlreadyPromoted) return undefined
      throw error
    })
  if (promotion !== undefined) return promotion
  const article = await existingArticle(deps, { threadIds: ids, actor })
  if (article === undefined) throw articleErrors.ARTICLE_FORBIDDEN({ id: ids[0]! })
  return { article, created: false }
}

/** Another promotion of one of the threads was quicker. */
class AlreadyPromoted extends Error {}

/** The one article of all these threads; undefined while none of them has one. */
async function existingArticle(
  deps: ArticleDeps,
  { threadIds, actor }: Threads,
): Promise<Article | undefined> {
  const known = await deps.articles.articleIdsOf(threadIds)
  if (known.size === 0) return undefined
  const promoted = threadIds.find((id) => known.has(id))!
  const article = await deps.articles.ofThread(promoted, readerOf(actor))
  if (article === undefined) throw articleErrors.ARTICLE_FORBIDDEN({ id: promoted })
  if (threadIds.some((id) => known.get(id) !== article.id))
    throw articleErrors.ARTICLE_THREADS_PROMOTED({ id: promoted, articleId: article.id })
  return article
}

async function addArticle(deps: ArticleDeps, { threadIds, actor }: Threads): Promise<Promotion> {
  for (const id of threadIds) {
    await deps.threads.requireShown(id, actor.audience)
    await requireReleased(deps, id)
  }
  const materials: DraftMaterial[] = []
  for (const id of threadIds) materials.push(await threadMaterial(deps, id, actor.audience))
  const [lead, ...others] = materials as [DraftMaterial, ...DraftMaterial[]]
  const draft = extractDraft(lead, others)
  const { content, confidence } = draft
  const article = await deps.articles.add(
    { ...content, threadIds, confidence, audience: actor.audience },
    actor,
  )
  if (article === undefined) throw new AlreadyPromoted()
  const passages = await deps.passages.replace(article.id, citePassages(draft, materials))
  const cited = new Set(passages.flatMap(({ citations }) => citations.map(({ postId }) => postId)))
  const authors = materials.flatMap(({ posts }) =>
    posts.flatMap(({ id, author }) => (author !== undefined && cited.has(id) ? [author.id] : [])),
  )
  await deps.citations.addAuthors(article.id, authors)
  await deps.jobs.enqueue({ type: FOLLOW_CITATIONS, payload: { postIds: [...cited] } })
  await appendArticleChanged(deps, article)
  const [threadId] = threadIds
  await deps.audit.record('article.promoted', actor, article.id, {
    after: {
      threadId,
      threadIds: threadIds.length > 1 ? threadIds : undefined,
      revision: article.revision,
      confidence,
      audience: article.audience,
    },
  })
  return { article, created: true }
}
