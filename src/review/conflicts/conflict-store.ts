import type { Knex } from 'knex'
import { type Audience, visibleTo } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, decodeNumberCursor, type Page, toPage } from '../../platform/page.ts'
import { reviewErrors } from '../errors.ts'
import type { Conflict, ConflictEnd, Ground, GroundKind } from './conflict.ts'

export interface ConflictQuery {
  readonly reader: Audience
  /** Of one facet; of all unless told. */
  readonly facetId?: string
  readonly kind?: GroundKind
  /** Those closed instead of those open. */
  readonly closed?: boolean
  readonly cursor?: string
  readonly limit: number
}

interface ConflictRow {
  id: string
  facet_id: string
  thread_id: string
  weight: number
  opened_at: string
  closed_at: string | null
  outcome: ConflictEnd['outcome'] | null
  ruling_id: string | null
}

interface GroundRow {
  conflict_id: string
  kind: GroundKind
  other_id: string
  likely: string
  score: number
}

export type ConflictStore = ReturnType<typeof createConflictStore>

/** The conflict inbox: at most one open conflict a thread and facet, with the grounds for it. */
export function createConflictStore(db: Database, clock: Clock) {
  const { sql } = db
  const conflicts = () => db.sql<ConflictRow>('conflicts')
  const grounds = () => db.sql<GroundRow>('conflict_grounds')

  const visible = (threadId: string, reader: Audience) =>
    sql('threads as t')
      .join('sources as s', 's.id', 't.source_id')
      .whereIn('s.audience', visibleTo(reader))
      .whereNotNull('t.question_id')
      .whereNull('t.merged_into')
      .where('t.id', sql.ref(threadId))
      .select(sql.raw('1'))

  /** A near-duplicate that the reader may not see is no ground for them. */
  const seen = (reader: Audience) => (where: Knex.QueryBuilder) =>
    where.where('g.other_id', '').orWhereExists(visible('g.other_id', reader))

  const shown = (reader: Audience, kind?: GroundKind) => {
    const some = sql('conflict_grounds as g')
      .where('g.conflict_id', sql.ref('c.id'))
      .where(seen(reader))
      .select(sql.raw('1'))
    if (kind !== undefined) some.where('g.kind', kind)
    return db
      .sql('conflicts as c')
      .join('facets as f', 'f.id', 'c.facet_id')
      .whereExists(visible('c.thread_id', reader))
      .whereExists(some)
      .select<(ConflictRow & { facet: string })[]>('c.*', 'f.name as facet')
  }

  async function withGrounds(
    rows: readonly (ConflictRow & { facet: string })[],
    reader: Audience,
  ): Promise<(Conflict & { readonly weight: number })[]> {
    const found: GroundRow[] = await db
      .sql('conflict_grounds as g')
      .whereIn(
        'g.conflict_id',
        rows.map(({ id }) => id),
      )
      .where(seen(reader))
      .orderBy(['g.conflict_id', { column: 'g.kind', order: 'desc' }, 'g.other_id'])
      .select('g.*')
    return rows.map((row) => ({
      ...present(row),
      weight: row.weight,
      grounds: found.filter((ground) => ground.conflict_id === row.id).map(presentGround),
    }))
  }

  return {
    /** Those a reader may see, the most doubtful first. Off the server's thread. */
    async list({
      reader,
      facetId,
      kind,
      closed = false,
      cursor,
      limit,
    }: ConflictQuery): Promise<Page<Conflict>> {
      const query = shown(reader, kind)
        .orderBy([{ column: 'c.weight', order: 'desc' }, { column: 'c.id' }])
        .limit(limit + 1)
      if (facetId !== undefined) query.where('c.facet_id', facetId)
      if (closed) query.whereNotNull('c.closed_at')
      else query.whereNull('c.closed_at')
      if (cursor !== undefined) {
        const weight = decodeNumberCursor(cursor)
        query.whereRaw('(-c.weight, c.id) > (?, ?)', [-weight, decodeCursor(cursor).id])
      }
      const rows = await db.longRead<ConflictRow & { facet: string }>(query)
      return toPage(await withGrounds(rows, reader), limit, ({ id, weight }) => ({ key: String(weight), id }))
    },

    /** @throws CodedError CONFLICT_NOT_FOUND, also for what the reader may not see */
    async require(id: string, reader: Audience): Promise<Conflict> {
      const rows = await withGrounds(await shown(reader).where('c.id', id), reader)
      if (rows[0] === undefined) throw reviewErrors.CONFLICT_NOT_FOUND({ id })
      return rows[0]
    },

    /** The open conflicts on a facet of these threads (at most 500): thread → conflict's id. */
    async openOn(facetId: string, threadIds: readonly string[]): Promise<Map<string, string>> {
      const rows = await conflicts()
        .where({ facet_id: facetId })
        .whereNull('closed_at')
        .whereIn('thread_id', threadIds)
        .select('id', 'thread_id')
      return new Map(rows.map((row) => [row.thread_id, row.id]))
    },

    /** The threads of all open conflicts on a facet. */
    openThreads: (facetId: string): Promise<string[]> =>
      conflicts().where({ facet_id: facetId }).whereNull('closed_at').orderBy('thread_id').pluck('thread_id'),

    /** Opens a conflict; within a transaction that holds the thread's lock. */
    async open(facetId: string, threadId: string, reasons: readonly Ground[]): Promise<void> {
      const id = newId('cfl', clock.now())
      await conflicts().insert({
        id,
        facet_id: facetId,
        thread_id: threadId,
        weight: weightOf(reasons),
        opened_at: isoNow(clock),
        closed_at: null,
        outcome: null,
        ruling_id: null,
      })
      await grounds().insert(reasons.map((ground) => toRow(id, ground)))
    },

    /** Puts these grounds in the place of those of an open conflict. */
    async reground(id: string, reasons: readonly Ground[]): Promise<void> {
      await conflicts()
        .where({ id })
        .update({ weight: weightOf(reasons) })
      await grounds().where({ conflict_id: id }).delete()
      await grounds().insert(reasons.map((ground) => toRow(id, ground)))
    },

    /** Closes an open conflict; its grounds stay to be read. */
    async close(id: string, { outcome, rulingId }: Omit<ConflictEnd, 'at'>): Promise<void> {
      await conflicts()
        .where({ id })
        .whereNull('closed_at')
        .update({ closed_at: isoNow(clock), outcome, ruling_id: rulingId ?? null })
    },
  }
}

/** How much is to be doubted, 0 to 1000: most where people disagree. */
function weightOf(reasons: readonly Ground[]): number {
  const weights = reasons.map(({ kind, score }) =>
    kind === 'ratings' ? 1000 : Math.round(1000 * (kind === 'suspect' ? 1 - score : score)),
  )
  return Math.max(0, ...weights)
}

function toRow(conflictId: string, { kind, otherId = '', likely = '', score }: Ground): GroundRow {
  return { conflict_id: conflictId, kind, other_id: otherId, likely, score }
}

function present(row: ConflictRow & { facet: string }): Omit<Conflict, 'grounds'> {
  return {
    id: row.id,
    facetId: row.facet_id,
    facet: row.facet,
    threadId: row.thread_id,
    openedAt: row.opened_at,
    closed:
      row.closed_at === null
        ? undefined
        : {
            at: row.closed_at,
            outcome: row.outcome ?? 'resolved',
            rulingId: row.ruling_id ?? undefined,
          },
  }
}

function presentGround({ kind, other_id, likely, score }: GroundRow): Ground {
  return {
    kind,
    ...(other_id !== '' && { otherId: other_id }),
    ...(likely !== '' && { likely }),
    score,
  }
}
