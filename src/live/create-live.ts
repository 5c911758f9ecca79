import type { Articles } from '../articles/create-articles.ts'
import type { Ingest } from '../ingest/create-ingest.ts'
import type { Module, Platform } from '../platform/platform.ts'
import type { Review } from '../review/create-review.ts'
import { createHappeningStore } from './happening-store.ts'
import { liveJobs } from './jobs.ts'

/** What open pages hear of while it happens. After all others, so that it can hear them. */
export function createLive(
  { db, clock, log, jobs }: Platform,
  {
    ingest,
    review,
    articles,
  }: {
    readonly ingest: Pick<Ingest, 'history'>
    readonly review: Pick<Review, 'conflicts' | 'countQueue'>
    readonly articles: Pick<Articles, 'articles'>
  },
) {
  const happenings = createHappeningStore(db, clock)
  const { conflicts, countQueue } = review
  return {
    jobs: liveJobs({ clock, jobs, happenings, conflicts }),
    async routes() {
      const { liveRoutes } = await import('./routes.ts')
      const { history } = ingest
      return [
        liveRoutes({
          db,
          clock,
          log,
          happenings,
          articles: articles.articles,
          conflicts,
          history,
          countQueue,
        }),
      ]
    },
  } satisfies Module & Record<string, unknown>
}
