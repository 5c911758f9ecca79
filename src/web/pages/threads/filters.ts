import { useMemo } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import type { QueryValue } from '../../api/client.ts'
import { keepText, keptText } from '../../parts/kept-text.ts'

/** What may stand once in the address: the API's own names, the facet that the list shows, and the thread beside it. */
const SINGLE = [
  'text',
  'facet',
  'labelBasis',
  'decision',
  'reason',
  'status',
  'destination',
  'source',
  'language',
  'age',
  'createdAfter',
  'createdBefore',
  'author',
  'sort',
  'open',
] as const
type Single = (typeof SINGLE)[number]

export type Filters = Readonly<Partial<Record<Single, string>>> & {
  readonly label: readonly string[]
  readonly unlabelled: readonly string[]
}

/** Those that narrow the list. */
const NARROWING = SINGLE.filter((name) => !['facet', 'labelBasis', 'sort', 'open'].includes(name))

/** Ages in days; `over-` those that are older. */
export const AGES = ['1', '7', '30', '365', 'over-30', 'over-365'] as const

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const CATEGORY = 'category'
/** From the root on, so that addresses have no slash before their question mark. */
const PLACE = '~/app/threads'

/** Where the list was left: `u` goes back to it. */
const LEFT = 'threads list'

export interface FilterState {
  readonly filters: Filters
  /** What the list shows labels of. */
  readonly facet: string
  readonly isNarrowed: boolean
  /** The filters as the API takes them. */
  readonly query: Readonly<Record<string, QueryValue>>
  change(changes: Partial<Filters>): void
  /** The address of the list with some filters changed, for links and `useLocation`. */
  addressWith(changes: Partial<Filters>): string
  clear(): void
}

export function useFilters(): FilterState {
  const search = useSearch()
  const [, go] = useLocation()
  const filters = useMemo(() => filtersIn(search), [search])
  keepText(LEFT, search, 'tab')
  const addressWith = (changes: Partial<Filters>) => address({ ...filters, ...changes })
  const { label, unlabelled, facet = CATEGORY } = filters
  return {
    filters,
    facet,
    isNarrowed:
      label.length > 0 || unlabelled.length > 0 || NARROWING.some((name) => filters[name] !== undefined),
    query: queryOf(filters, Date.now()),
    change: (changes) => go(addressWith(changes), { replace: true }),
    addressWith,
    clear: () => {
      const { sort, open } = filters
      go(address({ label: [], unlabelled: [], facet: filters.facet, sort, open }))
    },
  }
}

export function filtersIn(search: string): Filters {
  const given = new URLSearchParams(search)
  const filters: Partial<Record<Single, string>> = {}
  for (const name of SINGLE) {
    const value = given.get(name)
    if (value !== null && value !== '') filters[name] = value
  }
  if (given.get('resolved') === 'true') filters.status = 'resolved'
  return { ...filters, label: given.getAll('label'), unlabelled: given.getAll('unlabelled') }
}

/** The search part of an address, without its question mark. */
export function searchOf(filters: Filters): string {
  const given = new URLSearchParams()
  for (const name of SINGLE) {
    const value = filters[name]
    if (value !== undefined && value !== '') given.set(name, value)
  }
  for (const name of ['label', 'unlabelled'] as const)
    for (const value of filters[name]) given.append(name, value)
  return given.toString()
}

function address(filters: Filters): string {
  const search = searchOf(filters)
  return search === '' ? PLACE : `${PLACE}?${search}`
}

/** @param now milliseconds since the epoch; ages go by the full hour, so that a list stays the same for a while */
export function queryOf(filters: Filters, now: number): Readonly<Record<string, QueryValue>> {
  const { open: _open, age, facet = CATEGORY, createdAfter, createdBefore, text, ...rest } = filters
  const limit = AGES.some((each) => each === age)
    ? new Date(Math.floor(now / HOUR_MS) * HOUR_MS - Number(age?.replace('over-', '')) * DAY_MS).toISOString()
    : undefined
  const isOver = age?.startsWith('over-') ?? false
  return {
    ...rest,
    text: text?.trim() === '' ? undefined : text,
    labelBasis: rest.label.length > 0 ? rest.labelBasis : undefined,
    sortFacet: rest.sort === 'least-confident' ? facet : undefined,
    createdAfter: limit !== undefined && !isOver ? limit : dayStart(createdAfter, 0),
    createdBefore: limit !== undefined && isOver ? limit : dayStart(createdBefore, 1),
  }
}

/** The beginning of a day, or of one that follows it. */
function dayStart(day: string | undefined, after: number): string | undefined {
  const start = Date.parse(/^\d{4}-\d{2}-\d{2}/.exec(day ?? '')?.[0] ?? '')
  return Number.isNaN(start) ? undefined : new Date(start + after * DAY_MS).toISOString()
}

/** The address of the list as it was left. */
export function listAddress(): string {
  const search = keptText(LEFT, 'tab') ?? ''
  return search === '' ? PLACE : `${PLACE}?${search}`
}
