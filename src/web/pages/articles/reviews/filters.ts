import { useAddressFilters } from '../../../lists/use-address-filters.ts'
import { hasRole } from '../../../sign-in/session.ts'
import { OWNERS, type Owner } from './review.ts'

/** What may stand in the address: the API's own names, and the review beside the list. */
const NAMES = ['owner', 'kind', 'state', 'open'] as const
export type Filters = Readonly<Partial<Record<(typeof NAMES)[number], string>>>

const PLACE = '~/app/articles/reviews'

export interface FilterState {
  readonly filters: Filters
  readonly owner: Owner
  /** The filters as the API takes them. */
  readonly query: Readonly<Record<string, string | undefined>>
  change(changes: Filters): void
  addressWith(changes: Filters): string
}

export function useFilters(): FilterState {
  const { filters, change, addressWith } = useAddressFilters(NAMES, PLACE)
  const isManager = hasRole('knowledge-manager', 'supervisor')
  const owner = (isManager ? OWNERS.find((each) => each === filters.owner) : undefined) ?? 'me'
  return { filters, owner, query: { owner, kind: filters.kind, state: filters.state }, change, addressWith }
}
