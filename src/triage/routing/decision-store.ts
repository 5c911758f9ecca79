import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { lockThreads } from '../../threads/thread-queries.ts'
import type { Decision, LastingDecision } from './decide-destination.ts'
import type { Destination, Outcome, Priority, ProvisionalLabel } from './routing-rule.ts'

/** Where a thread was routed, by which rule of which rule set. */
export interface RoutingDecision extends Outcome {
  readonly id: string
  readonly threadId: string
  readonly rule: string
  readonly ruleSetVersion: number
  /** The provisional assignments that it rests on; absent where there are none. */
  readonly provisional?: readonly ProvisionalLabel[]
  readonly decidedAt: string
  /** When time alone will make another rule decide; absent when it never will. */
  readonly reconsiderAt?: string
  /** When its time limit passes; absent without one, and once the thread was answered in time. */
  readonly slaDueAt?: string
  /** When its time limit was found to have passed without an answer. */
  readonly slaBreachedAt?: string
  /** When another decision replaced it; absent on the current one. */
  readonly supersededAt?: string
}

export interface NewDecision {
  readonly threadId: string
  readonly decision: LastingDecision
}

interface DecisionRow {
  id: string
  thread_id: string
  rule_set_version: number
  rule: string
  destination_kind: Destination['kind']
  destination_name: string
  priority: Priority
  sla_minutes: number | null
  /** As JSON. */
  provisional: string | null
  decided_at: string
  reconsider_at: string | null
  superseded_at: string | null
  sla_due_at: string | null
  sla_breached_at: string | null
}

export type DecisionStore = ReturnType<typeof createDecisionStore>

/** All routing decisions ever made; of each thread one is current. */
export function createDecisionStore(db: Database, clock: Clock) {
  const decisions = () => db.sql<DecisionRow>('routing_decisions')
  const current = () => decisions().whereNull('superseded_at')

  async function currentOf(threadIds: readonly string[]): Promise<Map<string, RoutingDecision>> {
    const rows = await current().whereIn('thread_id', threadIds)
    return new Map(rows.map((row) => [row.thread_id, present(row)]))
  }

  return {
    /** Locks these threads until the transaction in progress ends: a thread is routed by one worker at a time. */
    lock: (threadIds: readonly string[]) => lockThreads(db, threadIds),

    /** The current decisions on up to 500 threads, by thread. */
    currentOf,

    /** Those of up to 500 decisions that are still current, by id. */
    async stillCurrent(ids: readonly string[]): Promise<RoutingDecision[]> {
      return (await current().whereIn('id', ids).orderBy('id')).map(present)
    },

    /** Up to 500 decisions, replaced ones too, by id. */
    async byIds(ids: readonly string[]): Promise<RoutingDecision[]> {
      return (await decisions().whereIn('id', ids).orderBy('id')).map(present)
    },

    /** All decisions on a thread, the latest first. */
    async historyOf(threadId: string): Promise<RoutingDecision[]> {
      return (await decisions().where({ thread_id: threadId }).orderBy('id', 'desc')).map(present)
    },

    /**
     * Records up to 500 decisions on different threads, in the transaction in progress. A decision that changes nothing
     * adds no row; only its `reconsiderAt` is updated.
     *
     * @returns the new decisions
     */
    async record(
      ruleSetVersion: number,
      made: readonly NewDecision[],
    ): Promise<Pick<RoutingDecision, 'id' | 'threadId' | 'slaDueAt'>[]> {
      const before = await currentOf(made.map(({ threadId }) => threadId))
      const changed = made.filter(({ threadId, decision }) => !isSame(before.get(threadId), decision))
      const superseded = changed.flatMap(({ threadId }) => before.get(threadId)?.id ?? [])
      if (superseded.length > 0)
        await decisions()
          .whereIn('id', superseded)
          .update({ superseded_at: isoNow(clock) })
      const rows = changed.map(({ threadId, decision }) => row(threadId, decision))
      if (rows.length > 0) await decisions().insert(rows)
      for (const { threadId, decision } of made) {
        const kept = before.get(threadId)
        const reconsiderAt = decision.reconsiderAt?.toISOString()
        if (kept === undefined || superseded.includes(kept.id) || kept.reconsiderAt === reconsiderAt) continue
        await decisions()
          .where({ id: kept.id })
          .update({ reconsider_at: reconsiderAt ?? null })
      }
      return rows.map((added) => ({
        id: added.id,
        threadId: added.thread_id,
        slaDueAt: added.sla_due_at ?? undefined,
      }))

      function row(threadId: string, decision: LastingDecision): DecisionRow {
        return {
          id: newId('rtd', clock.now()),
          thread_id: threadId,
          rule_set_version: ruleSetVersion,
          rule: decision.rule,
          destination_kind: decision.destination.kind,
          destination_name: decision.destination.name,
          priority: decision.priority,
          sla_minutes: decision.slaMinutes ?? null,
          provisional: decision.provisional === undefined ? null : JSON.stringify(decision.provisional),
          decided_at: isoNow(clock),
          reconsider_at: decision.reconsiderAt?.toISOString() ?? null,
          superseded_at: null,
          ...timeLimit(before.get(threadId), decision, clock.now()),
        }
      }
    },

    /** Current decisions whose time limit passed by `now` and that were not found to be breached, the earliest first. */
    async timeLimitsPassed(now: string, limit: number): Promise<RoutingDecision[]> {
      const rows = await current()
        .whereNull('sla_breached_at')
        .where('sla_due_at', '<=', now)
        .orderBy('sla_due_at')
        .limit(limit)
      return rows.map(present)
    },

    /** When the next time limit passes. */
    async nextTimeLimit(): Promise<Date | undefined> {
      const row = await current()
        .whereNull('sla_breached_at')
        .min<{ at: string | null }>('sla_due_at as at')
        .first()
      return row?.at == null ? undefined : new Date(row.at)
    },

    /** Records that the time limits of these decisions passed without an answer. */
    async markBreached(ids: readonly string[]): Promise<void> {
      await decisions()
        .whereIn('id', ids)
        .update({ sla_breached_at: isoNow(clock) })
    },

    /** Ends the time limits of these decisions, which were met. */
    async endTimeLimits(ids: readonly string[]): Promise<void> {
      await decisions().whereIn('id', ids).update({ sla_due_at: null })
    },

    /** Threads whose current decision is due for reconsideration at `now`, the longest overdue first. */
    async due(now: string, limit: number): Promise<string[]> {
      return current()
        .where('reconsider_at', '<=', now)
        .orderBy('reconsider_at')
        .limit(limit)
        .pluck('thread_id')
    },

    /** Clears the due times of these threads up to `now`: those that remain after triage are of removed threads. */
    async forgetDue(threadIds: readonly string[], now: string): Promise<void> {
      await current()
        .whereIn('thread_id', threadIds)
        .where('reconsider_at', '<=', now)
        .update({ reconsider_at: null })
    },

    /** When the next decision is due for reconsideration. */
    async nextDue(): Promise<Date | undefined> {
      const row = await current().min<{ at: string | null }>('reconsider_at as at').first()
      return row?.at == null ? undefined : new Date(row.at)
    },
  }
}

function isSame(before: RoutingDecision | undefined, decision: Decision) {
  const { rule, destination, priority, slaMinutes } = decision
  return (
    before !== undefined &&
    groundsOf(before) === groundsOf(decision) &&
    before.rule === rule &&
    before.destination.kind === destination.kind &&
    before.destination.name === destination.name &&
    before.priority === priority &&
    before.slaMinutes === slaMinutes
  )
}

/** Which provisional labels a decision rests on, whatever their probability. */
function groundsOf({ provisional = [] }: Pick<Decision, 'provisional'>): string {
  return JSON.stringify(provisional.map(({ facet, label }) => [facet, label]))
}

/** A time limit goes on where a decision replaces one with the same destination and limit, as when a rule was renamed. */
function timeLimit(
  before: RoutingDecision | undefined,
  { destination, slaMinutes }: Decision,
  now: Date,
): Pick<DecisionRow, 'sla_due_at' | 'sla_breached_at'> {
  if (slaMinutes === undefined) return { sla_due_at: null, sla_breached_at: null }
  const goesOn =
    before?.slaMinutes === slaMinutes &&
    before.destination.kind === destination.kind &&
    before.destination.name === destination.name
  if (goesOn) return { sla_due_at: before.slaDueAt ?? null, sla_breached_at: before.slaBreachedAt ?? null }
  const due = new Date(now.getTime() + slaMinutes * 60_000)
  return { sla_due_at: due.toISOString(), sla_breached_at: null }
}

function present(row: DecisionRow): RoutingDecision {
  return {
    id: row.id,
    threadId: row.thread_id,
    rule: row.rule,
    ruleSetVersion: row.rule_set_version,
    destination: { kind: row.destination_kind, name: row.destination_name },
    priority: row.priority,
    slaMinutes: row.sla_minutes ?? undefined,
    provisional: row.provisional === null ? undefined : JSON.parse(row.provisional),
    decidedAt: row.decided_at,
    reconsiderAt: row.reconsider_at ?? undefined,
    slaDueAt: row.sla_due_at ?? undefined,
    slaBreachedAt: row.sla_breached_at ?? undefined,
    supersededAt: row.superseded_at ?? undefined,
  }
}
