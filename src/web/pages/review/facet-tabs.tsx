import { useEffect } from 'preact/hooks'
import { Link, useSearchParams } from 'wouter-preact'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'

const DEFAULT = 'category'

/** The facet that is reviewed, from the address. */
export function useFacet(): string {
  const [search] = useSearchParams()
  return search.get('facet') ?? DEFAULT
}

/** Leads from one facet to another, on the page at `path`. */
export function FacetTabs({ path }: { readonly path: '/' | '/batches' }) {
  const { data } = useResource<Get<'/api/facets'>>('/facets')
  const facet = useFacet()
  const [, setSearch] = useSearchParams()
  const names = data?.items.map(({ name }) => name) ?? [facet]
  const first = names[0]
  useEffect(() => {
    // A community may have no facet of the usual name.
    if (first !== undefined && facet === DEFAULT && !names.includes(DEFAULT))
      setSearch({ facet: first }, { replace: true })
  }, [first])
  return (
    <nav class="tabs" aria-label={t('review.facets')}>
      {names.map((name) => (
        <Link
          key={name}
          href={`${path}?facet=${encodeURIComponent(name)}`}
          aria-current={name === facet ? 'page' : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
