import { type ImportRecord, presentImport } from './import-history.ts'
import { ENDED } from './import-queue.ts'

/** Somebody who wants to know how an import goes on. */
export interface ImportWatch {
  /**
   * The import as it is, once it differs from what was told last; `quiet` when nothing happened for `quietMs`,
   * `closed` when nobody watches any more. The first call answers as soon as the import is read.
   */
  next(quietMs: number): Promise<News>
  close(): void
}

type News = ImportRecord | 'quiet' | 'closed'

interface ImportWatching {
  watch(id: string): ImportWatch
  /** Ends all waiting. */
  close(): void
}

const POLL_MS = 500

/** Whether anything happened to an import between two readings. */
export function versionOf({ status, attempts, progressAt, cancelRequestedAt }: ImportRecord): string {
  return [
    attempts,
    Date.parse(progressAt),
    status,
    ...(cancelRequestedAt === undefined ? [] : ['ending']),
  ].join('-')
}

/**
 * Follows imports for any number of listeners, whichever process runs them: while anybody listens, one query every
 * half second reads all that are listened to.
 *
 * @param read the imports with these ids
 */
export function createImportWatching(
  read: (ids: readonly string[]) => Promise<readonly ImportRecord[]>,
  pollMs = POLL_MS,
): ImportWatching {
  interface Listener {
    readonly id: string
    wake: () => void
  }
  const listeners = new Set<Listener>()
  const latest = new Map<string, ImportRecord>()
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  async function poll(): Promise<void> {
    const ids = [...new Set([...listeners].map(({ id }) => id))]
    try {
      for (const record of await read(ids)) latest.set(record.id, record)
    } catch {
      // The database is away for a moment: listeners hear of it by hearing nothing.
    }
    for (const id of latest.keys()) if (![...listeners].some((each) => each.id === id)) latest.delete(id)
    for (const { wake } of [...listeners]) wake()
    timer = listeners.size > 0 && !isClosed ? setTimeout(poll, pollMs) : undefined
  }

  function listen(listener: Listener): void {
    listeners.add(listener)
    timer ??= setTimeout(poll, 0)
  }

  return {
    watch(id) {
      let told: string | undefined
      const listener: Listener = { id, wake: () => undefined }
      if (!isClosed) listen(listener)

      function news(): ImportRecord | undefined {
        const record = latest.get(id)
        if (record === undefined || versionOf(record) === told) return undefined
        told = versionOf(record)
        return record
      }

      return {
        next(quietMs) {
          const now = () => (listeners.has(listener) ? news() : 'closed')
          const known = now()
          if (known !== undefined) return Promise.resolve(known)
          return new Promise((resolve) => {
            const finish = (told: News) => {
              clearTimeout(quiet)
              listener.wake = () => undefined
              resolve(told)
            }
            const quiet = setTimeout(finish, quietMs, 'quiet')
            listener.wake = () => {
              const told = now()
              if (told !== undefined) finish(told)
            }
          })
        },
        close() {
          listeners.delete(listener)
          listener.wake()
        },
      }
    },

    close() {
      isClosed = true
      clearTimeout(timer)
      const left = [...listeners]
      listeners.clear()
      for (const { wake } of left) wake()
    },
  }
}

/** Proxies close a line on which nothing has been said for a minute or so. */
const HEARTBEAT_MS = 15_000

/**
 * An import's progress as server-sent events: its state first, then each change, at last how it ended; a comment
 * where there is nothing to say. A reader that is slow misses states in between, never the last one.
 */
export async function* importEvents(watch: ImportWatch, heartbeatMs = HEARTBEAT_MS): AsyncGenerator<string> {
  try {
    // A listener whose connection broke comes back at once, not after the seconds that browsers choose.
    yield 'retry: 2000\n\n'
    for (;;) {
      const news = await watch.next(heartbeatMs)
      if (news === 'closed') return
      yield news === 'quiet' ? ': still here\n\n' : event(news)
      if (news !== 'quiet' && hasEnded(news)) return
    }
  } finally {
    watch.close()
  }
}

export function hasEnded({ status }: Pick<ImportRecord, 'status'>): boolean {
  return ENDED.some((each) => each === status)
}

function event(record: ImportRecord): string {
  const name = hasEnded(record) ? record.status : 'progress'
  return `id: ${versionOf(record)}\nevent: ${name}\ndata: ${JSON.stringify(presentImport(record))}\n\n`
}
