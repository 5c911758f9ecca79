import type { Database } from '../../platform/database/database.ts'
import { readableThreads } from '../../threads/readable-threads.ts'

/** Of the threads of a month that are over, those that an article is linked to. */
export interface LinkCounts {
  readonly month: string
  /** Threads that began in the month, and are resolved or closed. */
  readonly threads: number
  readonly linked: number
  /** Cases of the help desk for which an article was used in the month. */
  readonly cases: number
}

/**
 * Counts links by month. A thread is linked where an article was used for it, was made from it, or answers the candidate
 * that it belongs to. It counts in the month in which it began: when it was resolved is not known of every source. Of
 * cases of the help desk only those with a link are known, so they have a number and no rate. Sees what the whole
 * company sees: for coaches and supervisors.
 *
 * @param since the first month
 */
export async function countLinks(db: Database, since: string): Promise<LinkCounts[]> {
  const thread = db.sql.ref('t.id')
  const one = db.sql.raw('1')
  const used = db.sql('article_uses as u').where('u.kind', 'thread').where('u.reference', thread).select(one)
  const made = db.sql('article_threads as h').where('h.thread_id', thread).select(one)
  const answered = db
    .sql('article_candidate_threads as m')
    .join('article_candidates as c', 'c.id', 'm.candidate_id')
    .where('m.thread_id', thread)
    .where('c.state', 'linked')
    .select(one)
  const threads = await db.longRead<{ month: string; threads: number | string; linked: number | string }>(
    readableThreads(db, 'internal')
      .where('t.created_at', '>=', since)
      .where((over) => over.where('t.accepted_count', '>', 0).orWhereRaw('t.closed'))
      .groupByRaw('substr(t.created_at, 1, 7)')
      .select({ month: db.sql.raw('substr(t.created_at, 1, 7)') })
      .count({ threads: '*' })
      .select({
        linked: db.sql.raw('sum(case when exists ? or exists ? or exists ? then 1 else 0 end)', [
          used,
          made,
          answered,
        ]),
      }),
  )
  const cases = await db.longRead<{ month: string; cases: number | string }>(
    db
      .sql('article_uses')
      .where({ kind: 'case' })
      .where('used_at', '>=', since)
      .groupByRaw('substr(used_at, 1, 7)')
      .select({ month: db.sql.raw('substr(used_at, 1, 7)') })
      .countDistinct({ cases: 'reference' }),
  )
  const months = new Set([...threads, ...cases].map(({ month }) => month))
  return [...months].sort().map((month) => {
    const counted = threads.find((row) => row.month === month)
    return {
      month,
      threads: Number(counted?.threads ?? 0),
      linked: Number(counted?.linked ?? 0),
      cases: Number(cases.find((row) => row.month === month)?.cases ?? 0),
    }
  })
}
