import { useMemo } from 'preact/hooks'
import { type Endless, useEndless } from '../../api/endless.ts'
import { prefetch, type Resource, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import type { FilterState } from './filters.ts'
import { mayBeAmong } from './list/shown-meanwhile.ts'
import type { Counts, ListedThread, Thread, Triage } from './thread.ts'
import { pathOf } from './thread.ts'

/** The most that the API gives at once. */
const PAGE = 100

/** The threads of the filters, page after page. */
export function useThreads({ filters, query }: FilterState): Endless<ListedThread> {
  const isShown = mayBeAmong(filters)
  const threads = useEndless<ListedThread>('/threads', { ...query, limit: PAGE }, (rows) =>
    rows.filter(isShown),
  )
  const { label, unlabelled, labelBasis } = filters
  // A thread that was just labelled leaves a list that its label does not belong to.
  const data = useMemo(
    () => threads.data?.filter(mayBeAmong({ label, unlabelled, labelBasis })),
    [threads.data, filters],
  )
  return { ...threads, data }
}

const GROUPS = ['status', 'source', 'language'] as const
export type Group = (typeof GROUPS)[number] | 'label'

/** How many threads there are, in all and by what the filters name. */
export function useCounts({ query, facet }: FilterState): Resource<Counts> {
  const { sort, sortFacet, ...filters } = query
  return useResource<Counts>('/threads/counts', {
    query: { ...filters, by: [...GROUPS, `label:${facet}`] },
    keepPrevious: true,
  })
}

/** How many threads each value would have, of a filter that is set: the others count, its own does not. */
export function useCountsWithout(state: FilterState, group: Group, isSet: boolean): Resource<Counts> {
  const { sort, sortFacet, ...filters } = state.query
  const own = group === 'label' ? `label:${state.facet}` : group
  const label =
    group === 'label'
      ? state.filters.label.filter((each) => !each.startsWith(`${state.facet}:`))
      : state.filters.label
  return useResource<Counts>('/threads/counts', {
    query: {
      ...filters,
      label,
      ...(group === 'label'
        ? { unlabelled: state.filters.unlabelled.filter((each) => each !== state.facet) }
        : { [group]: undefined }),
      by: [own],
    },
    keepPrevious: true,
    enabled: isSet,
  })
}

export function useFacets(): Resource<Get<'/api/facets'>> {
  return useResource<Get<'/api/facets'>>('/facets', { staleMs: 300_000 })
}

export function useLabels(facet: string): Resource<Get<'/api/facets/{facet}/labels'>> {
  return useResource(`/facets/${encodeURIComponent(facet)}/labels`, {
    query: { limit: PAGE },
    staleMs: 300_000,
  })
}

/** Posts as the server renders them. */
const AS_HTML = { html: true }

export function useThread(id: string | undefined): Resource<Thread> {
  return useResource<Thread>(pathOf(id ?? ''), { query: AS_HTML, enabled: id !== undefined })
}

/** Asks for what `useThread` shows before it is shown. */
export function prefetchThread(id: string): void {
  prefetch(pathOf(id), AS_HTML)
}

export function useTriage(id: string): Resource<Triage> {
  return useResource<Triage>(`${pathOf(id)}/triage`)
}

export function useAnnotations(id: string): Resource<Get<'/api/threads/{id}/annotations'>> {
  return useResource(`${pathOf(id)}/annotations`)
}
