import type { Knex } from 'knex'
import type { Audience } from '../access/audience.ts'
import { joinReadableSources } from '../ingest/readable-sources.ts'
import type { Database } from '../platform/database/database.ts'
import { withoutLocked } from './protections/protection-queries.ts'

/** Which threads are meant, beside the reader's audience. */
export interface Readable {
  /**
   * `present` by default: what its source has not removed and nobody merged into another thread. `questioned` also has
   * its question, so that it can be worked on. `unremoved` includes merged threads, `stored` removed ones too. All but
   * `stored` leave out a split thread whose question was removed: its title quotes it.
   */
  readonly which?: 'present' | 'questioned' | 'unremoved' | 'stored'
}

/**
 * The threads that a reader may see, as `t`, with their sources, as `s`. This and {@link joinReadableThreads} are the
 * one place that says who may see which thread: those of its source's audience, but nobody outside the company while it is
 * locked because it is sensitive.
 */
export function readableThreads(db: Database, reader: Audience, readable: Readable = {}): Knex.QueryBuilder {
  const query = joinReadableSources(db.sql('threads as t'), 't.source_id', reader)
  return narrow(withoutLocked(query, 't.id', reader), readable)
}

/**
 * Threads, as `t`, whoever may see them: for figures that show no thread. Readers' threads are {@link readableThreads}.
 */
export function allThreads(db: Database, readable: Readable = {}): Knex.QueryBuilder {
  return narrow(db.sql('threads as t'), readable)
}

/** Joins the threads that a reader may see, as `t`, with their sources, as `s`, to a query over rows about threads. */
export function joinReadableThreads(
  query: Knex.QueryBuilder,
  threadId: string,
  reader: Audience,
  readable: Readable = {},
): Knex.QueryBuilder {
  query.join('threads as t', 't.id', threadId)
  joinReadableSources(query, 't.source_id', reader)
  return narrow(withoutLocked(query, 't.id', reader), readable)
}

/** A subquery for `where exists`: whether the reader may see the thread that a column of the outer query names. */
export function isReadableThread(
  db: Database,
  threadId: string,
  reader: Audience,
  readable: Readable = {},
): Knex.QueryBuilder {
  return readableThreads(db, reader, readable).where('t.id', db.sql.ref(threadId)).select(db.sql.raw('1'))
}

const HAS_WHAT_ITS_TITLE_QUOTES = `(t.split_from is null or exists (
  select 1 from post_moves as asking join posts as asked on asked.id = asking.post_id
  where asking.thread_id = t.id and asking.asks and asked.removed_at is null))`

function narrow(query: Knex.QueryBuilder, { which = 'present' }: Readable): Knex.QueryBuilder {
  if (which !== 'stored') query.whereNull('t.removed_at').whereRaw(HAS_WHAT_ITS_TITLE_QUOTES)
  if (which === 'present' || which === 'questioned') query.whereNull('t.merged_into')
  if (which === 'questioned') query.whereNotNull('t.question_id')
  return query
}
