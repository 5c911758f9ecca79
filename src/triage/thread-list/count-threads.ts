import type { Audience } from '../../access/audience.ts'
import { leftJoinLabelInForce } from '../../labels/label-queries.ts'
import type { Database } from '../../platform/database/database.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import { leftJoinPrediction } from '../predictions/prediction-queries.ts'
import { filteredThreads } from './filter-query.ts'
import { resolveFilter, type ThreadListDeps } from './list-threads.ts'
import type { ThreadFilter } from './thread-filter.ts'

/** Threads counted at most: beyond, counts are "at least". */
export const MOST_COUNTED = 10_000

export interface CountRequest extends ThreadFilter {
  /** `source`, `language`, `status`, or `label:` and a facet. */
  readonly by: readonly string[]
}

/** How many threads a filter lets through; of a value, only those among the threads counted. */
export interface ThreadCounts {
  readonly total: number
  /** Whether there are more than were counted: then every count is "at least". */
  readonly atLeast: boolean
  readonly by: Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>
}

const STATUS =
  "case when t.accepted_count > 0 then 'resolved' when t.answer_count > 0 then 'answered' else 'open' end"
const LABEL = 'label:'

interface CountedRow {
  id: string
  source: string
  language: string
  status: string
}

/**
 * Counts the threads that a filter lets through, up to {@link MOST_COUNTED}. A thread counts for its label in force on a
 * facet, else for the predicted one.
 *
 * @throws CodedError FACET_NOT_FOUND, LABEL_NOT_FOUND, SEARCH_QUERY_EMPTY
 */
export async function countThreads(
  deps: Pick<ThreadListDeps, 'db' | 'facets' | 'sources' | 'search'>,
  { by, ...filter }: CountRequest,
): Promise<ThreadCounts> {
  const { db, facets } = deps
  const { query } = await filteredThreads(db, await resolveFilter(deps, filter))
  // The filter is applied once, whatever is counted of the threads that it lets through.
  const rows = await db.longRead<CountedRow>(
    query
      .select({ id: 't.id', source: 's.name', language: 't.language', status: db.sql.raw(STATUS) })
      .limit(MOST_COUNTED + 1),
  )
  const groups: Record<string, ThreadCounts['by'][string]> = {}
  for (const group of by) {
    if (group.startsWith(LABEL)) {
      const { id: facetId } = await facets.require(group.slice(LABEL.length))
      const ids = rows.map(({ id }) => id)
      groups[group] = await countLabels(db, { ids, facetId, reader: filter.reader })
    } else groups[group] = countValues(rows.map((row) => row[group as 'source' | 'language' | 'status']))
  }
  return {
    total: Math.min(rows.length, MOST_COUNTED),
    atLeast: rows.length > MOST_COUNTED,
    by: groups,
  }
}

async function countLabels(
  db: Database,
  {
    ids,
    facetId,
    reader,
  }: { readonly ids: readonly string[]; readonly facetId: string; readonly reader: Audience },
): Promise<ThreadCounts['by'][string]> {
  const label = 'coalesce(l.name, p.label)'
  const threads = readableThreads(db, reader).where(db.among('t.id', ids))
  const found = await db.longRead<{ value: string | null; n: number }>(
    leftJoinPrediction(leftJoinLabelInForce(threads, 't.id', facetId), 't.id', facetId)
      .select({ value: db.sql.raw(label), n: db.sql.raw('count(*)') })
      .groupByRaw(label),
  )
  return inOrder(found.flatMap(({ value, n }) => (value === null ? [] : [{ value, count: Number(n) }])))
}

function countValues(values: readonly string[]): ThreadCounts['by'][string] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return inOrder([...counts].map(([value, count]) => ({ value, count })))
}

/** The most frequent first. */
function inOrder(counts: { readonly value: string; readonly count: number }[]) {
  return counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}
