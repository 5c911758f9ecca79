import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { SynonymEntry } from '../engine/synonyms/synonym-table.ts'
import { synonymErrors } from './errors.ts'
import type { EntryLine, SynonymStore, SynonymVersion } from './synonym-store.ts'
import { checkEntry, keyOf, lineOf, MOST_ENTRIES, readLines } from './synonym-text.ts'

export interface SynonymDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: Pick<AuditLog, 'record'>
  readonly store: SynonymStore
}

/** What is to change of the synonyms that were read. */
export interface SynonymChange {
  readonly add?: readonly SynonymEntry[]
  /** Ids. */
  readonly remove?: readonly number[]
  /** Entries to add, as text. */
  readonly text?: string
  /** Whether entries that the text does not have are removed. */
  readonly replace?: boolean
}

interface Saving {
  readonly change: SynonymChange
  /** The version that was read. */
  readonly basedOn: number
  readonly actor: Actor
  readonly restoredFrom?: number
}

/** A change as it is made to the entries that there are. */
export interface ResolvedChange {
  readonly add: readonly SynonymEntry[]
  readonly remove: readonly number[]
  /** Entries that there are then. */
  readonly size: number
}

/** A change that was read and checked. */
export interface ReadChange {
  /** By key. */
  readonly add: ReadonlyMap<string, SynonymEntry>
  readonly remove: readonly number[]
  readonly replace: boolean
}

/** Lines of a change that the audit log keeps; versions keep all. */
const MOST_AUDITED = 100
/** Lines of others' changes that a conflict shows. */
const MOST_SHOWN = 50

/**
 * Saves a change as the next version. What is there already is not added again.
 *
 * @throws CodedError SYNONYMS_CONFLICT when others saved since, with what they changed; SYNONYM_… as {@link readChange} and
 *   {@link resolveChange}
 */
export async function saveSynonyms(
  deps: SynonymDeps,
  { change, basedOn, actor, restoredFrom }: Saving,
): Promise<SynonymVersion> {
  const { db, clock, audit, store } = deps
  const read = await readChange(change)
  return db.transaction(async () => {
    const { version } = await store.current()
    if (version !== basedOn) throw await conflictOf(store, basedOn)
    const entries = await store.linesOf(version)
    const resolved = resolveChange(entries, read)
    const saved = await store.append(clock, { ...resolved, basedOn, actor, restoredFrom })
    if (saved === undefined) throw await conflictOf(store, basedOn)
    const gone = new Set(resolved.remove)
    const removed = entries.filter(({ id }) => gone.has(id)).map(({ line }) => line)
    await audit.record('synonyms.saved', actor, `synonyms/${saved.version}`, {
      before: { removed: removed.slice(0, MOST_AUDITED) },
      after: { added: resolved.add.slice(0, MOST_AUDITED).map(lineOf), restoredFrom },
    })
    return saved
  })
}

/**
 * Puts the entries of an earlier version in force again, as a new version.
 *
 * @throws CodedError SYNONYM_VERSION_NOT_FOUND, SYNONYMS_UNCHANGED, SYNONYMS_CONFLICT
 */
export async function restoreSynonyms(
  deps: SynonymDeps,
  { version, basedOn, actor }: { readonly version: number; readonly basedOn: number; readonly actor: Actor },
): Promise<SynonymVersion> {
  await deps.store.require(version)
  const text = (await deps.store.linesOf(version)).map(({ line }) => line).join('\n')
  return saveSynonyms(deps, { change: { text, replace: true }, basedOn, actor, restoredFrom: version })
}

/** Reads and checks what is to be added. @throws CodedError SYNONYM_CHANGE_UNCLEAR, and SYNONYM_… for what a line has */
export async function readChange({
  add,
  remove = [],
  text,
  replace = false,
}: SynonymChange): Promise<ReadChange> {
  if (text === undefined ? replace : add !== undefined) throw synonymErrors.SYNONYM_CHANGE_UNCLEAR()
  const entries =
    text === undefined ? (add ?? []).map((entry, at) => checkEntry(entry, at + 1)) : await readLines(text)
  return { add: new Map(entries.map((entry) => [keyOf(entry), entry])), remove, replace }
}

/**
 * What a change adds to these entries and removes from them.
 *
 * @throws CodedError SYNONYM_NOT_FOUND, SYNONYMS_UNCHANGED, SYNONYMS_TOO_MANY
 */
export function resolveChange(entries: readonly EntryLine[], change: ReadChange): ResolvedChange {
  const known = new Map(entries.map(({ key, id }) => [key, id]))
  const ids = new Set(known.values())
  const missing = change.remove.find((id) => !ids.has(id))
  if (missing !== undefined) throw synonymErrors.SYNONYM_NOT_FOUND({ id: missing })
  const isGone = new Set(change.remove)
  if (change.replace) for (const [key, id] of known) if (!change.add.has(key)) isGone.add(id)
  const add: SynonymEntry[] = []
  for (const [key, entry] of change.add) {
    const id = known.get(key)
    if (id === undefined) add.push(entry)
    // Edited back to what it was.
    else isGone.delete(id)
  }
  if (add.length === 0 && isGone.size === 0) throw synonymErrors.SYNONYMS_UNCHANGED()
  const size = entries.length - isGone.size + add.length
  if (size > MOST_ENTRIES) throw synonymErrors.SYNONYMS_TOO_MANY({ entries: size, most: MOST_ENTRIES })
  return { add, remove: [...isGone], size }
}

async function conflictOf(store: SynonymStore, basedOn: number) {
  const { version, actor, createdAt } = await store.current()
  const { added, removed } = await store.difference(Math.max(0, Math.min(basedOn, version)), version)
  const by = actor?.name ?? ''
  const lines = { added: added.slice(0, MOST_SHOWN), removed: removed.slice(0, MOST_SHOWN) }
  return synonymErrors.SYNONYMS_CONFLICT({ version, by, current: { version, by, at: createdAt, ...lines } })
}
