import type { ReviewFigures, ReviewKind, ReviewReason } from './review.ts'
import type { ReviewSettings } from './review-settings.ts'

/** What is known of an article that bears on its review. Counts are of what came after its last check. */
export interface ReviewFacts {
  readonly articleId: string
  readonly createdAt: string
  /** When it last got a revision. */
  readonly updatedAt: string
  readonly checkedAt?: string
  readonly category?: string
  readonly openReports: number
  /** Readers whose problem it did not solve as it is now. */
  readonly unsolved: number
  /** Cited posts that have changed. */
  readonly flags: number
  /** Posts that its resolution rests on, and those that hold no more: deleted, un-accepted or superseded. */
  readonly resolution: { readonly posts: number; readonly lost: number }
  readonly figures: ReviewFigures
}

const DAY_MS = 86_400_000

/**
 * Why an article is due for a review, and what is asked; undefined where it is not due. What nobody reads or uses, and
 * what has lost all that its resolution rests on, is proposed for archiving.
 *
 * @param readsSince since when readings are counted: before, that there are none says nothing
 */
export function dueReasons(
  facts: ReviewFacts,
  settings: ReviewSettings,
  { now, readsSince }: { readonly now: Date; readonly readsSince: string },
): { readonly kind: ReviewKind; readonly reasons: readonly ReviewReason[] } | undefined {
  const { checkedAt = '', updatedAt, createdAt, figures, resolution } = facts
  const daysSince = (time: string) => Math.floor((now.getTime() - Date.parse(time)) / DAY_MS)
  const touched = daysSince(checkedAt > updatedAt ? checkedAt : updatedAt)
  const most =
    (facts.category === undefined ? undefined : settings.categories[facts.category]) ?? settings.days
  const { uses, reads, solved, unsolved } = figures
  const isUnused =
    uses + reads + solved + unsolved === 0 &&
    [touched, daysSince(createdAt), daysSince(readsSince)].every((days) => days >= settings.unusedDays)
  const isSuperseded = resolution.posts > 0 && resolution.lost === resolution.posts
  const found: readonly (ReviewReason | false)[] = [
    isSuperseded && { reason: 'superseded', count: resolution.lost },
    isUnused && { reason: 'unused', count: settings.unusedDays },
    facts.openReports > 0 && { reason: 'reports', count: facts.openReports },
    facts.flags > 0 && !isSuperseded && { reason: 'flags', count: facts.flags },
    facts.unsolved >= settings.unsolved && { reason: 'feedback', count: facts.unsolved },
    touched >= most && { reason: 'age', count: touched },
  ]
  const reasons = found.filter((each) => each !== false)
  if (reasons.length === 0) return undefined
  return { kind: isSuperseded || isUnused ? 'archive' : 'check', reasons }
}
