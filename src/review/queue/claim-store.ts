import { type Audience, visibleTo } from '../../access/audience.ts'
import type { QueryStrategyName } from '../../learning/queries/strategies.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
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

/** Long enough for fifty labels; an agent who asks again within it goes on with the same. */
const CLAIMED_MS = 15 * 60_000
/** How long what was handed out is remembered, so that one in four is of the audit slice. */
const REMEMBERED_MS = 60 * 60_000

/**
 * What each agent was handed: theirs alone for a while, so that two who work at once are not asked the same. A claim that
 * ran out, or whose process died, hinders no one.
 */
export function createClaimStore(db: Database, clock: Clock) {
  const are = createQueueConditions(db)
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms).toISOString()
  const claimedUntil = () => inMs(CLAIMED_MS)

  return {
    /** What an agent holds and has not answered, in the order in which it was handed out. */
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
        .whereNotExists(are.openMisroute('c.thread_id'))
        .whereExists(are.visible('c.thread_id', reader))
        .orderBy(['c.claimed_at', 'c.place'])
        .select('c.thread_id', 'c.why', 'c.place')
      return rows.map((row) => ({ threadId: row.thread_id, why: row.why, place: row.place }))
    },

    /** Gives back what was chosen for an agent by other strategies than the one wished now. */
    async release({ facetId, holder, strategy }: Claims): Promise<void> {
      await db
        .sql('review_claims')
        .where({ facet_id: facetId, holder })
        .whereNot({ strategy })
        .whereNotIn('why', [...DRAWN, 'misroute'] satisfies Why[])
        .where('claimed_until', '>', isoNow(clock))
        .update({ claimed_until: isoNow(clock) })
    },

    /** How many were handed to an agent since the last that was drawn by lot; undefined where nothing was. */
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

    /** Threads that anyone holds, those handed out last first, as far as a reader may see them. */
    async recent(facetId: string, reader: Audience, limit: number): Promise<string[]> {
      return db
        .sql('review_claims as c')
        .join('threads as t', 't.id', 'c.thread_id')
        .join('sources as s', 's.id', 't.source_id')
        .where('c.facet_id', facetId)
        .where('c.claimed_until', '>', isoNow(clock))
        .whereIn('s.audience', visibleTo(reader))
        .orderBy([
          { column: 'c.claimed_at', order: 'desc' },
          { column: 'c.place', order: 'desc' },
        ])
        .limit(limit)
        .pluck('c.thread_id')
    },

    /** An agent goes on with what they hold. */
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
     * @param place of the first, after what the agent holds
     * @returns those that nobody else took meanwhile
     */
    async claim(claims: Claims, chosen: readonly Chosen[], place: number): Promise<Set<string>> {
      if (chosen.length === 0) return new Set()
      const now = isoNow(clock)
      // In order of ids, or two agents at once could wait for each other.
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
