import { setImmediate } from 'node:timers/promises'
import type { Database } from '../../platform/database/database.ts'
import type { SearchLog } from '../search-index.ts'
import { createTitleIndex, type TitledDocument, type TitleIndex } from './title-index.ts'

/** The titles in step with the engine, which knows words but no longer how they are written. */
export interface LiveTitles extends Pick<TitleIndex, 'has' | 'view'> {
  /** Takes over a change that the engine has taken over: the document as it is now, or undefined once it is gone. */
  follow(id: string, document: TitledDocument | undefined): void
  /** Reads in the background what the engine took from a snapshot: the documents up to a number of the change sequence. */
  readUpTo(position: number): void
  clear(): void
  /** Waits for what is being read, and reads no further. */
  close(): Promise<void>
}

interface TitleRow extends Omit<TitledDocument, 'source'> {
  readonly source: string | null
  readonly seq: number | string
}

const READ_AT_ONCE = 2_000
/** Titles taken over between two yields to the event loop: some milliseconds. */
const A_TURN = 200

export function createLiveTitles(db: Database, log: SearchLog): LiveTitles {
  const titles = createTitleIndex()
  /** While titles are read: the documents that changed since, of which what is read may be older. */
  let changed: Set<string> | undefined
  let reading = Promise.resolve()
  let isClosed = false

  async function read(position: number): Promise<void> {
    const since = new Set<string>()
    changed = since
    try {
      let after = 0
      for (let rows = await rowsAfter(after); rows.length > 0; rows = await rowsAfter(after)) {
        for (const [at, { seq, source, ...document }] of rows.entries()) {
          // Another reading has begun.
          if (isClosed || changed !== since) return
          after = Number(seq)
          if (!since.has(document.id)) titles.put({ ...document, source: source ?? undefined })
          if (at % A_TURN === A_TURN - 1) await setImmediate()
        }
      }
    } catch (error) {
      log.warn({ err: error }, 'titles were not read: words are not completed until the next start')
    } finally {
      if (changed === since) changed = undefined
    }

    async function rowsAfter(seq: number): Promise<TitleRow[]> {
      return db.longRead<TitleRow>(
        db
          .sql('search_documents')
          .where('seq', '>', seq)
          .where('seq', '<=', position)
          .whereRaw('not deleted')
          .orderBy('seq')
          .limit(READ_AT_ONCE)
          .select('seq', 'id', 'kind', 'language', 'audience', 'title', 'source'),
      )
    }
  }

  return {
    has: titles.has,
    view: titles.view,
    follow(id, document) {
      changed?.add(id)
      if (document === undefined) titles.remove(id)
      else titles.put(document)
    },
    readUpTo(position) {
      reading = reading.then(() => read(position))
    },
    clear() {
      changed = undefined
      titles.clear()
    },
    async close() {
      isClosed = true
      await reading
    },
  }
}
