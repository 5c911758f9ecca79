import {
  QueryClient,
  QueryObserver,
  type QueryObserverOptions,
  type QueryObserverResult,
} from '@tanstack/query-core'
import { useEffect, useState } from 'preact/hooks'
import { type Answer, call, Problem, type QueryValue, queryString } from './client.ts'

/** How old an answer may be before it is asked again on the next look. */
const STALE_MS = 10_000

/** What the pages know of the server. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      gcTime: 600_000,
      networkMode: 'always',
      refetchOnWindowFocus: true,
      retry: (count, error) =>
        count < 2 && error instanceof Problem && (error.status === 0 || error.status >= 500),
    },
  },
})

export interface Resource<T> {
  readonly data: T | undefined
  readonly etag: string | undefined
  readonly problem: Problem | undefined
  /** Nothing is known yet, and the question is on its way. */
  readonly isLoading: boolean
  /** What is shown may be old, and is asked again. */
  readonly isRefreshing: boolean
  refresh(): void
}

export interface ResourceOptions {
  readonly query?: Readonly<Record<string, QueryValue>>
  /** Not asked while false. */
  readonly enabled?: boolean
  /** Shows the answer to the earlier question while a new one (another filter) is on its way. */
  readonly keepPrevious?: boolean
  readonly staleMs?: number
  /** Asks in another way than by `GET` of the path, which is then a name alone. */
  ask?(signal: AbortSignal): Promise<Answer<unknown>>
}

/** A resource of the API, asked once for all who show it, and asked again when events tell of a change. */
export function useResource<T>(path: string, options: ResourceOptions = {}): Resource<T> {
  const { query = {}, enabled = true, keepPrevious = false, staleMs, ask } = options
  const settings: QueryObserverOptions<Answer<T>, Problem> = {
    ...resourceQuery<T>(path, query),
    ...(ask === undefined ? {} : { queryFn: ({ signal }) => ask(signal) as Promise<Answer<T>> }),
    enabled,
    placeholderData: keepPrevious ? (previous) => previous : undefined,
    staleTime: staleMs ?? STALE_MS,
  }
  const [observer] = useState(() => new QueryObserver<Answer<T>, Problem>(queries, settings))
  const [, redraw] = useState<QueryObserverResult<Answer<T>, Problem>>()
  observer.setOptions(settings)
  useEffect(() => observer.subscribe((next) => redraw(next)), [observer])
  const result = observer.getOptimisticResult(queries.defaultQueryOptions(settings))
  return {
    data: result.data?.data,
    etag: result.data?.etag,
    problem: result.error ?? undefined,
    isLoading: result.isPending && enabled,
    isRefreshing: result.isFetching,
    refresh: () => void observer.refetch(),
  }
}

/** How a resource is asked for, and under which key it is kept. */
export function resourceQuery<T>(path: string, query: Readonly<Record<string, QueryValue>> = {}) {
  return {
    queryKey: [path, queryString(query)],
    queryFn: ({ signal }: { signal: AbortSignal }) => call<T>('GET', path, { query, signal }),
  }
}

/** Asks for a resource before it is shown. */
export function prefetch(path: string, query: Readonly<Record<string, QueryValue>> = {}): void {
  void queries.prefetchQuery(resourceQuery(path, query))
}

/** Whatever is shown of paths that begin so is asked again. */
export function refresh(...prefixes: readonly string[]): void {
  void queries.invalidateQueries({
    predicate: ({ queryKey: [path] }) => prefixes.some((prefix) => String(path).startsWith(prefix)),
  })
}

/** Puts what is known in place of asking: after a change whose answer is the new state. */
export function remember<T>(path: string, data: T, etag?: string): void {
  queries.setQueryData<Answer<T>>([path, ''], { data, etag })
}
