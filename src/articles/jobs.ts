import { system } from '../access/actor.ts'
import { CATEGORY } from '../labels/facet.ts'
import type { JobHandler } from '../platform/jobs/job-runner.ts'
import type { ArticleDeps } from './deps.ts'
import { FOLLOW_CITATIONS, followCitations } from './follow-citations.ts'
import { indexArticle } from './index-article.ts'
import { readerOf } from './readable-articles.ts'

const REFRESH_CATEGORIES = 'articles.refresh-categories'
/** How long the batches of a running import gather before the categories of articles are looked at. */
const GATHERING_MS = 5_000
const CHUNK = 50

/** What articles do when posts or labels have changed. */
export function articleJobs(deps: ArticleDeps): JobHandler[] {
  return [
    {
      type: FOLLOW_CITATIONS,
      on: ['posts.changed'],
      async perform(payload, signal) {
        await followCitations(deps, (payload as { postIds: string[] }).postIds, signal)
      },
    },
    {
      type: 'articles.recategorise',
      on: ['label.corrected'],
      async perform(payload) {
        const { facet, threadId } = payload as { facet: string; threadId: string }
        if (facet === CATEGORY) await recategorise(threadId)
      },
    },
    {
      type: 'articles.gather-categories',
      on: ['labels.imported'],
      async perform(payload) {
        if ((payload as { facet: string }).facet !== CATEGORY) return
        await deps.jobs.enqueue({
          type: REFRESH_CATEGORIES,
          dedupeKey: REFRESH_CATEGORIES,
          runAt: new Date(deps.clock.now().getTime() + GATHERING_MS),
        })
      },
    },
    {
      type: REFRESH_CATEGORIES,
      async perform(_, signal) {
        for (let after = ''; ; ) {
          signal.throwIfAborted()
          const published = await deps.articles.publishedAfter(after, CHUNK)
          for (const { threadId } of published) if (threadId !== undefined) await recategorise(threadId)
          if (published.length < CHUNK) return
          after = published.at(-1)!.id
        }
      },
    },
  ]

  /** Puts a published article under the category its thread has now. */
  async function recategorise(threadId: string): Promise<void> {
    await deps.search.documents.exclusively(async () => {
      const article = await deps.articles.ofThread(threadId, readerOf(system))
      if (article !== undefined) await indexArticle(deps, article)
    })
  }
}
