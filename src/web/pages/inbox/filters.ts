import { useLocation } from 'wouter-preact'
import type { QueryValue } from '../../api/client.ts'
import { useAddressFilters } from '../../lists/use-address-filters.ts'

export const VIEWS = ['mine', 'unassigned', 'overdue', 'escalated', 'waiting'] as const
export type View = (typeof VIEWS)[number]

/** What may stand in the address: which threads, of which queue, and the one beside the list. */
const NAMES = ['view', 'queue', 'open'] as const
export type Filters = Readonly<Partial<Record<(typeof NAMES)[number], string>>>

const PLACE = '~/app/inbox'

const QUERIES: Readonly<Record<View, Readonly<Record<string, QueryValue>>>> = {
  mine: { assignee: 'me' },
  unassigned: { assignee: 'none' },
  overdue: { overdue: true },
  escalated: { escalated: true },
  waiting: { state: 'waiting' },
}

export interface FilterState {
  readonly filters: Filters
  readonly view: View | undefined
  readonly isNarrowed: boolean
  /** The filters as the API takes them. */
  readonly query: Readonly<Record<string, QueryValue>>
  change(changes: Filters): void
  addressWith(changes: Filters): string
  clear(): void
}

export function useFilters(): FilterState {
  const [, go] = useLocation()
  const { filters, change, addressWith, addressOf } = useAddressFilters(NAMES, PLACE)
  const view = VIEWS.find((each) => each === filters.view)
  return {
    filters,
    view,
    isNarrowed: view !== undefined || filters.queue !== undefined,
    query: { queue: filters.queue, ...(view === undefined ? {} : QUERIES[view]) },
    change,
    addressWith,
    clear: () => go(addressOf({ open: filters.open })),
  }
}
