import { setImmediate } from 'node:timers/promises'
import { type JobHandler, on, singleJob } from '../../platform/jobs/job-handler.ts'
import type { ArticleDeps } from '../deps.ts'
import { indexArticle } from '../index-article.ts'

/** Near-duplicates are linked a moment after threads have come. */
const LINKING_MS = 10_000
/** Votes on one article that gather. */
const VOTING_MS = 10_000
const CHUNK = 50
const DAY_MS = 86_400_000
const REFRESH_PHRASINGS = 'articles.refresh-phrasings'
const INDEX_USED = 'articles.index-used'
const PUBLISHED = { audience: 'internal', seesDrafts: false } as const

/** Has an article found by the threads that it answers now. Call it in the transaction that changes which these are. */
export async function indexUsed({ jobs }: Pick<ArticleDeps, 'jobs'>, articleId: string): Promise<void> {
  await jobs.enqueue(singleJob(INDEX_USED, { articleId }))
}

/** Keeps articles found by what people call them. */
export function phrasingJobs(deps: ArticleDeps): JobHandler[] {
  return [
    on('threads.changed', {
      type: 'articles.index-phrasings',
      debounceMs: LINKING_MS,
      payload: ({ threadIds }) => ({ threadIds }),
      perform: ({ threadIds }, signal) => indexWith(threadIds, signal),
    }),
    on('threads.protected', {
      type: 'articles.index-protected-phrasings',
      perform: ({ threadIds }, signal) => indexWith(threadIds, signal),
    }),
    on('source.changed', {
      type: 'articles.index-source-phrasings',
      bulk: true,
      payload: () => ({}),
      async perform(_, signal) {
        await indexAll(signal)
      },
    }),
    on('searches.solved', {
      type: 'articles.index-solved',
      debounceMs: VOTING_MS,
      perform: ({ documentIds }, signal) => index(documentIds, signal),
    }),
    {
      type: INDEX_USED,
      perform: ({ articleId }: { readonly articleId: string }, signal) => index([articleId], signal),
    },
    on('article.published', {
      type: REFRESH_PHRASINGS,
      bulk: true,
      debounceMs: DAY_MS,
      payload: () => ({}),
      perform: (_, signal) => refresh(signal),
    }),
  ]

  /** Brings the phrasings of all articles up to date, each day while there are any: they age. */
  async function refresh(signal: AbortSignal): Promise<void> {
    if (await indexAll(signal))
      await deps.jobs.enqueue(singleJob(REFRESH_PHRASINGS, {}, new Date(deps.clock.now().getTime() + DAY_MS)))
  }

  async function indexWith(threadIds: readonly string[], signal: AbortSignal): Promise<void> {
    await index(await deps.phrasings.articlesWith(threadIds), signal)
  }

  async function index(articleIds: readonly string[], signal: AbortSignal): Promise<void> {
    for (const id of articleIds) {
      await setImmediate()
      signal.throwIfAborted()
      await deps.search.documents.exclusively(async () => {
        const article = await deps.articles.find(id, PUBLISHED)
        if (article !== undefined) await indexArticle(deps, article)
      })
    }
  }

  /** @returns whether any article is published */
  async function indexAll(signal: AbortSignal): Promise<boolean> {
    for (let after = ''; ; ) {
      const published = await deps.articles.readableAfter(after, { reader: PUBLISHED, limit: CHUNK })
      await index(
        published.map(({ id }) => id),
        signal,
      )
      if (published.length < CHUNK) return after !== '' || published.length > 0
      after = published.at(-1)!.id
    }
  }
}
