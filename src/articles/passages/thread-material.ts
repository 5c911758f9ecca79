import type { Audience } from '../../access/audience.ts'
import type { ArticleDeps } from '../deps.ts'
import { type Cleaning, cleanPost } from '../extraction/clean-post.ts'
import { cleaningOf } from '../extraction/cleaning.ts'
import type { DraftMaterial, DraftPost } from '../extraction/material.ts'
import type { PostNow } from './stated-now.ts'

/** What drafts and passages take from a thread that a reader may see. */
export async function threadMaterial(
  { threads, threadLabels }: Pick<ArticleDeps, 'threads' | 'threadLabels'>,
  threadId: string,
  reader: Audience,
): Promise<DraftMaterial> {
  const { title, language, tags } = await threads.require(threadId, reader)
  // What the community and the company call things.
  const labels = (await threadLabels.labelsOf([threadId])).get(threadId) ?? []
  const names = [...tags, ...labels.map(({ label }) => label)]
  return { title, language, names, posts: await threads.postsOf(threadId, reader) }
}

/** A post with what an article would take of it. */
export function readPost(post: DraftPost, cleaning: Cleaning): PostNow {
  const voice = post.kind === 'question' ? 'asker' : 'helper'
  return { body: post.body, pieces: cleanPost(post, voice, cleaning) }
}

/** Reads the posts of threads as articles take them, each thread once. */
export function createPostReader(deps: Pick<ArticleDeps, 'threads' | 'threadLabels'>, reader: Audience) {
  const known = new Map<string, DraftMaterial>()

  async function threadOf(threadId: string): Promise<DraftMaterial> {
    const material = known.get(threadId) ?? (await threadMaterial(deps, threadId, reader))
    known.set(threadId, material)
    return material
  }

  /** A post of a thread that was read. */
  function readIn(material: DraftMaterial, postId: string): ReadPost | undefined {
    const post = material.posts.find(({ id }) => id === postId)
    if (post === undefined) return undefined
    const cleaning = cleaningOf(material)
    return { ...readPost(post, cleaning), post, cleaning }
  }

  return {
    threadOf,
    readIn,
    /** A post as it is now; undefined where its thread no longer shows it. */
    read: async (threadId: string, postId: string): Promise<ReadPost | undefined> =>
      readIn(await threadOf(threadId), postId),
  }
}

/** A post with what it is cleaned by. */
export interface ReadPost extends PostNow {
  readonly post: DraftPost
  readonly cleaning: Cleaning
}

export type PostReader = ReturnType<typeof createPostReader>
