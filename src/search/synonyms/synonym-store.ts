import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { decodeNumberCursor, type Page, toPage } from '../../platform/page.ts'
import type { SynonymEntry } from '../engine/synonyms/synonym-table.ts'
import { synonymErrors } from './errors.ts'
import { keyOf, lineOf, parseLine } from './synonym-text.ts'

export interface StoredEntry extends SynonymEntry {
  readonly id: number
}

/** An entry as it is stored; lines that say the same have the same key. */
export interface EntryLine {
  readonly id: number
  readonly key: string
  readonly line: string
}

/** Who saved a version and when; version 0, which has nobody, holds nothing. */
export interface SynonymVersion {
  readonly version: number
  readonly actor?: { readonly id: string; readonly name: string }
  readonly createdAt?: string
  readonly restoredFrom?: number
  /** Entries that it has, that it added to the one before, and that it removed from that. */
  readonly entries: number
  readonly added: number
  readonly removed: number
}

/** Entries, by their lines, that one version has and another does not. */
export interface SynonymDifference {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

interface VersionRow {
  version: number
  actor_id: string
  actor_name: string
  created_at: string
  restored_from: number | null
  entries: number
  added: number
  removed: number
}

export interface EntryRow {
  id: number
  key: string
  line: string
  added_in: number
  removed_in: number | null
}

const ROWS_A_STATEMENT = 500
const NOTHING: SynonymVersion = { version: 0, entries: 0, added: 0, removed: 0 }

export type SynonymStore = ReturnType<typeof createSynonymStore>

/** Versions of the synonyms, each immutable, and what proposals were declined. */
export function createSynonymStore(db: Database) {
  const versions = () => db.sql<VersionRow>('synonym_versions')
  const entries = () => db.sql<EntryRow>('synonym_entries')
  const declined = () => db.sql('declined_synonyms')

  async function current(): Promise<SynonymVersion> {
    const row = await versions().orderBy('version', 'desc').first()
    return row === undefined ? NOTHING : toVersion(row)
  }

  /** @throws CodedError SYNONYM_VERSION_NOT_FOUND */
  async function require(version: number): Promise<SynonymVersion> {
    if (version === 0) return NOTHING
    const row = await versions().where({ version }).first()
    if (row === undefined) throw synonymErrors.SYNONYM_VERSION_NOT_FOUND({ version })
    return toVersion(row)
  }

  return {
    current,
    require,

    /** The entries of a version, in the order in which they were added. */
    async linesOf(version: number): Promise<EntryLine[]> {
      return entries()
        .where('added_in', '<=', version)
        .where((still) => still.whereNull('removed_in').orWhere('removed_in', '>', version))
        .orderBy('id')
        .select('id', 'key', 'line')
    },

    /** Entries that came or went after a version: many are read off the event loop. */
    async changedSince(version: number): Promise<readonly EntryRow[]> {
      const changed = entries()
        .where('added_in', '>', version)
        .orWhere('removed_in', '>', version)
        .orderBy('id')
      const sizes = await versions()
        .where('version', '>', version)
        .sum<{ added: number | string | null; removed: number | string | null }[]>({
          added: 'added',
          removed: 'removed',
        })
      const rows = Number(sizes[0]?.added ?? 0) + Number(sizes[0]?.removed ?? 0)
      return rows > ROWS_A_STATEMENT ? db.longRead<EntryRow>(changed) : changed
    },

    /** What an earlier version lacks of a later one, and has beyond it. */
    async difference(from: number, to: number): Promise<SynonymDifference> {
      const rows: EntryRow[] = await entries()
        .whereBetween('added_in', [from + 1, to])
        .orWhereBetween('removed_in', [from + 1, to])
        .orderBy('id')
      const has = ({ added_in, removed_in }: EntryRow, version: number) =>
        added_in <= version && (removed_in === null || removed_in > version)
      const lines = (which: (row: EntryRow) => boolean) => rows.filter(which).map(({ line }) => line)
      const added = lines((row) => has(row, to) && !has(row, from))
      const removed = lines((row) => has(row, from) && !has(row, to))
      // Removed and added again, it is there as before.
      const isBoth = new Set(added.filter((line) => removed.includes(line)))
      const one = (all: string[]) => all.filter((line) => !isBoth.has(line))
      return { added: one(added), removed: one(removed) }
    },

    /** All versions, the latest first; the last is 0. */
    async list({
      cursor,
      limit,
    }: {
      readonly cursor?: string
      readonly limit: number
    }): Promise<Page<SynonymVersion>> {
      const query = versions()
        .orderBy('version', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('version', '<', decodeNumberCursor(cursor))
      const found = (await query).map(toVersion)
      if (found.length <= limit) found.push(NOTHING)
      return toPage(found, limit, ({ version }) => ({ key: String(version), id: '' }))
    },

    /**
     * Adds the version after `basedOn` in the transaction in progress.
     *
     * @returns undefined when it exists already
     */
    async append(
      clock: Clock,
      {
        basedOn,
        add,
        remove,
        size,
        actor,
        restoredFrom,
      }: {
        readonly basedOn: number
        readonly add: readonly SynonymEntry[]
        readonly remove: readonly number[]
        readonly size: number
        readonly actor: Actor
        readonly restoredFrom?: number
      },
    ): Promise<SynonymVersion | undefined> {
      const row: VersionRow = {
        version: basedOn + 1,
        actor_id: actor.id,
        actor_name: actor.name,
        created_at: isoNow(clock),
        restored_from: restoredFrom ?? null,
        entries: size,
        added: add.length,
        removed: remove.length,
      }
      const inserted = await versions().insert(row).onConflict('version').ignore().returning('version')
      if (inserted.length === 0) return undefined
      for (let from = 0; from < remove.length; from += ROWS_A_STATEMENT)
        await entries()
          .whereIn('id', remove.slice(from, from + ROWS_A_STATEMENT))
          .update({ removed_in: row.version })
      const [last] = await entries().max<{ id: number | null }[]>({ id: 'id' })
      const first = Number(last?.id ?? 0) + 1
      const rows = add.map(
        (entry, at): EntryRow => ({
          id: first + at,
          key: keyOf(entry),
          line: lineOf(entry),
          added_in: row.version,
          removed_in: null,
        }),
      )
      for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
        await entries().insert(rows.slice(from, from + ROWS_A_STATEMENT))
      return toVersion(row)
    },

    /** The keys of proposals that were declined. */
    async declined(): Promise<Set<string>> {
      const keys: string[] = await declined().pluck('key')
      return new Set(keys)
    },

    /** Notes that a proposal was declined, once. */
    async decline(entry: SynonymEntry, actor: Actor, clock: Clock): Promise<void> {
      await declined()
        .insert({ key: keyOf(entry), actor_id: actor.id, actor_name: actor.name, at: isoNow(clock) })
        .onConflict('key')
        .ignore()
    },
  }
}

/** An entry of a row. */
export function toEntry({ id, line }: Pick<EntryRow, 'id' | 'line'>): StoredEntry {
  return { id, ...parseLine(line) }
}

function toVersion(row: VersionRow): SynonymVersion {
  const { version, entries, added, removed } = row
  return {
    version,
    actor: { id: row.actor_id, name: row.actor_name },
    createdAt: row.created_at,
    restoredFrom: row.restored_from ?? undefined,
    entries,
    added,
    removed,
  }
}
