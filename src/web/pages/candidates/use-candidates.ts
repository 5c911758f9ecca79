import { type Endless, useEndless } from '../../api/endless.ts'
import { prefetch, type Resource, useResource } from '../../api/resource.ts'
import type { Candidate, Counts, ListedCandidate, Weights } from './candidate.ts'
import { pathOf } from './candidate.ts'
import type { FilterState } from './filters.ts'

/** The most that the API gives at once. */
const PAGE = 100

/** The candidates of the filters, page after page, without those that were decided since they were loaded. */
export function useCandidates({ filters, query }: FilterState): Endless<ListedCandidate> {
  const { state = 'open', type, language, category } = filters
  const isShown = (row: ListedCandidate) =>
    row.state === state &&
    (type === undefined || row.type === type) &&
    (language === undefined || row.language === language) &&
    (category === undefined || row.category === category)
  const candidates = useEndless<ListedCandidate>('/candidates', { ...query, limit: PAGE })
  return { ...candidates, data: candidates.data?.filter(isShown) }
}

export function useCounts({ query }: FilterState): Resource<Counts> {
  return useResource<Counts>('/candidates/counts', { query, keepPrevious: true })
}

export function useCandidate(id: string | undefined): Resource<Candidate> {
  return useResource<Candidate>(pathOf(id ?? ''), { enabled: id !== undefined })
}

/** Asks for what `useCandidate` shows before it is shown. */
export function prefetchCandidate(id: string): void {
  prefetch(pathOf(id))
}

export function useWeights(): Resource<Weights> {
  return useResource<Weights>('/candidates/weights', { staleMs: 0 })
}
