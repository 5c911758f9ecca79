import type { Knex } from 'knex'
import { leftJoinLabelInForce } from '../../labels/label-queries.ts'
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
  "case when c.accepted_count > 0 then 'resolved' when c.answer_count > 0 then 'answered' else 'open' end"
const LABEL = 'label:'

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
  const counted = () =>
    db.sql.from(
      query
        .clone()
        .select('t.id', 't.language', 't.accepted_count', 't.answer_count', 's.name as source')
        .limit(MOST_COUNTED + 1)
        .as('c'),
    )
  const count = async (rows: Knex.QueryBuilder, value: string) => {
    const found = await db.longRead<{ value: string | null; n: number }>(
      rows
        .select({ value: db.sql.raw(value), n: db.sql.raw('count(*)') })
        .groupByRaw(value)
        .orderByRaw(`count(*) desc, ${value}`),
    )
    return found.flatMap(({ value: name, n }) => (name === null ? [] : [{ value: name, count: Number(n) }]))
  }
  const byStatus = await count(counted(), STATUS)
  const total = byStatus.reduce((sum, { count: n }) => sum + n, 0)
  const groups: Record<string, ThreadCounts['by'][string]> = {}
  for (const group of by) {
    if (group === 'status') groups[group] = byStatus
    else if (group.startsWith(LABEL)) {
      const { id } = await facets.require(group.slice(LABEL.length))
      const rows = leftJoinPrediction(leftJoinLabelInForce(counted(), 'c.id', id), 'c.id', id)
      groups[group] = await count(rows, 'coalesce(l.name, p.label)')
    } else groups[group] = await count(counted(), `c.${group === 'source' ? 'source' : 'language'}`)
  }
  return { total: Math.min(total, MOST_COUNTED), atLeast: total > MOST_COUNTED, by: groups }
}
