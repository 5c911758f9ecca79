import { setImmediate } from 'node:timers/promises'
import type { DocumentStore } from './document-store.ts'
import { createSearchEngine, type SearchEngine } from './engine/create-search-engine.ts'
import type { SearchDocument } from './engine/document.ts'
import type { SnapshotFile } from './snapshot-file.ts'

/** Where the index logs; a pino logger is one. */
export interface SearchLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

/** An engine as far as it has come. */
export interface EngineAtHand {
  readonly engine: SearchEngine
  /** Changes that it does not hold yet. */
  readonly behind: number
}

/** This process's own index, brought up to date before each query. */
export interface SearchIndex {
  /**
   * The engine with everything that was committed before the call. Concurrent calls share the work.
   *
   * @param newest number of the last change as of the call, if it is known already
   */
  upToDate(newest?: number): Promise<SearchEngine>
  /**
   * The engine as `upToDate` gives it where little is missing. Where much is, as after a large import or a start from an
   * old snapshot, the engine as it is, and the rest is read meanwhile.
   *
   * @param newest number of the last change as of the call, if it is known already
   */
  atHand(newest?: number): Promise<EngineAtHand>
  /** Number of the last change that the engine holds. */
  position(): number
  /** Writes a snapshot for the next process, unless the last one is still up to date. */
  close(): Promise<void>
}

export interface SearchIndexOptions {
  /**
   * Changes since the last snapshot after which another is written (default 20,000), if they are also as many as the
   * documents: writing a snapshot blocks the event loop for a time that grows with the documents.
   */
  readonly snapshotAfter?: number
  /** Changes that a question waits for (default 1,000, about a second); with more missing it is answered from what there is. */
  readonly waitsFor?: number
  /** Hears of a document that another version replaces in the engine, or nothing. */
  readonly onChange?: (id: string, document?: SearchDocument) => void
  /** Hears that the engine holds what was there up to a change, taken from a snapshot. */
  readonly onRestore?: (position: number) => void
  /** Hears that the engine begins anew. */
  readonly onRebuild?: () => void
}

/** Changes fetched at once. */
const CHUNK = 500
/** Documents analysed between two yields to the event loop: a few milliseconds' work. */
const DOCUMENTS_A_TURN = 8

/** An index that is built at its first use, from the snapshot where that is usable. */
export function createSearchIndex(
  store: DocumentStore,
  snapshots: SnapshotFile,
  log: SearchLog,
  { snapshotAfter = 20_000, waitsFor = 1_000, onChange, onRestore, onRebuild }: SearchIndexOptions = {},
): SearchIndex {
  let engine = createSearchEngine()
  let identity = ''
  /** Number of the last change that the engine holds. */
  let position = 0
  /** Number of the last change that the snapshot holds. */
  let saved = 0
  /** Changes applied since the last snapshot. */
  let applied = 0
  let starting: Promise<void> | undefined
  let started = false
  let saving = Promise.resolve()
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  async function start(): Promise<void> {
    identity = await store.identity()
    try {
      await restore()
    } catch (error) {
      engine = createSearchEngine()
      log.warn({ err: error, file: snapshots.path }, 'search snapshot unusable, rebuilding the index')
    }
    started = true
  }

  /** A start that failed, for the database was away, is tried again. */
  function begun(): Promise<void> {
    starting ??= start().catch((error) => {
      starting = undefined
      throw error
    })
    return starting
  }

  async function restore(): Promise<void> {
    const snapshot = await snapshots.read()
    if (snapshot === undefined) return
    if (snapshot.identity !== identity) throw new Error('it belongs to another database')
    if (snapshot.position > (await store.position())) throw new Error('it is newer than the database')
    engine.restore(snapshot.bytes)
    position = snapshot.position
    saved = position
    onRestore?.(position)
  }

  async function catchUp(): Promise<void> {
    await begun()
    const target = await store.position()
    if (target < position) {
      log.warn({ position, target }, 'the database is older than the search index, rebuilding the index')
      engine = createSearchEngine()
      onRebuild?.()
      position = 0
    }
    while (position < target) {
      const changes = await store.changesAfter(position, CHUNK, target - position)
      for (const [at, change] of changes.entries()) {
        if ('removed' in change) {
          engine.remove(change.removed)
          onChange?.(change.removed)
        } else {
          engine.put(change.document)
          onChange?.(change.document.id, change.document)
        }
        position = change.seq
        if (at % DOCUMENTS_A_TURN === DOCUMENTS_A_TURN - 1) await setImmediate()
      }
      applied += changes.length
      // A number without a row belongs to a change that a later one replaced.
      if (changes.length < CHUNK) position = Math.max(position, target)
    }
    if (applied >= Math.max(snapshotAfter, engine.size)) saving = saving.then(save)
  }

  async function save(): Promise<void> {
    if (position === saved) return
    applied = 0
    const snapshot = { identity, position, bytes: engine.snapshot() }
    try {
      await snapshots.write(snapshot)
      saved = snapshot.position
      log.info({ position: saved, bytes: snapshot.bytes.length }, 'search snapshot written')
    } catch (error) {
      log.warn({ err: error, file: snapshots.path }, 'cannot write the search snapshot')
    }
  }

  function begin(): Promise<void> {
    const run = catchUp().finally(() => {
      running = undefined
    })
    running = run
    return run
  }

  /** The catch-up in progress may have missed what was committed since it began; the one after it has not. */
  function join(): Promise<void> {
    if (next !== undefined) return next
    if (running === undefined) return begin()
    next = running
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return begin()
      })
    return next
  }

  async function upToDate(newest?: number): Promise<SearchEngine> {
    if (!started || newest === undefined || newest !== position || running !== undefined) await join()
    return engine
  }

  return {
    upToDate,
    async atHand(newest) {
      await begun()
      const behind = (newest ?? (await store.position())) - position
      if (behind <= waitsFor) return { engine: await upToDate(newest), behind: 0 }
      if (running === undefined)
        begin().catch((error) =>
          log.warn({ err: error }, 'the search index cannot be brought up to date now'),
        )
      return { engine, behind }
    },
    position: () => position,
    async close() {
      await Promise.allSettled([running, next])
      await saving
      if (started) await save()
    },
  }
}
