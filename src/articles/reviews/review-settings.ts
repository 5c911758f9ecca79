import type { Actor } from '../../access/actor.ts'
import { CATEGORY } from '../../labels/facet.ts'
import type { Database } from '../../platform/database/database.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleReviewErrors } from './errors.ts'

/** When articles are due for a review. */
export interface ReviewSettings {
  /** Days after which an article that nobody checked or changed is due. */
  readonly days: number
  /** Other days, by category. */
  readonly categories: Readonly<Record<string, number>>
  /** Reviews that one person is asked for in a week. */
  readonly aWeek: number
  /** Days in which an article that nobody reads or uses is proposed for archiving. */
  readonly unusedDays: number
  /** Readers whose problem an article did not solve, from which on it is due. */
  readonly unsolved: number
}

export interface StoredReviewSettings {
  readonly version: number
  readonly settings: ReviewSettings
}

export const DEFAULT_REVIEW_SETTINGS: ReviewSettings = {
  days: 180,
  categories: {},
  aWeek: 5,
  unusedDays: 180,
  unsolved: 3,
}

/** The job that finds which articles are due. */
export const FIND_REVIEWS = 'articles.find-reviews'

export type ReviewSettingsStore = ReturnType<typeof createReviewSettings>

export function createReviewSettings(db: Database) {
  const row = () => db.sql<{ name: string; value: string }>('article_settings').where({ name: 'reviews' })

  return {
    async current(): Promise<StoredReviewSettings> {
      const { version = 0, ...settings } = JSON.parse((await row().first())?.value ?? '{}')
      return { version, settings: { ...DEFAULT_REVIEW_SETTINGS, ...settings } }
    },

    async put({ version, settings }: StoredReviewSettings): Promise<void> {
      await row().update({ value: JSON.stringify({ version, ...settings }) })
    },

    /** Makes the transaction in progress the only one that changes reviews and their settings until it ends. */
    async lock(): Promise<void> {
      await db
        .sql('article_settings')
        .where({ name: 'reviews' })
        .update({ value: db.sql.ref('value') })
    },

    /** Since when readings are counted. */
    async readsSince(): Promise<string> {
      const since = await db
        .sql<{ name: string; value: string }>('article_settings')
        .where({ name: 'reads-since' })
        .first()
      return since?.value ?? ''
    },
  }
}

/**
 * Changes when articles are due for a review; a job finds those that are.
 *
 * @param basedOn the version that was read
 * @throws CodedError ARTICLE_REVIEW_SETTINGS_CONFLICT, LABEL_NOT_FOUND
 */
export async function changeReviewSettings(
  deps: Pick<ArticleDeps, 'db' | 'audit' | 'jobs' | 'facets'> & {
    readonly reviewSettings: ReviewSettingsStore
  },
  {
    settings,
    basedOn,
    actor,
  }: { readonly settings: ReviewSettings; readonly basedOn: number; readonly actor: Actor },
): Promise<StoredReviewSettings> {
  return deps.db.transaction(async () => {
    await deps.reviewSettings.lock()
    const before = await deps.reviewSettings.current()
    if (before.version !== basedOn)
      throw articleReviewErrors.ARTICLE_REVIEW_SETTINGS_CONFLICT({ version: before.version })
    const facet = await deps.facets.require(CATEGORY)
    for (const label of Object.keys(settings.categories))
      if (before.settings.categories[label] === undefined) await deps.facets.requireLabel(facet, label)
    const next = { version: basedOn + 1, settings }
    await deps.reviewSettings.put(next)
    await deps.audit.record('article.review-settings-changed', actor, 'article-settings', {
      before: before.settings,
      after: settings,
    })
    await deps.jobs.enqueue({ ...singleJob(FIND_REVIEWS), bulk: true })
    return next
  })
}
