import type { BulkTable, Value } from '../../platform/database/put-rows.ts'
import type { ThreadRecord } from '../../sources/record.ts'
import type { Keyed } from './batch.ts'

/** Columns that follow from a thread's posts and acceptances. */
export const activityColumns = [
  'language',
  'question_id',
  'asker_id',
  'answer_count',
  'accepted_count',
  'first_answered_at',
  'updated_at',
] as const

/** Columns needed to recompute a thread whose own record did not change. */
export const derivedColumns = [
  'id',
  'title',
  'stated_language',
  'created_at',
  'removed_at',
  'merged_into',
  ...activityColumns,
] as const

export const threadColumns = [
  'id',
  'source_id',
  'external_id',
  'title',
  'stated_language',
  'url',
  'tags',
  'views',
  'closed',
  'stated_labels',
  'facts',
  'created_at',
  'record_hash',
  'as_of',
  'removed_at',
  'merged_into',
  'split_from',
  ...activityColumns,
] as const

export const threadTable: BulkTable = { name: 'threads', key: ['id'], columns: threadColumns }
/** For stored threads whose own record did not change; none of these columns is indexed. */
export const activityTable: BulkTable = { name: 'threads', key: ['id'], columns: ['id', ...activityColumns] }

export type ThreadRow = Record<(typeof threadColumns)[number], Value>
export type DerivedRow = Pick<ThreadRow, (typeof derivedColumns)[number]>

/** The row of a stated thread. It is not removed, even if it was before: its source shows it. */
export function toThreadRow(
  sourceId: string,
  { id, hash, record }: Keyed<ThreadRecord>,
  before: ThreadRow | undefined,
): ThreadRow {
  return {
    id,
    source_id: sourceId,
    external_id: record.id,
    title: record.title,
    language: '',
    stated_language: record.language ?? null,
    url: record.url ?? null,
    tags: JSON.stringify(record.tags),
    views: record.views ?? null,
    closed: record.closed ?? false,
    stated_labels: record.labels === undefined ? null : JSON.stringify(record.labels),
    facts: record.facts === undefined ? null : JSON.stringify(record.facts),
    created_at: record.createdAt,
    record_hash: hash,
    question_id: null,
    asker_id: null,
    answer_count: 0,
    accepted_count: 0,
    first_answered_at: null,
    updated_at: record.createdAt,
    as_of: record.asOf ?? before?.as_of ?? null,
    removed_at: null,
    merged_into: before?.merged_into ?? null,
    split_from: before?.split_from ?? null,
  }
}
