import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Log } from '../../platform/platform.ts'

const GATHER_MS = 2_000
/** Articles that gather: in a flood, what comes beyond is left out. */
const MOST_WAITING = 10_000

/** Counts how often articles are read. */
export interface ReadRecorder {
  /** Counts a reading, a moment later. */
  note(articleId: string): void
  /** Stores what was noted. */
  close(): Promise<void>
}

/** Counts readings apart from the answers, which neither wait for it nor fail with it. */
export function createReadRecorder(
  db: Database,
  { clock, log }: { readonly clock: Clock; readonly log: Pick<Log, 'warn'> },
): ReadRecorder {
  let waiting = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let storing = Promise.resolve()

  async function store(counts: ReadonlyMap<string, number>): Promise<void> {
    const day = clock.now().toISOString().slice(0, 10)
    try {
      await db.transaction(async () => {
        // In one order, so that two processes never wait for each other.
        for (const [article_id, reads] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
          await db
            .sql('article_reads')
            .insert({ article_id, day, reads })
            .onConflict(['article_id', 'day'])
            .merge({ reads: db.sql.raw('article_reads.reads + ?', [reads]) })
      })
    } catch (error) {
      log.warn({ err: error }, 'readings of articles were not counted')
    }
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const counts = waiting
    waiting = new Map()
    if (counts.size > 0) storing = storing.then(() => store(counts))
  }

  return {
    note(articleId) {
      const before = waiting.get(articleId)
      if (before === undefined && waiting.size >= MOST_WAITING) return
      waiting.set(articleId, (before ?? 0) + 1)
      timer ??= setTimeout(flush, GATHER_MS).unref()
    },
    async close() {
      flush()
      await storing
    },
  }
}
