import {
  type InfiniteData,
  InfiniteQueryObserver,
  type InfiniteQueryObserverOptions,
  type InfiniteQueryObserverResult,
  type Query,
} from '@tanstack/query-core'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { call, type Problem, type QueryValue, queryString } from './client.ts'
import { queries, type Resource } from './resource.ts'

/** A page of a list, as the API answers. */
export interface ApiPage<T> {
  readonly items: readonly T[]
  readonly next?: string
}

type Loaded<T> = InfiniteData<ApiPage<T>, string | undefined>
type Settings<T> = InfiniteQueryObserverOptions<
  ApiPage<T>,
  Problem,
  Loaded<T>,
  readonly unknown[],
  string | undefined
>

export interface Endless<T> extends Resource<readonly T[]> {
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  /** What is shown was known before; the answer to this very question is on its way. */
  readonly isProvisional: boolean
  loadMore(): void
}

const PREFIX = 'endless'

/**
 * A long list, all of whose loaded pages are kept: whoever comes back finds the place where they were.
 *
 * @param keep of the rows of the question before, those to show until the answer comes; all by default
 */
export function useEndless<T>(
  path: string,
  query: Readonly<Record<string, QueryValue>> = {},
  keep: (rows: readonly T[]) => readonly T[] = (rows) => rows,
): Endless<T> {
  const settings: Settings<T> = {
    queryKey: [path, PREFIX + queryString(query)],
    queryFn: async ({ pageParam, signal }) =>
      (await call<ApiPage<T>>('GET', path, { query: { ...query, cursor: pageParam }, signal })).data,
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) =>
      before && { ...before, pages: before.pages.map((page) => ({ ...page, items: keep(page.items) })) },
  }
  const [observer] = useState(
    () =>
      new InfiniteQueryObserver<ApiPage<T>, Problem, Loaded<T>, readonly unknown[], string | undefined>(
        queries,
        settings,
      ),
  )
  const [, redraw] = useState<InfiniteQueryObserverResult<Loaded<T>, Problem>>()
  observer.setOptions(settings)
  useEffect(() => observer.subscribe((next) => redraw(next)), [observer])
  const result = observer.getOptimisticResult(
    queries.defaultQueryOptions(settings) as Parameters<typeof observer.getOptimisticResult>[0],
  ) as InfiniteQueryObserverResult<Loaded<T>, Problem>
  const { data } = result
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items), [data])
  return {
    data: rows,
    etag: undefined,
    problem: result.error ?? undefined,
    isLoading: result.isPending,
    isRefreshing: result.isFetching,
    refresh: () => void observer.refetch(),
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    isProvisional: result.isPlaceholderData,
    loadMore: () => {
      if (result.hasNextPage && !result.isFetching) void observer.fetchNextPage()
    },
  }
}

/** Lists of a path are asked again when they are next opened; what is shown of them stays. */
export function outdateRows(path: string): void {
  void queries.invalidateQueries({ predicate: isListOf(path), refetchType: 'none' })
}

/** Changes rows of all lists of a path where they are shown, before the server answers. */
export function changeRows<T>(path: string, change: (row: T) => T): void {
  queries.setQueriesData<Loaded<T>>(
    { predicate: isListOf(path) },
    (loaded) =>
      loaded && {
        ...loaded,
        pages: loaded.pages.map((page) => ({ ...page, items: page.items.map((row) => change(row)) })),
      },
  )
}

function isListOf(path: string) {
  return ({ queryKey: [at, kind] }: Query) => at === path && String(kind).startsWith(PREFIX)
}
