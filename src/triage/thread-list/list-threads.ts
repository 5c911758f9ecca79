import type { SourceStore } from '../../ingest/source-store.ts'
import type { Provenance } from '../../labels/annotation.ts'
import type { FacetStore } from '../../labels/facet-store.ts'
import type { ThreadLabelStore } from '../../labels/thread-label-store.ts'
import type { Database } from '../../platform/database/database.ts'
import { fourDigits } from '../../platform/four-digits.ts'
import type { Page } from '../../platform/page.ts'
import type { Search } from '../../search/search.ts'
import type { Thread } from '../../threads/thread.ts'
import { MOST_VIEWS, NEWEST, OLDEST, pageOfThreads, type ThreadOrder } from '../../threads/thread-pages.ts'
import { statedOn } from '../measurements/describe-measurement.ts'
import type { MeasurementStore } from '../measurements/measurement-store.ts'
import { currentPredictions } from '../predictions/prediction-queries.ts'
import type { PredictionStore } from '../predictions/prediction-store.ts'
import type { DecisionStore, RoutingDecision } from '../routing/decision-store.ts'
import { type FilterFacet, filteredThreads, type ResolvedFilter } from './filter-query.ts'
import type { ThreadFilter } from './thread-filter.ts'

export interface ThreadListDeps {
  readonly db: Database
  readonly facets: Pick<FacetStore, 'require' | 'requireLabel'>
  readonly sources: Pick<SourceStore, 'find'>
  readonly search: Pick<Search, 'threadIds'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  readonly predictions: Pick<PredictionStore, 'of'>
  readonly measurements: Pick<MeasurementStore, 'current'>
  readonly decisions: Pick<DecisionStore, 'currentOf'>
}

export const SORTS = ['newest', 'oldest', 'most-views', 'least-confident'] as const
export type ThreadSort = (typeof SORTS)[number]

export interface ThreadListRequest extends ThreadFilter {
  readonly sort?: ThreadSort
  /** Of `least-confident`: the facet. */
  readonly sortFacet: string
  readonly limit: number
  readonly cursor?: string
}

/** A thread with what is decided about it. */
export interface ListedThread extends Thread {
  readonly labels: readonly {
    readonly facet: string
    readonly label: string
    readonly provenance: Provenance
  }[]
  readonly predictions: readonly {
    readonly facet: string
    readonly label: string
    readonly confidence: number
    readonly decision: string
    readonly reason?: string
  }[]
  readonly routing?: Pick<RoutingDecision, 'destination' | 'priority' | 'rule'>
}

const ORDERS = { newest: NEWEST, oldest: OLDEST, 'most-views': MOST_VIEWS } satisfies Partial<
  Record<ThreadSort, ThreadOrder>
>
const LEAST_CONFIDENT = { key: 'o.confidence', direction: 'asc', isNumber: true } as const

/**
 * A page of the threads that a filter lets through. `least-confident` leaves out threads without a prediction.
 *
 * @throws CodedError FACET_NOT_FOUND, LABEL_NOT_FOUND, CURSOR_INVALID, SEARCH_QUERY_EMPTY
 */
export async function listThreads(
  deps: ThreadListDeps,
  { sort = 'newest', sortFacet, limit, cursor, ...filter }: ThreadListRequest,
): Promise<Page<ListedThread>> {
  const { db, facets } = deps
  const { query, few } = await filteredThreads(db, await resolveFilter(deps, filter))
  const page = { limit, cursor }
  let order: ThreadOrder
  if (sort === 'least-confident') {
    const { id } = await facets.require(sortFacet)
    query.join(
      currentPredictions(db).where('p.facet_id', id).select('p.thread_id', 'p.confidence').as('o'),
      'o.thread_id',
      't.id',
    )
    order = { ...LEAST_CONFIDENT, name: `least-confident ${id}` }
  } else order = ORDERS[sort]
  return withDecisions(deps, await pageOfThreads(db, query, few ? sorted(order) : order, page))
}

/** The same order, as no index states it: a few threads are read by their ids and sorted. */
function sorted(order: ThreadOrder): ThreadOrder {
  return { ...order, key: order.isNumber ? `${order.key} + 0` : `${order.key} || ''` }
}

/** Looks up what a filter names. */
export async function resolveFilter(
  { facets, sources, search }: Pick<ThreadListDeps, 'facets' | 'sources' | 'search'>,
  { labels = [], unlabelled = [], source, text, ...filter }: ThreadFilter,
): Promise<ResolvedFilter> {
  const known = new Map<string, Awaited<ReturnType<FacetStore['require']>>>()
  const facetOf = async (name: string) => {
    const facet = known.get(name) ?? (await facets.require(name))
    known.set(name, facet)
    return facet
  }
  const byFacet = new Map<string, { id: string; name: string }[]>()
  for (const { facet: name, value } of labels) {
    const label = await facets.requireLabel(await facetOf(name), value)
    byFacet.set(name, [...(byFacet.get(name) ?? []), { id: label.id, name: label.name }])
  }
  const without: FilterFacet[] = []
  for (const name of unlabelled) without.push(await facetOf(name))
  for (const each of [filter.decision, filter.reason]) if (each !== undefined) await facetOf(each.facet)
  return {
    ...filter,
    labels: [...byFacet].map(([name, any]) => ({ facet: known.get(name)!, labels: any })),
    unlabelled: without,
    facets: known,
    // A source that is not there has no threads, nor has one that the reader may not see.
    sourceId: source === undefined ? undefined : ((await sources.find(source))?.id ?? ''),
    found: text === undefined ? undefined : await search.threadIds(text, filter.reader),
  }
}

async function withDecisions(deps: ThreadListDeps, page: Page<Thread>): Promise<Page<ListedThread>> {
  const ids = page.items.map(({ id }) => id)
  const labels = await deps.threadLabels.labelsOf(ids)
  const predictions = await deps.predictions.of(ids)
  const measurements = await deps.measurements.current()
  const decisions = await deps.decisions.currentOf(ids)
  const items = page.items.map((thread): ListedThread => {
    const routing = decisions.get(thread.id)
    return {
      ...thread,
      labels: (labels.get(thread.id) ?? []).map(({ facet, label, provenance }) => ({
        facet,
        label,
        provenance,
      })),
      predictions: (predictions.get(thread.id) ?? []).map((each) => {
        const { facet, label, confidence, decision, reason } = statedOn(each, thread.source, measurements)
        return { facet, label, confidence: fourDigits(confidence), decision, reason }
      }),
      routing: routing && {
        destination: routing.destination,
        priority: routing.priority,
        rule: routing.rule,
      },
    }
  })
  return { ...page, items }
}
