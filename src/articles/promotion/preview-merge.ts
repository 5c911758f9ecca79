import type { Actor } from '../../access/actor.ts'
import { shownKind } from '../../ingest/rows/overlay.ts'
import type { ThreadLabel } from '../../labels/annotation.ts'
import { requireMergeable } from '../../threads/merge-thread.ts'
import type { Post } from '../../threads/thread.ts'
import type { ArticleDeps } from '../deps.ts'
import { readerOf } from '../readable-articles.ts'

/** What one of the two threads of a merge has. */
export interface MergeSide {
  readonly threadId: string
  readonly title: string
  readonly labels: readonly Pick<ThreadLabel, 'facet' | 'label' | 'provenance'>[]
  /** The article that it was promoted to, where the reader may see it. */
  readonly article?: { readonly id: string; readonly title: string }
}

/** What a merge would do. */
export interface MergePreview {
  /** The thread that would no longer be listed; its labels count no longer, its article stays. */
  readonly merged: MergeSide
  /** The thread that would show the posts; its labels stay. */
  readonly into: MergeSide
  /** The posts that would be shown in the other thread, with what they become there. */
  readonly posts: readonly (Pick<Post, 'id' | 'kind' | 'author' | 'accepted' | 'createdAt'> & {
    readonly becomes: Post['kind']
  })[]
  /** Facets on which the two threads have different labels. */
  readonly differing: readonly string[]
  /** Whether the thread is merged into the other one already. */
  readonly isMerged: boolean
}

/**
 * What merging a thread into another would do. Changes nothing.
 *
 * @throws CodedError as the merge would: THREAD_NOT_FOUND, THREAD_MERGED, THREAD_MERGE_SOURCES, THREAD_MERGE_CYCLE
 */
export async function previewMerge(
  deps: Pick<ArticleDeps, 'db' | 'threads' | 'threadLabels' | 'articles'>,
  { threadId, into, actor }: { readonly threadId: string; readonly into: string; readonly actor: Actor },
): Promise<MergePreview> {
  const { thread, target, isMerged } = await requireMergeable(deps, { threadId, into, actor })
  const labels = await deps.threadLabels.labelsOf([thread.id, target.id])
  const sideOf = async ({
    id,
    title,
  }: {
    readonly id: string
    readonly title: string
  }): Promise<MergeSide> => {
    const article = await deps.articles.ofThread(id, readerOf(actor))
    return {
      threadId: id,
      title,
      labels: (labels.get(id) ?? []).map(({ facet, label, provenance }) => ({ facet, label, provenance })),
      article: article && { id: article.id, title: article.title },
    }
  }
  const posts = await deps.threads.postsOf(thread.id, actor.audience)
  const [one, other] = [await sideOf(thread), await sideOf(target)]
  return {
    merged: one,
    into: other,
    posts: posts.map(({ id, kind, author, accepted, createdAt }) => {
      const becomes = shownKind(kind, { home: thread.id, thread: target.id }, undefined)
      return { id, kind, author, accepted, createdAt, becomes }
    }),
    differing: one.labels
      .filter(({ facet, label }) => other.labels.some((each) => each.facet === facet && each.label !== label))
      .map(({ facet }) => facet),
    isMerged,
  }
}
