import type { ImportRecord } from './import-history.ts'
import { ENDED } from './import-queue.ts'
import { presentImport } from './present-import.ts'
import { type ImportWatch, versionOf } from './watch-imports.ts'

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
