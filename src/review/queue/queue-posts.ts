import type { Audience } from '../../access/audience.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import type { Post } from '../../threads/thread.ts'
import type { ReviewDeps } from '../deps.ts'

/** Posts of a thread that come with an item of the queue. */
export const MOST_POSTS = 100

/** A post as the review queue shows it. */
export interface QueuePost
  extends Pick<Post, 'id' | 'kind' | 'parentId' | 'author' | 'accepted' | 'createdAt' | 'editedAt'> {
  /** Its body as plain text. */
  readonly text: string
}

export interface QueuePosts {
  readonly posts: readonly QueuePost[]
  /** Posts beyond {@link MOST_POSTS}; absent where there are none. */
  readonly morePosts?: number
}

/** The posts of threads that a reader may see, by thread; the question first. */
export async function queuePosts(
  { threads }: Pick<ReviewDeps, 'threads'>,
  threadIds: readonly string[],
  reader: Audience,
): Promise<Map<string, QueuePosts>> {
  const yieldToEventLoop = createYielder()
  const shown = new Map<string, QueuePosts>()
  for (const [threadId, found] of await threads.postsOfEach(threadIds, { reader, most: MOST_POSTS })) {
    const posts: QueuePost[] = []
    for (const { id, kind, parentId, author, body, accepted, createdAt, editedAt } of found.posts) {
      await yieldToEventLoop()
      posts.push({ id, kind, parentId, author, text: plainText(body), accepted, createdAt, editedAt })
    }
    const more = found.total - posts.length
    shown.set(threadId, { posts, morePosts: more > 0 ? more : undefined })
  }
  return shown
}
