import type { Knex } from 'knex'
import type { Audience } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'

/** Parts of queries over protections: which threads are locked, whoever composes the query. */

/**
 * Leaves out threads that are locked, or into which a locked one was merged, for readers outside the company.
 *
 * @param threadId the column of the query that holds the thread's id; null for what belongs to no thread
 */
export function withoutLocked(
  query: Knex.QueryBuilder,
  threadId: string,
  reader: Audience,
): Knex.QueryBuilder {
  if (reader === 'internal') return query
  return query
    .whereNotExists((locks) => lock(locks, threadId))
    .whereNotExists((locks) => mergedLock(locks, threadId))
}

/** The ids of all threads that nobody outside the company may see: locked, or with a locked one merged into them. */
export function lockedThreads({ sql }: Database): Knex.QueryBuilder {
  const own = sql('thread_protections as k').whereNull('k.released_at')
  const merged = own.clone().join('threads as g', 'g.id', 'k.thread_id').whereNotNull('g.merged_into')
  return own.select('k.thread_id').union(merged.select('g.merged_into'))
}

/** An expression: the audience of a thread, as `t`, of a source, as `s`; nobody but the company while it is locked. */
export function audienceNow({ sql }: Database): Knex.Raw {
  const locks = [lock(sql.queryBuilder(), 't.id'), mergedLock(sql.queryBuilder(), 't.id')]
  return sql.raw("case when exists ? or exists ? then 'internal' else ?? end", [...locks, 's.audience'])
}

function lock(query: Knex.QueryBuilder, threadId: string): Knex.QueryBuilder {
  return query
    .from('thread_protections as k')
    .whereRaw('k.thread_id = ??', [threadId])
    .whereNull('k.released_at')
    .select('k.thread_id')
}

/** Merged into the thread directly or through others. */
function mergedLock(query: Knex.QueryBuilder, threadId: string): Knex.QueryBuilder {
  return query
    .from('threads as g')
    .join('thread_protections as k', 'k.thread_id', 'g.id')
    .whereRaw('g.merged_into = ??', [threadId])
    .whereNull('k.released_at')
    .select('k.thread_id')
}
