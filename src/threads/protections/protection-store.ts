import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import {
  mayBeSamePerson,
  type Protection,
  type ProtectionGround,
  type ProtectionState,
} from './protection.ts'

interface ProtectionRow {
  thread_id: string
  facet: string
  label: string
  basis: ProtectionGround['basis']
  probability: number | null
  protected_at: string
  requested_at: string | null
  requested_by_id: string | null
  requested_by_name: string | null
  request_reason: string | null
  released_at: string | null
  released_by_id: string | null
  released_by_name: string | null
  inherited_facet: string | null
  inherited_label: string | null
}

/** A protection, with the title of its thread. */
export interface ListedProtection extends Protection {
  readonly title: string
  /** Name of the source. */
  readonly source: string
}

/** A person's label that contradicts a lock: the request to release it. */
export interface Doubt {
  readonly by: { readonly id: string; readonly name: string }
  readonly reason: string
}

export type ProtectionStore = ReturnType<typeof createProtectionStore>

const ROWS = 200
const NO_RELEASE = {
  requested_at: null,
  requested_by_id: null,
  requested_by_name: null,
  request_reason: null,
  released_at: null,
  released_by_id: null,
  released_by_name: null,
}
const NEW = { ...NO_RELEASE, inherited_facet: null, inherited_label: null }

/** Protections of threads; a thread without one is not sensitive. */
export function createProtectionStore(db: Database, clock: Clock) {
  const protections = () => db.sql<ProtectionRow>('thread_protections')

  async function find(threadId: string): Promise<Protection | undefined> {
    const row = await protections().where({ thread_id: threadId }).first()
    return row && present(row)
  }

  /** Records that someone asked to release a thread. @returns whether nobody had */
  async function request(
    threadId: string,
    { id, name }: Pick<Actor, 'id' | 'name'>,
    reason: string,
  ): Promise<boolean> {
    const updated = await protections()
      .where({ thread_id: threadId })
      .whereNull('requested_at')
      .update({
        requested_at: isoNow(clock),
        requested_by_id: id,
        requested_by_name: name,
        request_reason: reason,
      })
    return updated > 0
  }

  return {
    find,

    /** The protection that keeps a thread from being shown: its own, or that of a thread it shows by a merge. */
    async lockOn(threadId: string): Promise<Protection | undefined> {
      const merged = db.sql('threads').where({ merged_into: threadId }).select('id')
      const row = await protections()
        .where((own) => own.where({ thread_id: threadId }).orWhereIn('thread_id', merged))
        .whereNull('released_at')
        .orderBy('thread_id')
        .first()
      return row && present(row)
    },

    /** Whether any of these threads is locked itself. */
    async anyLocked(threadIds: readonly string[]): Promise<boolean> {
      const row = await protections().whereIn('thread_id', threadIds).whereNull('released_at').first()
      return row !== undefined
    },

    /** Locks a thread with the ground of the one that its posts were split off; what people decided on it before stands. */
    async inherit(threadId: string, { facet, label }: ProtectionGround): Promise<void> {
      const columns = columnsOf({ facet, label, basis: 'split' })
      const inherited = { inherited_facet: facet, inherited_label: label }
      await protections()
        .insert({ thread_id: threadId, ...columns, protected_at: isoNow(clock), ...NO_RELEASE, ...inherited })
        .onConflict('thread_id')
        .merge(inherited)
    },

    /** The grounds that those of these threads inherited which were split off a locked one, whatever was added since. */
    async inherited(threadIds: readonly string[]): Promise<Map<string, ProtectionGround>> {
      const rows = await protections().whereIn('thread_id', threadIds).whereNotNull('inherited_facet')
      return new Map(
        rows.flatMap(({ thread_id, inherited_facet: facet, inherited_label: label }) =>
          facet === null || label === null ? [] : [[thread_id, { facet, label, basis: 'split' }]],
        ),
      )
    },

    /** By state, the latest first. */
    async list({
      state,
      cursor,
      limit,
    }: {
      readonly state?: ProtectionState
      readonly cursor?: string
      readonly limit: number
    }): Promise<Page<ListedProtection>> {
      const query = db
        .sql('thread_protections as k')
        .join('threads as t', 't.id', 'k.thread_id')
        .join('sources as s', 's.id', 't.source_id')
        .whereNull('t.removed_at')
        .orderBy([
          { column: 'k.protected_at', order: 'desc' },
          { column: 'k.thread_id', order: 'desc' },
        ])
        .limit(limit + 1)
        .select('k.*', 't.title', { source: 's.name' })
      if (state === 'released') query.whereNotNull('k.released_at')
      if (state === 'requested') query.whereNull('k.released_at').whereNotNull('k.requested_at')
      if (state === 'locked') query.whereNull('k.requested_at')
      if (cursor !== undefined) {
        const { key, id } = decodeCursor(cursor)
        query.whereRaw('(k.protected_at, k.thread_id) < (?, ?)', [key, id])
      }
      const rows: (ProtectionRow & { title: string; source: string })[] = await query
      const items = rows.map((row) => ({ ...present(row), title: row.title, source: row.source }))
      return toPage(items, limit, ({ protectedAt, threadId }) => ({ key: protectedAt, id: threadId }))
    },

    /**
     * Protects those of up to 500 threads that have a ground, and ends the protection of the others, in the transaction in
     * progress. A release stands until people say that the thread is sensitive where only a prediction said so before. Where
     * a person's label is in doubt of the ground, the protection stays, as one that this person asked to release.
     *
     * @param grounds by thread
     * @param doubts by thread
     * @returns the threads that may be seen by more people, or fewer, than before
     */
    async recompute(
      threadIds: readonly string[],
      grounds: ReadonlyMap<string, ProtectionGround>,
      doubts: ReadonlyMap<string, Doubt> = new Map(),
    ): Promise<string[]> {
      const rows = await protections().whereIn('thread_id', threadIds)
      const before = new Map(rows.map((row) => [row.thread_id, row]))
      const changed: string[] = []
      const groundless = rows.filter((row) => !grounds.has(row.thread_id))
      for (const row of groundless) {
        const doubt = doubts.get(row.thread_id)
        if (doubt !== undefined && row.requested_at === null)
          await request(row.thread_id, doubt.by, doubt.reason)
      }
      const ended = groundless.filter((row) => !doubts.has(row.thread_id))
      if (ended.length > 0)
        await protections()
          .whereIn(
            'thread_id',
            ended.map((row) => row.thread_id),
          )
          .delete()
      changed.push(...ended.filter((row) => row.released_at === null).map((row) => row.thread_id))
      const added: ProtectionRow[] = []
      for (const [threadId, ground] of grounds) {
        const known = before.get(threadId)
        const columns = columnsOf(ground)
        if (known === undefined) {
          added.push({ thread_id: threadId, ...columns, protected_at: isoNow(clock), ...NEW })
          changed.push(threadId)
        } else if (!isSame(known, ground)) {
          const again = ground.basis === 'label' && (known.basis !== 'label' || known.label !== ground.label)
          await protections()
            .where({ thread_id: threadId })
            .update(again ? { ...columns, protected_at: isoNow(clock), ...NO_RELEASE } : columns)
          if (again && known.released_at !== null) changed.push(threadId)
        }
      }
      for (let from = 0; from < added.length; from += ROWS)
        await db
          .sql('thread_protections')
          .insert(added.slice(from, from + ROWS))
          .onConflict('thread_id')
          .ignore()
      return changed.sort()
    },

    request,

    /** Releases a thread that someone else asked to release. @returns whether there was such a request */
    async release(threadId: string, actor: Actor): Promise<boolean> {
      const row = await protections().where({ thread_id: threadId }).first()
      if (row?.requested_at == null || mayBeSamePerson(requesterOf(row), actor)) return false
      const updated = await protections()
        .where({ thread_id: threadId, requested_at: row.requested_at })
        .whereNull('released_at')
        .update({ released_at: isoNow(clock), released_by_id: actor.id, released_by_name: actor.name })
      return updated > 0
    },

    /** Locks a thread again: takes back its release, and the request for it. */
    async lock(threadId: string): Promise<void> {
      await protections().where({ thread_id: threadId }).update(NO_RELEASE)
    },
  }
}

function columnsOf({ facet, label, basis, probability }: ProtectionGround) {
  return { facet, label, basis, probability: probability ?? null }
}

function isSame(row: ProtectionRow, ground: ProtectionGround): boolean {
  return (
    row.facet === ground.facet &&
    row.label === ground.label &&
    row.basis === ground.basis &&
    row.probability === (ground.probability ?? null)
  )
}

function requesterOf(row: ProtectionRow) {
  return { id: row.requested_by_id ?? '', name: row.requested_by_name ?? '' }
}

function present(row: ProtectionRow): Protection {
  return {
    threadId: row.thread_id,
    facet: row.facet,
    label: row.label,
    basis: row.basis,
    probability: row.probability ?? undefined,
    state: row.released_at !== null ? 'released' : row.requested_at !== null ? 'requested' : 'locked',
    protectedAt: row.protected_at,
    requested:
      row.requested_at === null
        ? undefined
        : { by: requesterOf(row), reason: row.request_reason ?? '', at: row.requested_at },
    released:
      row.released_at === null
        ? undefined
        : { by: { id: row.released_by_id ?? '', name: row.released_by_name ?? '' }, at: row.released_at },
  }
}
