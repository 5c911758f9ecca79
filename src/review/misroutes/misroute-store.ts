import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { BY_PEOPLE } from '../../labels/annotation.ts'
import type { Facet } from '../../labels/facet.ts'
import { leftJoinFacets, validAnnotations } from '../../labels/label-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import { lockThreads } from '../../threads/thread-queries.ts'
import type { Destination } from '../../triage/routing/routing-rule.ts'
import { concerning } from './misroute-queries.ts'

/** A receiver's report that a thread was routed to the wrong place. */
export interface Misroute {
  readonly id: string
  readonly threadId: string
  /** The reported routing decision; absent when the thread was not routed yet. */
  readonly decisionId?: string
  readonly reason: string
  /** Where it should have gone. */
  readonly suggested?: Destination
  /** Name of the facet whose label sent it there; absent of reports from before facets were kept. */
  readonly facet?: string
  readonly reporter: { readonly id: string; readonly name: string }
  readonly createdAt: string
  /** When an agent labelled the thread again on this facet; absent while it is open. */
  readonly resolvedAt?: string
}

interface NewMisroute extends Pick<Misroute, 'threadId' | 'decisionId' | 'reason' | 'suggested'> {
  readonly facet: Pick<Facet, 'id' | 'name'>
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
  /** Null of reports from before facets were kept, which any facet's label resolves. */
  facet_id: string | null
  /** The annotation that resolved it. */
  resolved_by: string | null
}

interface AnswerRow {
  id: string
  thread_id: string
  facet_id: string
  created_at: string
}

export type MisrouteStore = ReturnType<typeof createMisrouteStore>

/** Misroutes: open until an agent labels their thread on the facet that they concern. */
export function createMisrouteStore(db: Database, clock: Clock) {
  const misroutes = () => db.sql<MisrouteRow>('misroutes')
  const named = () =>
    leftJoinFacets(db.sql('misroutes as m'), 'm.facet_id').select('m.*', { facet: 'f.name' })

  return {
    /** Adds an open misroute. */
    async add({ facet, ...report }: NewMisroute, actor: Actor): Promise<Misroute> {
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
        facet_id: facet.id,
        resolved_by: null,
      }
      await misroutes().insert(row)
      return present({ ...row, facet: facet.name })
    },

    /** Misroutes of threads that a reader may see, the oldest first. */
    async list({ reader, resolved, cursor, limit }: MisrouteQuery): Promise<Page<Misroute>> {
      const query = joinReadableThreads(named(), 'm.thread_id', reader)
        .orderBy('m.id')
        .limit(limit + 1)
      if (resolved) query.whereNotNull('m.resolved_at')
      else query.whereNull('m.resolved_at')
      if (cursor !== undefined) query.where('m.id', '>', decodeCursor(cursor).id)
      const rows = ((await query) as NamedRow[]).map(present)
      return toPage(rows, limit, ({ id, createdAt }) => ({ key: createdAt, id }))
    },

    /** The open misroutes on a facet of up to 500 threads, by thread, the oldest first. */
    async openOf(facetId: string, threadIds: readonly string[]): Promise<Map<string, Misroute[]>> {
      const rows: NamedRow[] = await concerning(named(), facetId)
        .whereIn('m.thread_id', threadIds)
        .whereNull('m.resolved_at')
        .orderBy('m.id')
      const open = new Map<string, Misroute[]>()
      for (const row of rows) open.set(row.thread_id, [...(open.get(row.thread_id) ?? []), present(row)])
      return open
    },

    /** Threads with a misroute on a facet, resolved ones too, in order; for walking through them in chunks. */
    async threadsAfter(facetId: string, after: string, limit: number): Promise<string[]> {
      return concerning(db.sql('misroutes as m'), facetId)
        .where('m.thread_id', '>', after)
        .orderBy('m.thread_id')
        .limit(limit)
        .distinct()
        .pluck('m.thread_id')
    },

    /**
     * Resolves the misroutes of up to 500 threads that a person has answered since, by an annotation on their facet that
     * is not revoked, and reopens those whose answer was. Idempotent.
     */
    async recompute(threadIds: readonly string[]): Promise<void> {
      await db.transaction(async () => {
        const rows = await misroutes().whereIn('thread_id', threadIds)
        if (rows.length === 0) return
        await lockThreads(db, threadIds)
        const answers: AnswerRow[] = await validAnnotations(db)
          .whereIn('a.thread_id', threadIds)
          .whereIn('a.provenance', BY_PEOPLE)
          .orderBy('a.id')
          .select('a.id', 'a.thread_id', 'a.facet_id', 'a.created_at')
        for (const row of rows) {
          const answer = answers.find((each) => answersTo(row, each))
          const resolvedBy = answer?.id ?? null
          if (row.resolved_by === resolvedBy && (row.resolved_at === null) === (answer === undefined))
            continue
          await misroutes()
            .where({ id: row.id })
            .update({ resolved_by: resolvedBy, resolved_at: answer?.created_at ?? null })
        }
      })
    },
  }
}

function answersTo(misroute: MisrouteRow, answer: AnswerRow): boolean {
  return (
    answer.thread_id === misroute.thread_id &&
    (misroute.facet_id === null || answer.facet_id === misroute.facet_id) &&
    answer.created_at >= misroute.created_at
  )
}

interface NamedRow extends MisrouteRow {
  /** Name of the facet. */
  readonly facet: string | null
}

function present(row: NamedRow): Misroute {
  return {
    id: row.id,
    threadId: row.thread_id,
    decisionId: row.decision_id ?? undefined,
    reason: row.reason,
    suggested: row.suggested === null ? undefined : JSON.parse(row.suggested),
    facet: row.facet ?? undefined,
    reporter: { id: row.actor_id, name: row.actor_name },
    createdAt: row.created_at,
    resolvedAt: row.resolved_at ?? undefined,
  }
}
