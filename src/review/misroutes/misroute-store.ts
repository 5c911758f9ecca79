import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import type { Destination } from '../../triage/routing/routing-rule.ts'

/** A receiver's report that a thread was routed to the wrong place. */
export interface Misroute {
  readonly id: string
  readonly threadId: string
  /** The reported routing decision; absent when the thread was not routed yet. */
  readonly decisionId?: string
  readonly reason: string
  /** Where it should have gone. */
  readonly suggested?: Destination
  readonly reporter: { readonly id: string; readonly name: string }
  readonly createdAt: string
  /** When an agent labelled the thread again; absent while it is open. */
  readonly resolvedAt?: string
}

interface MisrouteQuery {
  readonly reader: Audience
  readonly resolved: boolean
  readonly cursor?: string
  readonly limit: number
}

interface MisrouteRow {
  id: string
  thread_id: string
  decision_id: string | null
  reason: string
  suggested: string | null
  actor_id: string
  actor_name: string
  created_at: string
  resolved_at: string | null
}

export type MisrouteStore = ReturnType<typeof createMisrouteStore>

/** Misroutes: open until an agent labels their thread. */
export function createMisrouteStore(db: Database, clock: Clock) {
  const misroutes = () => db.sql<MisrouteRow>('misroutes')

  return {
    /** Adds an open misroute. */
    async add(report: Pick<Misroute, 'threadId' | 'decisionId' | 'reason' | 'suggested'>, actor: Actor) {
      const row: MisrouteRow = {
        id: newId('mis', clock.now()),
        thread_id: report.threadId,
        decision_id: report.decisionId ?? null,
        reason: report.reason,
        suggested: report.suggested === undefined ? null : JSON.stringify(report.suggested),
        actor_id: actor.id,
        actor_name: actor.name,
        created_at: isoNow(clock),
        resolved_at: null,
      }
      await misroutes().insert(row)
      return present(row)
    },

    /** Misroutes of threads that a reader may see, the oldest first. */
    async list({ reader, resolved, cursor, limit }: MisrouteQuery): Promise<Page<Misroute>> {
      const query = joinReadableThreads(db.sql('misroutes as m'), 'm.thread_id', reader)
        .orderBy('m.id')
        .limit(limit + 1)
        .select<MisrouteRow[]>('m.*')
      if (resolved) query.whereNotNull('m.resolved_at')
      else query.whereNull('m.resolved_at')
      if (cursor !== undefined) query.where('m.id', '>', decodeCursor(cursor).id)
      const rows = (await query).map(present)
      return toPage(rows, limit, ({ id, createdAt }) => ({ key: createdAt, id }))
    },

    /** Resolves the misroutes of a thread that were open when it was labelled, at `labelledAt`. */
    async resolve(threadId: string, labelledAt: string): Promise<void> {
      await misroutes()
        .where({ thread_id: threadId })
        .whereNull('resolved_at')
        .where('created_at', '<=', labelledAt)
        .update({ resolved_at: isoNow(clock) })
    },
  }
}

function present(row: MisrouteRow): Misroute {
  return {
    id: row.id,
    threadId: row.thread_id,
    decisionId: row.decision_id ?? undefined,
    reason: row.reason,
    suggested: row.suggested === null ? undefined : JSON.parse(row.suggested),
    reporter: { id: row.actor_id, name: row.actor_name },
    createdAt: row.created_at,
    resolvedAt: row.resolved_at ?? undefined,
  }
}
