import { useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useResource } from '../../api/resource.ts'
import { useAddressFilters } from '../../lists/use-address-filters.ts'
import { dayIfKnown, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Empty, Loaded } from '../../parts/states.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { useListKeys } from '../articles/list-keys.ts'
import { DAYS, DEMANDS, type GapList, type ListedGap, langOf, periods, STATES } from './gap.ts'
import { Tabs } from './tabs.tsx'

/** What was searched for in vain, what was asked most first. */
export function GapsPage() {
  const state = useAddressFilters(['days', 'demand', 'state'], '~/app/search/gaps')
  const { filters, change, addressWith } = state
  const gaps = useResource<GapList>('/search/gaps', { query: filters, keepPrevious: true })
  const list = useRef<HTMLDivElement>(null)
  const choices = useRef<HTMLDivElement>(null)
  useListKeys({ list, filter: () => choices.current?.querySelector('select')?.focus() })
  const isNarrowed = filters.demand !== undefined || filters.state !== undefined
  return (
    <Page title={t('search.title')}>
      <Tabs current="gaps" />
      <p class="muted search-about">{t('search.gapsAbout')}</p>
      {gaps.data !== undefined && <Demand demand={gaps.data.demand} />}
      <div class="search-filters" ref={choices}>
        <SelectField
          label={t('search.demand')}
          value={filters.demand ?? ''}
          choices={[
            { value: '', label: t('parts.all') },
            { value: 'new', label: t('search.demand-new') },
            { value: 'not-found', label: t('search.demand-not-found') },
          ]}
          onChoose={(demand) => change({ demand })}
        />
        <SelectField
          label={t('search.state')}
          value={filters.state ?? 'open'}
          choices={STATES.map((value) => ({ value, label: t(`search.state-${value}`) }))}
          onChoose={(value) => change({ state: value === 'open' ? undefined : value })}
        />
        <SelectField
          label={t('search.period')}
          value={filters.days ?? DAYS}
          choices={periods()}
          onChoose={(days) => change({ days: days === DAYS ? undefined : days })}
        />
      </div>
      <div ref={list}>
        <Loaded resource={gaps}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t(isNarrowed ? 'search.noneFits' : 'search.noGaps')}>
                {isNarrowed ? (
                  <ButtonLink href={addressWith({ demand: undefined, state: undefined })}>
                    {t('search.clearFilters')}
                  </ButtonLink>
                ) : (
                  <p>{t('search.noGapsHint')}</p>
                )}
              </Empty>
            ) : (
              <Table
                caption={t('search.tab-gaps')}
                columns={columns(filters.days)}
                rows={items}
                keyOf={({ id }) => id}
              />
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}

/** How what was asked splits: what no article answers, what one would have, and what one did. */
function Demand({ demand }: { readonly demand: GapList['demand'] }) {
  return (
    <dl class="search-demand">
      {DEMANDS.map((each) => (
        <div key={each}>
          <dt>{t(`search.demand-${each}`)}</dt>
          <dd>
            <strong>{number(demand[each])}</strong>{' '}
            <span class="muted small">{t(`search.demandHint-${each}`)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function columns(days: string | undefined): readonly Column<ListedGap>[] {
  const more = days === undefined ? '' : `?days=${days}`
  return [
    {
      heading: t('search.question'),
      show: (gap) => (
        <>
          <Link class="articles-title" href={`/gaps/${gap.id}${more}`} lang={langOf(gap)}>
            {gap.text}
          </Link>
          <p class="muted small">
            {[gap.queries > 1 && t('search.ways', { count: number(gap.queries) }), gap.article?.title]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </>
      ),
    },
    { heading: t('search.asked'), isNumber: true, show: ({ asked }) => number(asked) },
    { heading: t('search.inVain'), isNumber: true, show: ({ asked, helped }) => number(asked - helped) },
    { heading: t('search.threadCount'), isNumber: true, show: ({ threads }) => number(threads) },
    {
      heading: t('search.demand'),
      show: ({ demand }) => (
        <Badge kind={demand === 'new' ? 'warn' : undefined}>{t(`search.demand-${demand}`)}</Badge>
      ),
    },
    {
      heading: t('search.lastAsked'),
      show: ({ lastDay }) => <time dateTime={lastDay}>{dayIfKnown(lastDay)}</time>,
    },
  ]
}
