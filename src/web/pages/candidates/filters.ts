import { useLocation } from 'wouter-preact'
import type { QueryValue } from '../../api/client.ts'
import { useAddressFilters } from '../../lists/use-address-filters.ts'

/** What may stand in the address: the API's own names, and the candidate beside the list. */
const NAMES = ['text', 'state', 'type', 'language', 'category', 'open'] as const
export type Filters = Readonly<Partial<Record<(typeof NAMES)[number], string>>>

const PLACE = '~/app/candidates'

export interface FilterState {
  readonly filters: Filters
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
  const { open, ...narrowing } = filters
  return {
    filters,
    isNarrowed: Object.values(narrowing).some((value) => value !== undefined),
    query: { ...narrowing, text: narrowing.text?.trim() === '' ? undefined : narrowing.text },
    change,
    addressWith,
    clear: () => go(addressOf({ open })),
  }
}
