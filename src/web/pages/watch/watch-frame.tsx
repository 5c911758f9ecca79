import type { ComponentChildren } from 'preact'
import { Link, useSearchParams } from 'wouter-preact'
import { queryString } from '../../api/client.ts'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'

const TABS = [
  { path: '/', label: 'watch.overview' },
  { path: '/alerts', label: 'watch.alerts' },
  { path: '/audit', label: 'watch.audit' },
  { path: '/parity', label: 'watch.parity' },
  { path: '/drift', label: 'watch.drift' },
  { path: '/topics', label: 'watch.topics' },
] as const

const FIRST = 'category'

/** What the pages that watch have in common: their tabs, and the facet that the figures are about. */
export function WatchFrame({
  path,
  children,
}: {
  readonly path: string
  children(facet: string): ComponentChildren
}) {
  const facets = useResource<Get<'/api/facets'>>('/facets')
  const [params, setParams] = useSearchParams()
  const asked = params.get('facet')
  const names = facets.data?.items.map(({ name }) => name) ?? []
  const facet = asked ?? (names.includes(FIRST) ? FIRST : names[0])
  return (
    <Page
      title={t('watch.title')}
      actions={
        names.length > 1 && (
          <select
            class="input watch-facet"
            aria-label={t('watch.facet')}
            value={facet}
            onChange={({ currentTarget }) => setParams({ facet: currentTarget.value })}
          >
            {names.map((name) => (
              <option key={name} value={name} selected={name === facet}>
                {name}
              </option>
            ))}
          </select>
        )
      }
    >
      <nav class="tabs" aria-label={t('watch.pages')}>
        {TABS.map((tab) => (
          <Link
            key={tab.path}
            href={`${tab.path}${queryString({ facet: asked ?? undefined })}`}
            aria-current={tab.path === path ? 'page' : undefined}
          >
            {t(tab.label)}
          </Link>
        ))}
      </nav>
      <Loaded resource={facets}>
        {() => (facet === undefined ? <Empty title={t('watch.noFacets')} /> : children(facet))}
      </Loaded>
    </Page>
  )
}
