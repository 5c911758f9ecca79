import { type ImportRecord, presentImport } from './import-history.ts'
import { ENDED } from './import-queue.ts'

/** A listener to the progress of an import. */
export interface ImportWatch {
  /**
   * Resolves to the import once it differs from the last result, to `quiet` if nothing happened for `quietMs`, and to
   * `closed` after the watch was closed. The first call resolves as soon as the import has been read.
   */
  next(quietMs: number): Promise<ImportUpdate>
  close(): void
}

type ImportUpdate = ImportRecord | 'quiet' | 'closed'

interface ImportWatching {
  watch(id: string): ImportWatch
  /** Closes all watches. */
  close(): void
}

const POLL_MS = 500

/** A text that differs whenever the state of an import does. */
export function versionOf({ status, attempts, progressAt, cancelRequestedAt }: ImportRecord): string {
  return [
    attempts,
    Date.parse(progressAt),
    status,
    ...(cancelRequestedAt === undefined ? [] : ['ending']),
  ].join('-')
}

/**
 * Follows imports for any number of listeners, whichever process runs the imports. While there are listeners, one query
 * every half second reads all watched imports.
 *
 * @param read returns the imports with these ids
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
      // The database is temporarily unavailable: listeners receive nothing until it is back.
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
      let lastVersion: string | undefined
      const listener: Listener = { id, wake: () => undefined }
      if (!isClosed) listen(listener)

      function update(): ImportRecord | undefined {
        const record = latest.get(id)
        if (record === undefined || versionOf(record) === lastVersion) return undefined
        lastVersion = versionOf(record)
        return record
      }

      return {
        next(quietMs) {
          const now = () => (listeners.has(listener) ? update() : 'closed')
          const known = now()
          if (known !== undefined) return Promise.resolve(known)
          return new Promise((resolve) => {
            const finish = (result: ImportUpdate) => {
              clearTimeout(quiet)
              listener.wake = () => undefined
              resolve(result)
            }
            const quiet = setTimeout(finish, quietMs, 'quiet')
            listener.wake = () => {
              const result = now()
              if (result !== undefined) finish(result)
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

/** Proxies close a connection that has been idle for about a minute. */
const HEARTBEAT_MS = 15_000

/**
 * The progress of an import as server-sent events: its state, then each change, and finally its end; a comment while
 * nothing changes. A slow reader misses intermediate states, but never the last one.
 */
export async function* importEvents(watch: ImportWatch, heartbeatMs = HEARTBEAT_MS): AsyncGenerator<string> {
  try {
    // A listener whose connection broke reconnects sooner than by the default of browsers.
    yield 'retry: 2000\n\n'
    for (;;) {
      const update = await watch.next(heartbeatMs)
      if (update === 'closed') return
      yield update === 'quiet' ? ': still here\n\n' : event(update)
      if (update !== 'quiet' && hasEnded(update)) return
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
