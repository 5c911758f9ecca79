import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { isOpenReason, type Review, type ReviewKind, type ReviewState } from './review.ts'

export interface ReviewRow {
  article_id: string
  kind: ReviewKind
  reasons: string
  /** Whether a reason is one that whoever works on the article may know. */
  is_open: boolean | number
  figures: string
  uses: number
  category: string | null
  owner_id: string | null
  state: ReviewState
  found_at: string
  assigned_at: string | null
  until: string | null
  put_off_reason: string | null
  decision_id: string | null
}

export type ReviewStore = ReturnType<typeof createReviewStore>

/** The reviews of articles, whoever may see them; what readers see of them is in `list-reviews.ts`. */
export function createReviewStore(db: Database, clock: Clock) {
  const reviews = () => db.sql<ReviewRow>('article_reviews')

  return {
    async of(articleIds: readonly string[]): Promise<Map<string, Review>> {
      const rows: ReviewRow[] = await reviews().where(db.among('article_id', articleIds))
      return new Map(rows.map((row) => [row.article_id, toReview(row)]))
    },

    /** Stores the review of an article in place of the one before. */
    async put(review: Review): Promise<void> {
      await reviews().insert(toRow(review)).onConflict('article_id').merge()
    },

    /** Owners for whom reviews wait. */
    async waitingOwners(): Promise<string[]> {
      return db
        .sql('article_reviews')
        .where({ state: 'waiting' })
        .whereNotNull('owner_id')
        .distinct('owner_id')
        .orderBy('owner_id')
        .pluck('owner_id')
    },

    /** How many reviews somebody has now, or was asked for since `since`. */
    async countOf(ownerId: string, since: string): Promise<number> {
      const [row] = await reviews()
        .where({ owner_id: ownerId })
        .where((held) => held.where({ state: 'assigned' }).orWhere('assigned_at', '>=', since))
        .count<{ n: number | string }[]>('* as n')
      return Number(row?.n ?? 0)
    },

    /** Asks somebody for the reviews that wait for them, those of the most used articles first. */
    async assign(ownerId: string, count: number): Promise<void> {
      const next: string[] = await reviews()
        .where({ owner_id: ownerId, state: 'waiting' })
        .orderBy([
          { column: 'uses', order: 'desc' },
          { column: 'article_id', order: 'asc' },
        ])
        .limit(count)
        .pluck('article_id')
      await reviews()
        .where(db.among('article_id', next))
        .update({ state: 'assigned', assigned_at: isoNow(clock) })
    },
  }
}

export function toReview(row: ReviewRow): Review {
  return {
    articleId: row.article_id,
    kind: row.kind,
    reasons: JSON.parse(row.reasons),
    figures: JSON.parse(row.figures),
    category: row.category ?? undefined,
    ownerId: row.owner_id ?? undefined,
    state: row.state,
    foundAt: row.found_at,
    assignedAt: row.assigned_at ?? undefined,
    until: row.until ?? undefined,
    putOffReason: row.put_off_reason ?? undefined,
    decisionId: row.decision_id ?? undefined,
  }
}

function toRow(review: Review): ReviewRow {
  return {
    article_id: review.articleId,
    kind: review.kind,
    reasons: JSON.stringify(review.reasons),
    is_open: review.reasons.some(isOpenReason),
    figures: JSON.stringify(review.figures),
    uses: review.figures.uses,
    category: review.category ?? null,
    owner_id: review.ownerId ?? null,
    state: review.state,
    found_at: review.foundAt,
    assigned_at: review.assignedAt ?? null,
    until: review.until ?? null,
    put_off_reason: review.putOffReason ?? null,
    decision_id: review.decisionId ?? null,
  }
}
