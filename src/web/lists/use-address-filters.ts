import { useMemo } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'

type Filters<Name extends string> = Readonly<Partial<Record<Name, string>>>

interface AddressFilters<Name extends string> {
  readonly filters: Filters<Name>
  change(changes: Filters<Name>): void
  /** The address of the list with some filters changed; those that are undefined go. */
  addressWith(changes: Filters<Name>): string
  /** The address of the list with these filters alone. */
  addressOf(filters: Filters<Name>): string
}

/**
 * Filters of a list that stand in its address, so that it can be shared.
 *
 * @param names of what may stand there
 * @param place of the list, from the root on (`~/app/…`), so that addresses have no slash before their question mark
 */
export function useAddressFilters<Name extends string>(
  names: readonly Name[],
  place: string,
): AddressFilters<Name> {
  const search = useSearch()
  const [, go] = useLocation()
  const filters = useMemo(() => filtersIn(search, names), [search])
  const addressOf = (wanted: Filters<Name>) => {
    const given = new URLSearchParams()
    for (const name of names) {
      const value = wanted[name]
      if (value !== undefined && value !== '') given.set(name, value)
    }
    const stated = given.toString()
    return stated === '' ? place : `${place}?${stated}`
  }
  const addressWith = (changes: Filters<Name>) => addressOf({ ...filters, ...changes })
  return {
    filters,
    change: (changes) => go(addressWith(changes), { replace: true }),
    addressWith,
    addressOf,
  }
}

function filtersIn<Name extends string>(search: string, names: readonly Name[]): Filters<Name> {
  const given = new URLSearchParams(search)
  const found: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = given.get(name)
    if (value !== null && value !== '') found[name] = value
  }
  return found
}
