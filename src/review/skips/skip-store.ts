import type { Knex } from 'knex'
import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { joinFacets } from '../../labels/label-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import { reviewErrors } from '../errors.ts'

/**
 * Why an agent gave no label: no time or wish; not sure which one is right; or its label, the labels to choose from or
 * their guidelines are wrong, and a knowledge manager should rule.
 */
export const SKIP_REASONS = ['skip', 'not-sure', 'dispute'] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

/** A thread that an agent was asked about on a facet, and left to others. */
export interface Skip {
  readonly id: string
  readonly facet: string
  readonly threadId: string
  readonly why: SkipReason
  readonly note?: string
  readonly actor: { readonly id: string; readonly name: string }
  readonly createdAt: string
  /** When it was undone. */
  readonly undoneAt?: string
}

/** How many threads an agent left to others on a facet. */
export interface SkipCount {
  readonly facet: string
  readonly actor: Skip['actor']
  readonly skipped: number
  readonly notSure: number
  readonly disputed: number
}

export interface SkipQuery {
  readonly reader: Audience
  /** Id of the agent; those of all by default. */
  readonly agent?: string
  /** Name of the facet; all by default. */
  readonly facet?: string
}

interface SkipRow {
  id: string
  facet_id: string
  facet: string
  thread_id: string
  why: SkipReason
  note: string | null
  actor_id: string
  actor_name: string
  created_at: string
  undone_at: string | null
}

export type SkipStore = ReturnType<typeof createSkipStore>

/** What agents skipped; at most one skip of an agent on a facet of a thread is in force. */
export function createSkipStore(db: Database, clock: Clock) {
  const skips = () => db.sql<Omit<SkipRow, 'facet'>>('review_skips')
  const named = () => joinFacets(db.sql('review_skips as z'), 'z.facet_id')

  const readable = ({ reader, agent, facet }: SkipQuery): Knex.QueryBuilder => {
    const query = joinReadableThreads(named(), 'z.thread_id', reader).whereNull('z.undone_at')
    if (agent !== undefined) query.where('z.actor_id', agent)
    if (facet !== undefined) query.where('f.name', facet)
    return query
  }

  async function require(id: string): Promise<Skip> {
    const row: SkipRow | undefined = await named().where('z.id', id).first('z.*', 'f.name as facet')
    if (row === undefined) throw reviewErrors.SKIP_NOT_FOUND({ id })
    return present(row)
  }

  return {
    /** @throws CodedError SKIP_NOT_FOUND */
    require,

    /**
     * Records a skip in place of an earlier one of the same agent; to be called in a transaction that has locked the thread.
     *
     * @returns the skip, and why the agent had skipped the thread before
     */
    async add(
      {
        facetId,
        threadId,
        why,
        note,
      }: Pick<Skip, 'threadId' | 'why' | 'note'> & { readonly facetId: string },
      actor: Actor,
    ): Promise<{ readonly skip: Skip; readonly before?: SkipReason }> {
      const id = newId('skp', clock.now())
      const created_at = isoNow(clock)
      const [replaced] = await skips()
        .where({ facet_id: facetId, thread_id: threadId, actor_id: actor.id })
        .whereNull('undone_at')
        .update({ undone_at: created_at })
        .returning('why')
      await skips().insert({
        id,
        facet_id: facetId,
        thread_id: threadId,
        why,
        note: note ?? null,
        actor_id: actor.id,
        actor_name: actor.name,
        created_at,
        undone_at: null,
      })
      return { skip: await require(id), before: replaced?.why }
    },

    /** @returns whether it was in force */
    async undo(id: string): Promise<boolean> {
      const undone = await skips()
        .where({ id })
        .whereNull('undone_at')
        .update({ undone_at: isoNow(clock) })
      return undone > 0
    },

    /** The skips in force on a facet of these threads (at most 500), by thread, the earliest first. */
    async of(facetId: string, threadIds: readonly string[]): Promise<Map<string, Skip[]>> {
      const rows: SkipRow[] = await named()
        .where('z.facet_id', facetId)
        .whereIn('z.thread_id', threadIds)
        .whereNull('z.undone_at')
        .orderBy('z.id')
        .select('z.*', 'f.name as facet')
      const found = new Map<string, Skip[]>()
      for (const row of rows) {
        const of = found.get(row.thread_id) ?? []
        of.push(present(row))
        found.set(row.thread_id, of)
      }
      return found
    },

    /** The threads with a dispute in force on a facet. */
    disputed: (facetId: string): Promise<string[]> =>
      skips()
        .where({ facet_id: facetId, why: 'dispute' })
        .whereNull('undone_at')
        .distinct()
        .pluck('thread_id'),

    /** Skips in force, the latest first. */
    async list({
      cursor,
      limit,
      ...query
    }: SkipQuery & { readonly cursor?: string; readonly limit: number }): Promise<Page<Skip>> {
      const found = readable(query)
        .orderBy('z.id', 'desc')
        .limit(limit + 1)
        .select<SkipRow[]>('z.*', 'f.name as facet')
      if (cursor !== undefined) found.where('z.id', '<', decodeCursor(cursor).id)
      return toPage((await found).map(present), limit, ({ id, createdAt }) => ({ key: createdAt, id }))
    },

    /** Skips in force of each agent, by facet and agent. */
    async counts(query: SkipQuery): Promise<SkipCount[]> {
      const rows: {
        facet: string
        actor_id: string
        actor_name: string
        skipped: number
        not_sure: number
        disputed: number
      }[] = await readable(query)
        .groupBy('f.name', 'z.actor_id')
        .orderBy(['f.name', 'z.actor_id'])
        .select('f.name as facet', 'z.actor_id')
        .max('z.actor_name as actor_name')
        .select({
          skipped: db.sql.raw("sum(case when z.why = 'skip' then 1 else 0 end)"),
          not_sure: db.sql.raw("sum(case when z.why = 'not-sure' then 1 else 0 end)"),
          disputed: db.sql.raw("sum(case when z.why = 'dispute' then 1 else 0 end)"),
        })
      return rows.map((row) => ({
        facet: row.facet,
        actor: { id: row.actor_id, name: row.actor_name },
        skipped: Number(row.skipped),
        notSure: Number(row.not_sure),
        disputed: Number(row.disputed),
      }))
    },
  }
}

function present(row: SkipRow): Skip {
  return {
    id: row.id,
    facet: row.facet,
    threadId: row.thread_id,
    why: row.why,
    note: row.note ?? undefined,
    actor: { id: row.actor_id, name: row.actor_name },
    createdAt: row.created_at,
    undoneAt: row.undone_at ?? undefined,
  }
}
