import { useLocation, useSearchParams } from 'wouter-preact'

/** What may stand in the address of the list; the API's own names. */
const NAMES = ['confidence', 'flagged', 'audience', 'language', 'author', 'q', 'sort'] as const
type FilterName = (typeof NAMES)[number]
export type Filters = Readonly<Partial<Record<FilterName, string>>>

export const SORTS = ['updated', 'created', 'published', 'title', 'used'] as const

/** Where the latest list stands: `u` goes back to it. */
const LIST = 'entraide articles list'

export interface FilterState {
  readonly filters: Filters
  /** Puts some filters into the address; an empty one leaves it. */
  change(changes: Filters): void
  /** The address of the list with other filters, below the place. */
  addressWith(changes: Filters): string
}

export function useFilters(): FilterState {
  const [search, setSearch] = useSearchParams()
  const filters: Record<string, string> = {}
  for (const name of NAMES) {
    const value = search.get(name)
    if (value !== null && value !== '') filters[name] = value
  }
  sessionStorage.setItem(LIST, search.toString())
  const searchWith = (changes: Filters) => {
    const next = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...filters, ...changes }))
      if (value !== undefined && value !== '') next.set(name, value)
    return next
  }
  return {
    filters,
    change: (changes) => setSearch(searchWith(changes), { replace: true }),
    addressWith: (changes) => {
      const text = searchWith(changes).toString()
      return text === '' ? '/' : `/?${text}`
    },
  }
}

/** Goes back to the list as it was filtered last. */
export function useWayBack(): () => void {
  const [, go] = useLocation()
  return () => {
    const search = sessionStorage.getItem(LIST) ?? ''
    go(search === '' ? '/' : `/?${search}`)
  }
}
