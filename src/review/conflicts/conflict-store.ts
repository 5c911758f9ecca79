import type { Knex } from 'knex'
import type { Audience } from '../../access/audience.ts'
import { joinFacets } from '../../labels/label-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, decodeNumberCursor, type Page, toPage } from '../../platform/page.ts'
import { isReadableThread } from '../../threads/readable-threads.ts'
import { reviewErrors } from '../errors.ts'
import { type Conflict, type ConflictEnd, GROUNDS, type Ground, type GroundKind } from './conflict.ts'

export interface ConflictQuery {
  readonly reader: Audience
  /** Only of this facet; of all by default. */
  readonly facetId?: string
  readonly kind?: GroundKind
  /** Closed conflicts instead of open ones. */
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

/** The conflict inbox: at most one open conflict for each thread and facet, with its grounds. */
export function createConflictStore(db: Database, clock: Clock) {
  const { sql } = db
  const conflicts = () => db.sql<ConflictRow>('conflicts')
  const grounds = () => db.sql<GroundRow>('conflict_grounds')

  const visible = (threadId: string, reader: Audience) =>
    isReadableThread(db, threadId, reader, { which: 'questioned' })

  /** Leaves out near-duplicates that the reader may not see. */
  const readableGrounds = (reader: Audience) => (where: Knex.QueryBuilder) =>
    where.where('g.other_id', '').orWhereExists(visible('g.other_id', reader))

  const readableConflicts = (reader: Audience, kind?: GroundKind) => {
    const some = sql('conflict_grounds as g')
      .where('g.conflict_id', sql.ref('c.id'))
      .where(readableGrounds(reader))
      .select(sql.raw('1'))
    if (kind !== undefined) some.where('g.kind', kind)
    return joinFacets(db.sql('conflicts as c'), 'c.facet_id')
      .whereExists(visible('c.thread_id', reader))
      .whereExists(some)
      .select<(ConflictRow & { facet: string })[]>('c.*', 'f.name as facet')
  }

  /** Orders grounds by kind as `GROUNDS` does. */
  const kindOrder = sql.raw(`case g.kind ${GROUNDS.map((_, at) => `when ? then ${at}`).join(' ')} end`, [
    ...GROUNDS,
  ])

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
      .where(readableGrounds(reader))
      .orderBy(['g.conflict_id', { column: kindOrder }, 'g.other_id'])
      .select('g.*')
    return rows.map((row) => ({
      ...present(row),
      weight: row.weight,
      grounds: found.filter((ground) => ground.conflict_id === row.id).map(presentGround),
    }))
  }

  return {
    /** Conflicts that a reader may see, the highest weight first. Reads off the event loop. */
    async list({
      reader,
      facetId,
      kind,
      closed = false,
      cursor,
      limit,
    }: ConflictQuery): Promise<Page<Conflict>> {
      const query = readableConflicts(reader, kind)
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

    /** @throws CodedError CONFLICT_NOT_FOUND, also when the reader may not see the thread */
    async require(id: string, reader: Audience): Promise<Conflict> {
      const rows = await withGrounds(await readableConflicts(reader).where('c.id', id), reader)
      if (rows[0] === undefined) throw reviewErrors.CONFLICT_NOT_FOUND({ id })
      return rows[0]
    },

    /** Those of these conflicts that a reader may see, with the names of their facets by id. */
    async visibleAmong(ids: readonly string[], reader: Audience): Promise<Map<string, string>> {
      const rows = await readableConflicts(reader).whereIn('c.id', ids)
      return new Map(rows.map(({ id, facet }) => [id, facet]))
    },

    /** Thread id → conflict id, of the open conflicts on a facet of these threads (at most 500). */
    async openOn(facetId: string, threadIds: readonly string[]): Promise<Map<string, string>> {
      const rows = await conflicts()
        .where({ facet_id: facetId })
        .whereNull('closed_at')
        .whereIn('thread_id', threadIds)
        .select('id', 'thread_id')
      return new Map(rows.map((row) => [row.thread_id, row.id]))
    },

    /** Ids of the open conflicts on a facet that a reader may see, for use inside a query. */
    openQuery: (facetId: string, reader: Audience): Knex.QueryBuilder =>
      readableConflicts(reader)
        .where('c.facet_id', facetId)
        .whereNull('c.closed_at')
        .clear('select')
        .select('c.id'),

    /** The threads of all open conflicts on a facet. */
    openThreads: (facetId: string): Promise<string[]> =>
      conflicts().where({ facet_id: facetId }).whereNull('closed_at').orderBy('thread_id').pluck('thread_id'),

    /** Opens a conflict, in a transaction that has locked the thread. @returns its id */
    async open(facetId: string, threadId: string, reasons: readonly Ground[]): Promise<string> {
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
      return id
    },

    /** Replaces the grounds of an open conflict. */
    async replaceGrounds(id: string, reasons: readonly Ground[]): Promise<void> {
      await conflicts()
        .where({ id })
        .update({ weight: weightOf(reasons) })
      await grounds().where({ conflict_id: id }).delete()
      await grounds().insert(reasons.map((ground) => toRow(id, ground)))
    },

    /** Closes an open conflict; its grounds are kept. */
    async close(id: string, { outcome, rulingId }: Omit<ConflictEnd, 'at'>): Promise<void> {
      await conflicts()
        .where({ id })
        .whereNull('closed_at')
        .update({ closed_at: isoNow(clock), outcome, ruling_id: rulingId ?? null })
    },
  }
}

/** How likely the label is wrong, 0 to 1000: highest where people disagree or object. */
function weightOf(reasons: readonly Ground[]): number {
  const weights = reasons.map(({ kind, score }) =>
    kind === 'ratings' || kind === 'dispute'
      ? 1000
      : Math.round(1000 * (kind === 'suspect' ? 1 - score : score)),
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
    otherId: other_id || undefined,
    likely: likely || undefined,
    score,
  }
}
