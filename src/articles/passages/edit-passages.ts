import type { Actor } from '../../access/actor.ts'
import type { Article } from '../article.ts'
import { bodyHash } from '../citation.ts'
import type { ArticleDeps } from '../deps.ts'
import type { DraftMaterial } from '../extraction/material.ts'
import { FOLLOW_CITATIONS } from '../follow-citations.ts'
import { carryPassages } from './carry-passages.ts'
import { excerptOf } from './excerpts.ts'
import { findSources } from './find-sources.ts'
import type { Passage, PassageCitation } from './passage.ts'
import { stillStates, unstated } from './stated-now.ts'
import { itemsOf, statementsIn, statementsOf } from './statements.ts'
import { createPostReader, type PostReader } from './thread-material.ts'

/**
 * Brings the passages of an article in step with its next revision: citations are carried along, what was copied from
 * its threads is cited, and the flag of a passage that says what its edited post says now is cleared. Takes part in the
 * transaction in progress.
 *
 * @param edit.passages what the passages become where that is known; otherwise those that are stored
 */
export async function editPassages(
  deps: ArticleDeps,
  edit: { readonly article: Article; readonly passages?: readonly Passage[]; readonly actor: Actor },
): Promise<void> {
  const { article, actor } = edit
  const before = edit.passages ?? (await deps.passages.of(article.id))
  const posts = createPostReader(deps, actor.audience)
  const threads = await readableThreads(deps, article.id, { posts, actor })
  const found = findSources(carryPassages(before, article), threads)
  const passages: Passage[] = []
  for (const passage of found) {
    const citations: PassageCitation[] = []
    for (const citation of passage.citations)
      citations.push(await renewed(passage, citation, { threads, posts }))
    passages.push({ ...passage, citations })
  }
  const stored = await deps.passages.replace(article.id, passages)
  const cited = new Set(stored.flatMap(({ citations }) => citations.map(({ postId }) => postId)))
  const authors = threads.flatMap((thread) =>
    thread.posts.flatMap(({ id, author }) => (author !== undefined && cited.has(id) ? [author.id] : [])),
  )
  await deps.citations.addAuthors(article.id, authors)
  if (cited.size > 0) await deps.jobs.enqueue({ type: FOLLOW_CITATIONS, payload: { postIds: [...cited] } })
}

/** The threads of an article that who edits may see. */
async function readableThreads(
  deps: Pick<ArticleDeps, 'articles' | 'citations'>,
  articleId: string,
  { posts, actor }: { readonly posts: PostReader; readonly actor: Actor },
): Promise<DraftMaterial[]> {
  const ids = await deps.citations.readableAmong(await deps.articles.threadsOf(articleId), actor.audience)
  const threads: DraftMaterial[] = []
  for (const id of ids) threads.push(await posts.threadOf(id))
  return threads
}

/** The citation of an edited post, made anew where the passage says what the post says now. */
async function renewed(
  { section, text }: Passage,
  citation: PassageCitation,
  { threads, posts }: { readonly threads: readonly DraftMaterial[]; readonly posts: PostReader },
): Promise<PassageCitation> {
  if (citation.flag !== 'edited' || text === '') return citation
  const thread = threads.find((each) => each.posts.some(({ id }) => id === citation.postId))
  const post = thread && posts.readIn(thread, citation.postId)
  if (post === undefined) return citation
  const isEnvironment = section === 'environment'
  const names = itemsOf(text).map((item) => item.text)
  const isTaken = isEnvironment
    ? !unstated(post, section, citation.excerpt).some((name) => names.includes(name))
    : stillStates(
        post,
        section,
        statementsOf(text).map((statement) => statement.text),
      )
  if (!isTaken) return citation
  const excerpt = isEnvironment
    ? excerptOf({ section, text }, statementsIn(post.pieces))
    : statementsOf(text).map((statement) => statement.text)
  return { ...citation, excerpt, hash: bodyHash(post.body), flag: undefined, flaggedAt: undefined }
}
