import { isLabelled, joinLabels, labelsInForce } from '../../labels/label-queries.ts'
import type { Database } from '../../platform/database/database.ts'
import { currentPredictions } from '../predictions/prediction-queries.ts'
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
  const found = await db.longRead<CountedRow>(
    query
      .select({ id: 't.id', source: 's.name', language: 't.language', status: db.sql.raw(STATUS) })
      .limit(MOST_COUNTED + 1),
  )
  // The last one says that there are more; it is not counted, so that the counts of all values make the total.
  const rows = found.slice(0, MOST_COUNTED)
  const groups: Record<string, ThreadCounts['by'][string]> = {}
  for (const group of by) {
    if (group.startsWith(LABEL)) {
      const { id: facetId } = await facets.require(group.slice(LABEL.length))
      const ids = rows.map(({ id }) => id)
      groups[group] = await countLabels(db, ids, facetId)
    } else groups[group] = countValues(rows.map((row) => row[group as 'source' | 'language' | 'status']))
  }
  return {
    total: rows.length,
    atLeast: found.length > MOST_COUNTED,
    by: groups,
  }
}

/** Threads that the reader may see, by label: counted of the labels, for the threads themselves were read before. */
async function countLabels(
  db: Database,
  ids: readonly string[],
  facetId: string,
): Promise<ThreadCounts['by'][string]> {
  const given = joinLabels(labelsInForce(db, facetId), 'g.label_id')
    .where(db.among('g.thread_id', ids))
    .select({ value: 'l.name' })
  const predicted = currentPredictions(db)
    .where('p.facet_id', facetId)
    .where(db.among('p.thread_id', ids))
    .whereNotExists(isLabelled(db, 'p.thread_id', facetId))
    .select({ value: 'p.label' })
  const found = await db.longRead<{ value: string; n: number | string }>(
    db.sql
      .from(given.unionAll([predicted]).as('either'))
      .select('value', db.sql.raw('count(*) as n'))
      .groupBy('value'),
  )
  return inOrder(found.map(({ value, n }) => ({ value, count: Number(n) })))
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
