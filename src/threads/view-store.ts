import type { Database } from '../platform/database/database.ts'

const CHUNK = 500

/** How often a thread was viewed in a period, as far as that is known. */
export interface ViewsBetween {
  readonly threadId: string
  /** Views between `since` and `until`; may be fractional, because they are interpolated. */
  readonly views: number
  /** Start of the part of the period that observations cover, in ISO 8601. */
  readonly since: string
  /** End of that part, in ISO 8601. */
  readonly until: string
}

interface Observation {
  readonly at: number
  readonly views: number
}

export type ViewStore = ReturnType<typeof createViewStore>

/** Views over time, as differences of the totals that sources state; one total is stored per thread and day. */
export function createViewStore(db: Database) {
  return {
    /**
     * How often threads were viewed from `from` until `to`. Between two observations views are interpolated linearly; a
     * smaller total counts as a reset to 0 in between (as in Prometheus); before the first and after the last observation
     * nothing is known. A thread with one observation only, or with none in the period, is left out: unknown is not 0.
     */
    async viewsBetween(threadIds: readonly string[], from: Date, to: Date): Promise<ViewsBetween[]> {
      const found: ViewsBetween[] = []
      for (let at = 0; at < threadIds.length; at += CHUNK) {
        const ids = threadIds.slice(at, at + CHUNK)
        const rows: { thread_id: string; day: string; views: number }[] = await db
          .sql('thread_views')
          .where(db.among('thread_id', ids))
          .orderBy(['thread_id', 'day'])
        const observed = new Map<string, Observation[]>()
        for (const { thread_id, day, views } of rows) {
          const list = observed.get(thread_id) ?? []
          list.push({ at: Date.parse(day), views })
          observed.set(thread_id, list)
        }
        for (const threadId of ids) {
          const views = viewsIn(observed.get(threadId) ?? [], from.getTime(), to.getTime())
          if (views !== undefined) found.push({ threadId, ...views })
        }
      }
      return found
    },
  }
}

/** A total counts for the beginning of the day on which it was observed. */
function viewsIn(
  observations: readonly Observation[],
  from: number,
  to: number,
): Omit<ViewsBetween, 'threadId'> | undefined {
  const since = Math.max(from, observations[0]?.at ?? Number.POSITIVE_INFINITY)
  const until = Math.min(to, observations.at(-1)?.at ?? Number.NEGATIVE_INFINITY)
  if (since >= until) return undefined
  let views = 0
  for (const [i, point] of observations.entries()) {
    const before = observations[i - 1]
    if (before === undefined) continue
    const gained = point.views >= before.views ? point.views - before.views : point.views
    const overlap = Math.min(until, point.at) - Math.max(since, before.at)
    if (overlap > 0) views += (gained * overlap) / (point.at - before.at)
  }
  return { views, since: new Date(since).toISOString(), until: new Date(until).toISOString() }
}
