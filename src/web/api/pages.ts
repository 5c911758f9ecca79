import { useState } from 'preact/hooks'
import { call, Problem, type QueryValue } from './client.ts'
import { type Resource, useResource } from './resource.ts'

/** A page of a list, as the API answers. */
export interface ApiPage<T> {
  readonly items: readonly T[]
  readonly next?: string
}

export interface Pages<T> extends Resource<readonly T[]> {
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  loadMore(): void
}

interface Later<T> {
  /** The first page that they follow: of another, they are forgotten. */
  readonly first: ApiPage<T>
  readonly items: readonly T[]
  readonly next: string | undefined
}

/** A list of the API, page after page. Where the first page changes, the list begins anew. */
export function usePages<T>(path: string, query: Readonly<Record<string, QueryValue>> = {}): Pages<T> {
  const first = useResource<ApiPage<T>>(path, { query, keepPrevious: true })
  const [later, setLater] = useState<Later<T>>()
  const [isLoadingMore, setLoadingMore] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const known = later !== undefined && later.first === first.data ? later : undefined
  const next = known === undefined ? first.data?.next : known.next
  const loadMore = async () => {
    const page = first.data
    if (page === undefined || next === undefined || isLoadingMore) return
    setLoadingMore(true)
    setProblem(undefined)
    try {
      const { data } = await call<ApiPage<T>>('GET', path, { query: { ...query, cursor: next } })
      setLater({ first: page, items: [...(known?.items ?? []), ...data.items], next: data.next })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    } finally {
      setLoadingMore(false)
    }
  }
  return {
    ...first,
    data: first.data && [...first.data.items, ...(known?.items ?? [])],
    problem: first.problem ?? problem,
    hasMore: next !== undefined,
    isLoadingMore,
    loadMore: () => void loadMore(),
  }
}
