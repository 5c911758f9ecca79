import { system } from '../access/actor.ts'
import { CATEGORY } from '../labels/facet.ts'
import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import type { ArticleDeps } from './deps.ts'
import { FOLLOW_CITATIONS, followCitations } from './follow-citations.ts'
import { indexArticle } from './index-article.ts'
import { phrasingJobs } from './phrasings/phrasing-jobs.ts'
import { readerOf } from './readable-articles.ts'

/** How long the batches of a running import gather before the categories of all articles are refreshed. */
const GATHERING_MS = 5_000
const CHUNK = 50

/** Keeps articles in step with posts and labels. */
export function articleJobs(deps: ArticleDeps): JobHandler[] {
  return [
    ...phrasingJobs(deps),
    on('posts.changed', {
      type: FOLLOW_CITATIONS,
      payload: ({ postIds }) => ({ postIds }),
      perform: ({ postIds }, signal) => followCitations(deps, postIds, signal),
    }),
    on('label.corrected', {
      type: 'articles.refresh-category',
      payload: ({ facet, threadId }) => (facet === CATEGORY ? { threadId } : undefined),
      perform: ({ threadId }) => refresh(threadId),
    }),
    on('threads.protected', {
      type: 'articles.index-protected',
      async perform({ threadIds }, signal) {
        for (const threadId of threadIds) {
          signal.throwIfAborted()
          await refresh(threadId)
        }
      },
    }),
    on('labels.imported', {
      type: 'articles.refresh-categories',
      bulk: true,
      debounceMs: GATHERING_MS,
      payload: ({ facet }) => (facet === CATEGORY ? {} : undefined),
      async perform(_, signal) {
        for (let after = ''; ; ) {
          signal.throwIfAborted()
          const published = await deps.articles.publishedAfter(after, CHUNK)
          for (const { threadId } of published) if (threadId !== undefined) await refresh(threadId)
          if (published.length < CHUNK) return
          after = published.at(-1)!.id
        }
      },
    }),
  ]

  /** Puts a published article and its translations under the category that its thread has now, for their readers now. */
  async function refresh(threadId: string): Promise<void> {
    await deps.search.documents.exclusively(async () => {
      const article = await deps.articles.ofThread(threadId, readerOf(system))
      if (article === undefined) return
      await indexArticle(deps, article)
      for (const id of await deps.translations.translationsOf(article.id))
        await indexArticle(deps, await deps.articles.require(id, readerOf(system)))
    })
  }
}
