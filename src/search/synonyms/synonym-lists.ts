import { setImmediate } from 'node:timers/promises'
import { type Counters, keepUntilChanged } from '../../platform/database/change-counters.ts'
import type { Database } from '../../platform/database/database.ts'
import { createTermAnalyser } from '../../text/terms/terms.ts'
import {
  createSynonymTable,
  type ReadEntry,
  readEntry,
  type SynonymTable,
} from '../engine/synonyms/synonym-table.ts'
import { type StoredEntry, type SynonymStore, toEntry } from './synonym-store.ts'

/** The synonyms in force, in this process. */
export interface SynonymLists {
  readonly version: number
  /** By id, in the order in which they were added. */
  readonly entries: ReadonlyMap<number, StoredEntry>
  readonly table: SynonymTable
}

export interface CurrentSynonyms {
  /**
   * The synonyms as of `counters` or later. Not for use inside a transaction.
   *
   * @param counters read now if absent
   */
  current(counters?: Counters): Promise<SynonymLists>
}

/** Entries read between two yields to the event loop: a millisecond or two. */
const ENTRIES_A_TURN = 100

/** Keeps the synonyms of this process in step with the database: it reads what versions added and removed, and no more. */
export function createCurrentSynonyms(db: Database, store: SynonymStore): CurrentSynonyms {
  const analyser = createTermAnalyser({ cachedWords: 10_000 })
  let lists = empty()
  let last: Promise<unknown> = Promise.resolve()

  async function load(): Promise<SynonymLists> {
    const { version } = await store.current()
    // A database that was restored from a copy.
    if (version < lists.version) lists = empty()
    if (version === lists.version) return lists
    const gone: number[] = []
    const come: { readonly entry: StoredEntry; readonly read: ReadEntry }[] = []
    for (const [at, row] of (await store.changedSince(lists.version)).entries()) {
      if (row.removed_in !== null && row.removed_in <= version) gone.push(row.id)
      else if (row.added_in > lists.version && row.added_in <= version) {
        const entry = toEntry(row)
        come.push({ entry, read: readEntry(analyser, entry) })
      }
      if (at % ENTRIES_A_TURN === ENTRIES_A_TURN - 1) await setImmediate()
    }
    // At once: no query meets half of a version.
    for (const id of gone) {
      lists.entries.delete(id)
      lists.table.remove(id)
    }
    for (const { entry, read } of come) {
      lists.entries.set(entry.id, entry)
      lists.table.put(entry.id, read)
    }
    lists = { ...lists, version }
    return lists
  }

  return keepUntilChanged(db, ['synonyms'], () => {
    // One after the other, for they change the same table.
    const next = last.then(load, load)
    last = next
    return next
  })
}

function empty() {
  return { version: 0, entries: new Map<number, StoredEntry>(), table: createSynonymTable() }
}
