import type { Actor } from '../../../access/actor.ts'
import { type Clock, isoNow } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { DeclineReason } from '../candidate.ts'

export const DECISIONS = ['decline', 'link', 'merge', 'promote'] as const
export type DecisionKind = (typeof DECISIONS)[number]

/** What a person decided on a candidate; kept also when it was undone. */
export interface Decision {
  readonly id: string
  readonly candidateId: string
  readonly decision: DecisionKind
  /** Of a decline. */
  readonly reason?: DeclineReason
  readonly note?: string
  /** The article that it was linked to or became. */
  readonly articleId?: string
  /** The candidate that it was merged into. */
  readonly into?: string
  readonly actor: { readonly id: string; readonly name: string }
  readonly at: string
  readonly undoneAt?: string
  /** Threads that a merge took along, with the earlier merge that had brought each, if one had. */
  readonly moved: readonly { readonly threadId: string; readonly movedBy?: string }[]
  /** Of a promotion that made the article: the revision that it made. */
  readonly promotedRevision?: number
}

interface DecisionRow {
  id: string
  candidate_id: string
  decision: DecisionKind
  reason: DeclineReason | null
  note: string | null
  article_id: string | null
  into_id: string | null
  moved: string
  promoted_revision: number | null
  actor_id: string
  actor_name: string
  at: string
  undone_at: string | null
}

export type NewDecision = Omit<Decision, 'id' | 'actor' | 'at' | 'undoneAt'>
export type DecisionStore = ReturnType<typeof createDecisionStore>

/** What people decided on candidates. */
export function createDecisionStore(db: Database, clock: Clock) {
  const decisions = () => db.sql<DecisionRow>('article_candidate_decisions')

  return {
    async add(made: NewDecision, actor: Actor): Promise<Decision> {
      const decision: Decision = {
        ...made,
        id: newId('dec', clock.now()),
        actor: { id: actor.id, name: actor.name },
        at: isoNow(clock),
      }
      await decisions().insert({
        id: decision.id,
        candidate_id: decision.candidateId,
        decision: decision.decision,
        reason: decision.reason ?? null,
        note: decision.note ?? null,
        article_id: decision.articleId ?? null,
        into_id: decision.into ?? null,
        moved: JSON.stringify(decision.moved),
        promoted_revision: decision.promotedRevision ?? null,
        actor_id: actor.id,
        actor_name: actor.name,
        at: decision.at,
        undone_at: null,
      })
      return decision
    },

    async of(ids: readonly string[]): Promise<Map<string, Decision>> {
      const rows = await decisions().where(db.among('id', ids))
      return new Map(rows.map((row) => [row.id, toDecision(row)]))
    },

    async markUndone(id: string): Promise<void> {
      await decisions()
        .where({ id })
        .update({ undone_at: isoNow(clock) })
    },
  }
}

function toDecision(row: DecisionRow): Decision {
  return {
    id: row.id,
    candidateId: row.candidate_id,
    decision: row.decision,
    reason: row.reason ?? undefined,
    note: row.note ?? undefined,
    articleId: row.article_id ?? undefined,
    into: row.into_id ?? undefined,
    actor: { id: row.actor_id, name: row.actor_name },
    at: row.at,
    undoneAt: row.undone_at ?? undefined,
    moved: JSON.parse(row.moved),
    promotedRevision: row.promoted_revision ?? undefined,
  }
}
