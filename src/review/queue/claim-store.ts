import type { Audience } from '../../access/audience.ts'
import type { QueryStrategyName } from '../../learning/queries/strategies.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import { createQueueConditions, type QueueReader } from './queue-conditions.ts'
import { type Chosen, DRAWN, type Why } from './why.ts'

interface ClaimRow {
  facet_id: string
  thread_id: string
  holder: string
  strategy: string
  why: Why
  claimed_at: string
  place: number
  claimed_until: string
}

interface Claims {
  readonly facetId: string
  readonly holder: string
  readonly strategy: QueryStrategyName
}

interface HeldClaim extends Chosen {
  readonly place: number
}

export type ClaimStore = ReturnType<typeof createClaimStore>

/** Long enough for fifty labels; an agent who asks again within it gets the same threads. */
const CLAIMED_MS = 15 * 60_000
/** How long expired claims are kept, to make one thread in four one of the audit slice. */
const REMEMBERED_MS = 60 * 60_000

/**
 * The threads handed out to each agent, who alone holds them for a while, so that two agents who work at the same time
 * get different threads. A claim expires by itself, also when its process died.
 */
export function createClaimStore(db: Database, clock: Clock) {
  const are = createQueueConditions(db)
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms).toISOString()
  const claimedUntil = () => inMs(CLAIMED_MS)

  return {
    /** Threads that an agent holds and has not labelled, in the order in which they were handed out. */
    async held(reader: QueueReader): Promise<HeldClaim[]> {
      const rows: ClaimRow[] = await db
        .sql('review_claims as c')
        .where({ 'c.facet_id': reader.facetId, 'c.holder': reader.holder })
        .where('c.claimed_until', '>', reader.now)
        .whereNot('c.why', 'misroute')
        .where((unanswered) =>
          unanswered
            .whereNotExists(are.labelledByAgent('c.thread_id', reader))
            .orWhere((second) =>
              second
                .where('c.why', 'second-opinion')
                .whereNotExists(are.labelledByHolder('c.thread_id', reader)),
            ),
        )
        .whereNotExists(are.skippedByHolder('c.thread_id', reader))
        .whereNotExists(are.openMisroute('c.thread_id', reader))
        .whereExists(are.visible('c.thread_id', reader))
        .orderBy(['c.claimed_at', 'c.place'])
        .select('c.thread_id', 'c.why', 'c.place')
      return rows.map((row) => ({ threadId: row.thread_id, why: row.why, place: row.place }))
    },

    /** Ends an agent's claims on threads that another strategy chose. */
    async release({ facetId, holder, strategy }: Claims): Promise<void> {
      await db
        .sql('review_claims')
        .where({ facet_id: facetId, holder })
        .whereNot({ strategy })
        .whereNotIn('why', [...DRAWN, 'misroute'] satisfies Why[])
        .where('claimed_until', '>', isoNow(clock))
        .update({ claimed_until: isoNow(clock) })
    },

    /** How many threads an agent was handed since the last one drawn at random; undefined where there was none at all. */
    async sinceDrawn({ facetId, holder }: Claims, most: number): Promise<number | undefined> {
      const rows: Pick<ClaimRow, 'why'>[] = await db
        .sql('review_claims')
        .where({ facet_id: facetId, holder })
        .whereNot({ why: 'misroute' })
        .orderBy([
          { column: 'claimed_at', order: 'desc' },
          { column: 'place', order: 'desc' },
        ])
        .limit(most)
        .select('why')
      if (rows.length === 0) return undefined
      const last = rows.findIndex(({ why }) => DRAWN.includes(why))
      return last < 0 ? rows.length : last
    },

    /** Threads that any agent holds and that a reader may see, the latest handed out first. */
    async recent(facetId: string, reader: Audience, limit: number): Promise<string[]> {
      const claims = db.sql('review_claims as c')
      return joinReadableThreads(claims, 'c.thread_id', reader, { which: 'stored' })
        .where('c.facet_id', facetId)
        .where('c.claimed_until', '>', isoNow(clock))
        .orderBy([
          { column: 'c.claimed_at', order: 'desc' },
          { column: 'c.place', order: 'desc' },
        ])
        .limit(limit)
        .pluck('c.thread_id')
    },

    /** Ends an agent's claim on a thread, so that others may be handed it at once. */
    async give(facetId: string, threadId: string, holder: string): Promise<void> {
      await db
        .sql('review_claims')
        .where({ facet_id: facetId, thread_id: threadId, holder })
        .where('claimed_until', '>', isoNow(clock))
        .update({ claimed_until: isoNow(clock) })
    },

    /** Makes an agent hold a thread again that no other agent was handed since. */
    async takeBack(facetId: string, threadId: string, holder: string): Promise<void> {
      await db
        .sql('review_claims')
        .where({ facet_id: facetId, thread_id: threadId, holder })
        .update({ claimed_until: claimedUntil() })
    },

    /** Extends an agent's claims on these threads. */
    async prolong({ facetId, holder }: Claims, threadIds: readonly string[]): Promise<void> {
      if (threadIds.length > 0)
        await db
          .sql('review_claims')
          .where({ facet_id: facetId, holder })
          .whereIn('thread_id', threadIds)
          .update({ claimed_until: claimedUntil() })
    },

    /**
     * Hands threads to an agent.
     *
     * @param place of the first thread, after those that the agent holds
     * @returns those that no other agent holds by now
     */
    async claim(claims: Claims, chosen: readonly Chosen[], place: number): Promise<Set<string>> {
      if (chosen.length === 0) return new Set()
      const now = isoNow(clock)
      // In order of ids, so that two transactions cannot deadlock.
      const rows = chosen
        .map(
          ({ threadId, why }, at): ClaimRow => ({
            facet_id: claims.facetId,
            thread_id: threadId,
            holder: claims.holder,
            strategy: claims.strategy,
            why,
            claimed_at: now,
            place: place + at,
            claimed_until: claimedUntil(),
          }),
        )
        .sort((a, b) => (a.thread_id < b.thread_id ? -1 : 1))
      return db.transaction(async () => {
        await db.sql('review_claims').where('claimed_until', '<', inMs(-REMEMBERED_MS)).delete()
        const mine = await db
          .sql('review_claims')
          .insert(rows)
          .onConflict(['facet_id', 'thread_id'])
          .merge()
          .where((free) =>
            free
              .where('review_claims.claimed_until', '<=', now)
              .orWhere('review_claims.holder', claims.holder),
          )
          .returning<{ thread_id: string }[]>('thread_id')
        return new Set(mine.map(({ thread_id }) => thread_id))
      })
    },
  }
}
