import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Confidence } from '../article.ts'
import type { Review } from './review.ts'

export const REVIEW_DECISIONS = ['right', 'archive', 'put-off'] as const
export type ReviewDecisionKind = (typeof REVIEW_DECISIONS)[number]

/** What somebody decided on the review of an article; kept also when it was undone. */
export interface ReviewDecision {
  readonly id: string
  readonly articleId: string
  readonly decision: ReviewDecisionKind
  readonly reason?: string
  readonly until?: string
  /** The review as it was. */
  readonly before: Review
  /** The check that it recorded. */
  readonly checkId?: string
  /** Of the article before it was archived, and the revision that archived it. */
  readonly archived?: { readonly confidence: Confidence; readonly revision: number }
  readonly undoneAt?: string
}

interface DecisionRow {
  id: string
  article_id: string
  decision: ReviewDecisionKind
  reason: string | null
  until: string | null
  before: string
  check_id: string | null
  confidence: Confidence | null
  revision: number | null
  actor_id: string
  actor_name: string
  at: string
  undone_at: string | null
}

export type ReviewDecisionStore = ReturnType<typeof createReviewDecisionStore>

/** What people decided on reviews. */
export function createReviewDecisionStore(db: Database, clock: Clock) {
  const decisions = () => db.sql<DecisionRow>('article_review_decisions')

  return {
    /** @returns its id */
    async add(made: Omit<ReviewDecision, 'id' | 'undoneAt'>, actor: Actor): Promise<string> {
      const id = newId('rvd', clock.now())
      await decisions().insert({
        id,
        article_id: made.articleId,
        decision: made.decision,
        reason: made.reason ?? null,
        until: made.until ?? null,
        before: JSON.stringify(made.before),
        check_id: made.checkId ?? null,
        confidence: made.archived?.confidence ?? null,
        revision: made.archived?.revision ?? null,
        actor_id: actor.id,
        actor_name: actor.name,
        at: isoNow(clock),
        undone_at: null,
      })
      return id
    },

    async find(id: string): Promise<ReviewDecision | undefined> {
      const row = await decisions().where({ id }).first()
      return row && toDecision(row)
    },

    async markUndone(id: string): Promise<void> {
      await decisions()
        .where({ id })
        .update({ undone_at: isoNow(clock) })
    },
  }
}

function toDecision(row: DecisionRow): ReviewDecision {
  const { confidence, revision } = row
  return {
    id: row.id,
    articleId: row.article_id,
    decision: row.decision,
    reason: row.reason ?? undefined,
    until: row.until ?? undefined,
    before: JSON.parse(row.before),
    checkId: row.check_id ?? undefined,
    archived: confidence === null || revision === null ? undefined : { confidence, revision },
    undoneAt: row.undone_at ?? undefined,
  }
}
