import type { Knex } from 'knex'
import type { Database } from '../platform/database/database.ts'
import { decodeCursor, invalidCursor, type Page, toPage } from '../platform/page.ts'
import type { Thread } from './thread.ts'
import { type ThreadRow, threadColumns, toThread } from './thread-rows.ts'

/** The order of a list of threads: by a key, then by id in the same direction, so that pages neither overlap nor gap. */
export interface ThreadOrder {
  /** What cursors know it by. */
  readonly name: string
  /** SQL of the key over the columns of the query; the same as an index states it, where there is one. */
  readonly key: string
  readonly direction: 'asc' | 'desc'
  readonly isNumber?: boolean
}

export const NEWEST: ThreadOrder = { name: 'newest', key: 't.created_at', direction: 'desc' }
export const OLDEST: ThreadOrder = { name: 'oldest', key: 't.created_at', direction: 'asc' }
export const MOST_VIEWS: ThreadOrder = {
  name: 'most-views',
  key: 'coalesce(t.views, 0)',
  direction: 'desc',
  isNumber: true,
}

/**
 * A page of a query over threads, as `t`, with their sources, as `s`. Runs as a long read, because a rare filter may
 * have to scan all threads.
 *
 * @throws CodedError CURSOR_INVALID
 */
export async function pageOfThreads(
  db: Database,
  query: Knex.QueryBuilder,
  { name, key, direction, isNumber }: ThreadOrder,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<Page<Thread>> {
  query
    .select({ page_id: 't.id', sort_key: db.sql.raw(key) })
    .orderByRaw(`${key} ${direction}, t.id ${direction}`)
    .limit(limit + 1)
  if (cursor !== undefined) {
    const last = decodeCursor(cursor, name)
    const value = isNumber ? Number(last.key) : last.key
    if (isNumber && !Number.isFinite(value)) throw invalidCursor()
    query.whereRaw(`(${key}, t.id) ${direction === 'asc' ? '>' : '<'} (?, ?)`, [value, last.id])
  }
  // What is shown of threads is read for those of the page only, not for all that are sorted.
  const page = db.sql
    .from(query.as('page'))
    .join('threads as t', 't.id', 'page.page_id')
    .join('sources as s', 's.id', 't.source_id')
    .select({ ...threadColumns(db), sort_key: 'page.sort_key' })
    .orderBy([
      { column: 'page.sort_key', order: direction },
      { column: 't.id', order: direction },
    ])
  const rows = await db.longRead<ThreadRow & { sort_key: string | number }>(page)
  const found = toPage(rows, limit, ({ sort_key, id }) => ({
    key: String(sort_key),
    id,
    order: name,
  }))
  return { ...found, items: found.items.map(toThread) }
}
