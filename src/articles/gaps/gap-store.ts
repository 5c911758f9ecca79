import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import type { GapDecision, GapReason } from './gap.ts'

interface DecisionRow {
  id: string
  decision: GapDecision['decision']
  article_id: string | null
  reason: GapReason | null
  note: string | null
  audience: Audience
  actor_id: string
  actor_name: string
  decided_at: string
}

export interface AskingThread {
  readonly id: string
  readonly title: string
  readonly resolved: boolean
}

export type GapStore = ReturnType<typeof createGapStore>

/** What people decided on gaps, and what threads and articles have to do with them. */
export function createGapStore(db: Database, clock: Clock) {
  const rows = () => db.sql<DecisionRow>('search_gap_decisions')

  return {
    async decisionsOn(ids: readonly string[]): Promise<Map<string, GapDecision>> {
      if (ids.length === 0) return new Map()
      const found: DecisionRow[] = await rows().where(db.among('id', ids))
      return new Map(found.map((row) => [row.id, toDecision(row)]))
    },

    async decide(
      id: string,
      { decision, articleId, reason, note }: Pick<GapDecision, 'decision' | 'articleId' | 'reason' | 'note'>,
      actor: Actor,
    ): Promise<void> {
      const row = {
        decision,
        article_id: articleId ?? null,
        reason: reason ?? null,
        note: note ?? null,
        audience: actor.audience,
        actor_id: actor.id,
        actor_name: actor.name,
        decided_at: isoNow(clock),
      }
      await rows()
        .insert({ id, ...row })
        .onConflict('id')
        .merge(row)
    },

    async undo(ids: readonly string[]): Promise<void> {
      await rows().where(db.among('id', ids)).delete()
    },

    /** Those of these threads that a reader may see, by id. */
    async threadsAmong(ids: readonly string[], reader: Audience): Promise<Map<string, AskingThread>> {
      if (ids.length === 0) return new Map()
      const found: { id: string; title: string; accepted_count: number }[] = await readableThreads(db, reader)
        .where(db.among('t.id', ids))
        .select('t.id', 't.title', 't.accepted_count')
      return new Map(
        found.map(({ id, title, accepted_count }) => [id, { id, title, resolved: accepted_count > 0 }]),
      )
    },

    /** The articles that threads became or were answered with, by the thread, whoever may see them. */
    async articlesOf(threadIds: readonly string[]): Promise<Map<string, string>> {
      if (threadIds.length === 0) return new Map()
      const used: { thread_id: string; article_id: string }[] = await db
        .sql('article_uses')
        .where({ kind: 'thread' })
        .where(db.among('reference', threadIds))
        .orderBy('id')
        .select({ thread_id: 'reference', article_id: 'article_id' })
      const made: typeof used = await db
        .sql('article_threads')
        .where(db.among('thread_id', threadIds))
        .select('thread_id', 'article_id')
      return new Map([...used, ...made].map(({ thread_id, article_id }) => [thread_id, article_id]))
    },
  }
}

function toDecision(row: DecisionRow): GapDecision {
  return {
    id: row.id,
    decision: row.decision,
    articleId: row.article_id ?? undefined,
    reason: row.reason ?? undefined,
    note: row.note ?? undefined,
    audience: row.audience,
    by: { id: row.actor_id, name: row.actor_name },
    at: row.decided_at,
  }
}
