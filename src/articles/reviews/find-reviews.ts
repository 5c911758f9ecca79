import { setImmediate } from 'node:timers/promises'
import { proficiencyOf } from '../../access/actor.ts'
import { visibleTo } from '../../access/audience.ts'
import { isoNow } from '../../platform/clock.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { ArticleDeps } from '../deps.ts'
import { dueReasons } from './due-reasons.ts'
import { gatherFacts } from './gather-facts.ts'
import { isOpenReason, type Review, type ReviewReason } from './review.ts'
import type { ReviewDecisionStore } from './review-decision-store.ts'
import { FIND_REVIEWS, type ReviewSettingsStore } from './review-settings.ts'
import type { ReviewStore } from './review-store.ts'

export type ReviewDeps = ArticleDeps & {
  readonly reviews: ReviewStore
  readonly reviewSettings: ReviewSettingsStore
  readonly reviewDecisions: ReviewDecisionStore
}

const CHUNK = 200
const DAY_MS = 86_400_000

/** Has the reviews that are due found a day from now at the latest. */
export async function scheduleFinding({ jobs, clock }: Pick<ArticleDeps, 'jobs' | 'clock'>): Promise<void> {
  await jobs.enqueue(singleJob(FIND_REVIEWS, {}, new Date(clock.now().getTime() + DAY_MS)))
}

/**
 * Goes through all articles, finds which are due for a review, and asks the owners of their categories for some of them.
 * The job calls for itself again a day later.
 */
export async function findReviews(deps: ReviewDeps, signal?: AbortSignal): Promise<void> {
  await scheduleFinding(deps)
  for (let after = ''; ; ) {
    await setImmediate()
    signal?.throwIfAborted()
    const ids: string[] = await deps.db
      .sql('articles')
      .where('id', '>', after)
      .orderBy('id')
      .limit(CHUNK)
      .pluck('id')
    await recomputeReviews(deps, ids)
    if (ids.length < CHUNK) break
    after = ids.at(-1)!
  }
  await assignReviews(deps)
}

/** Brings the reviews of some articles (at most 500) up to date: who decided stays decided until something else asks. */
export async function recomputeReviews(deps: ReviewDeps, articleIds: readonly string[]): Promise<void> {
  if (articleIds.length === 0) return
  const now = deps.clock.now()
  await deps.db.transaction(async () => {
    await deps.reviewSettings.lock()
    const { settings } = await deps.reviewSettings.current()
    const readsSince = await deps.reviewSettings.readsSince()
    const facts = await gatherFacts(deps, articleIds, settings.unusedDays)
    const owners = await ownersOf(
      deps,
      facts.flatMap(({ category }) => category ?? []),
    )
    const audiences = await audiencesOf(deps, articleIds)
    const known = await deps.reviews.of(articleIds)
    const due = new Map(facts.map((each) => [each.articleId, each]))
    for (const articleId of articleIds) {
      const before = known.get(articleId)
      const fact = due.get(articleId)
      const found = fact && dueReasons(fact, settings, { now, readsSince })
      if (fact === undefined || found === undefined) {
        if (before !== undefined && before.state !== 'done')
          await deps.reviews.put({ ...before, state: 'done' })
        continue
      }
      const owner = owners.get(fact.category ?? '')
      const ownerId =
        owner !== undefined && mayKnow(owner, found.reasons, audiences.get(articleId)) ? owner.id : undefined
      const { category, figures } = fact
      await deps.reviews.put(
        next(before, { ...found, articleId, category, figures, ownerId }, isoNow(deps.clock)),
      )
    }
  })
}

type Found = Pick<Review, 'articleId' | 'kind' | 'reasons' | 'category' | 'figures' | 'ownerId'>

/** The review as it is now: an owner keeps what they were asked for, and what was put off waits for its day. */
function next(before: Review | undefined, found: Found, now: string): Review {
  const foundAt = before === undefined || before.state === 'done' ? now : before.foundAt
  const isSameOwner = before?.ownerId === found.ownerId
  // Whom somebody was asked for this week counts even if it was decided since.
  const kept = { foundAt, assignedAt: isSameOwner ? before?.assignedAt : undefined }
  if (before?.state === 'put-off' && (before.until ?? '') > now)
    return {
      ...found,
      ...kept,
      state: 'put-off',
      until: before.until,
      putOffReason: before.putOffReason,
      decisionId: before.decisionId,
    }
  if (before?.state === 'assigned' && isSameOwner)
    return { ...found, ...kept, state: 'assigned', decisionId: before.decisionId }
  return { ...found, ...kept, state: 'waiting' }
}

/** Asks each owner for what waits for them, up to so many a week. Whoever still has some gets no more. */
async function assignReviews(deps: ReviewDeps): Promise<void> {
  await deps.db.transaction(async () => {
    await deps.reviewSettings.lock()
    const { aWeek } = (await deps.reviewSettings.current()).settings
    const since = startOfWeek(deps.clock.now())
    for (const ownerId of await deps.reviews.waitingOwners()) {
      const room = aWeek - (await deps.reviews.countOf(ownerId, since))
      if (room > 0) await deps.reviews.assign(ownerId, room)
    }
  })
}

/** Monday, 0:00 UTC. */
export function startOfWeek(now: Date): string {
  const days = (now.getUTCDay() + 6) % 7
  return `${new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10)}T00:00:00.000Z`
}

type Owner = NonNullable<Awaited<ReturnType<ArticleDeps['accounts']['find']>>>

/** Who owns these categories and works on articles, by category. */
async function ownersOf(
  { categories, accounts }: Pick<ArticleDeps, 'categories' | 'accounts'>,
  labels: readonly string[],
): Promise<Map<string, Owner>> {
  const owners = new Map<string, Owner>()
  for (const [label, { ownerId }] of await categories.of([...new Set(labels)])) {
    const account = ownerId === undefined ? undefined : await accounts.find(ownerId)
    if (account !== undefined && account.status !== 'disabled' && proficiencyOf(account) !== undefined)
      owners.set(label, account)
  }
  return owners
}

async function audiencesOf({ db }: Pick<ArticleDeps, 'db'>, ids: readonly string[]) {
  const rows: { id: string; audience: Owner['audience'] }[] = await db
    .sql('articles')
    .where(db.among('id', ids))
    .select('id', 'audience')
  return new Map(rows.map(({ id, audience }) => [id, audience]))
}

/** Whether an owner may see the article, and learn why it is due. */
function mayKnow(
  { audience }: Owner,
  reasons: readonly ReviewReason[],
  ofArticle: Owner['audience'] | undefined,
): boolean {
  if (ofArticle === undefined || !visibleTo(audience).includes(ofArticle)) return false
  return audience === 'internal' || reasons.some(isOpenReason)
}
