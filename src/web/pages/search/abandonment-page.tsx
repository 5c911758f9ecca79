import { useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useEndless } from '../../api/endless.ts'
import { useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { useAddressFilters } from '../../lists/use-address-filters.ts'
import { dayIfKnown, number, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { useListKeys } from '../articles/list-keys.ts'
import { DAYS, langOf, periods } from './gap.ts'
import { Tabs } from './tabs.tsx'

type Counts = Get<'/api/search/abandonment'>
type AbandonedPage = ItemOf<Get<'/api/search/abandonment/pages'>>
type AbandonedQuery = ItemOf<Get<'/api/search/abandonment/queries'>>

const SIGNS = ['searches', 'no', 'asked'] as const
const A_PAGE = 25
/** Of fewer, a share says too little. */
const TOO_FEW = 20

/** Where visits to the help centre seem to give up: at which pages, or with which searches. */
export function AbandonmentPage() {
  const { filters, change, addressOf } = useAddressFilters(['by', 'sign', 'days'], '~/app/search/abandonment')
  const { by, sign, days } = filters
  const isByQuery = by === 'query'
  const counts = useResource<Counts>('/search/abandonment', { query: { days }, keepPrevious: true })
  const list = useRef<HTMLDivElement>(null)
  const choices = useRef<HTMLDivElement>(null)
  useListKeys({ list, filter: () => choices.current?.querySelector('select')?.focus() })
  const empty = (
    <Empty title={t(sign === undefined ? 'search.nobodyGaveUp' : 'search.noneFits')}>
      {sign === undefined ? (
        <p>{t('search.nobodyGaveUpHint')}</p>
      ) : (
        <ButtonLink href={addressOf({ by, days })}>{t('search.clearFilters')}</ButtonLink>
      )}
    </Empty>
  )
  return (
    <Page title={t('search.title')}>
      <Tabs current="abandonment" />
      <p class="muted search-about">{t('search.abandonmentAbout')}</p>
      {counts.data !== undefined && <Signs counts={counts.data} />}
      <div class="search-filters" ref={choices}>
        <SelectField
          label={t('search.listBy')}
          value={isByQuery ? 'query' : 'page'}
          choices={[
            { value: 'page', label: t('search.by-page') },
            { value: 'query', label: t('search.by-query') },
          ]}
          onChoose={(value) => change({ by: value === 'page' ? undefined : value })}
        />
        <SelectField
          label={t('search.sign')}
          value={sign ?? ''}
          choices={[
            { value: '', label: t('parts.all') },
            ...SIGNS.map((value) => ({ value, label: t(`search.sign-${value}`) })),
          ]}
          onChoose={(value) => change({ sign: value })}
        />
        <SelectField
          label={t('search.period')}
          value={days ?? DAYS}
          choices={periods()}
          onChoose={(value) => change({ days: value === DAYS ? undefined : value })}
        />
      </div>
      <div ref={list}>
        {isByQuery ? (
          <Queries wanted={{ sign, days }} empty={empty} />
        ) : (
          <Pages wanted={{ sign, days }} empty={empty} />
        )}
      </div>
    </Page>
  )
}

/** How many visits gave up, in all and by sign. */
function Signs({ counts: { visits, signs } }: { readonly counts: Counts }) {
  return (
    <dl class="search-demand">
      <div>
        <dt>{t('search.gaveUp')}</dt>
        <dd>
          <strong>{number(visits)}</strong>
        </dd>
      </div>
      {SIGNS.map((sign) => (
        <div key={sign}>
          <dt>{t(`search.sign-${sign}`)}</dt>
          <dd>
            <strong>{number(signs[sign])}</strong>{' '}
            <span class="muted small">{t(`search.signHint-${sign}`)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface ListProps {
  readonly wanted: Readonly<Partial<Record<'sign' | 'days', string>>>
  readonly empty: preact.ComponentChildren
}

function Pages({ wanted, empty }: ListProps) {
  const pages = useEndless<AbandonedPage>('/search/abandonment/pages', { ...wanted, limit: A_PAGE })
  const columns: readonly Column<AbandonedPage>[] = [
    {
      heading: t('search.page'),
      show: (page) => (
        <>
          <DocumentLink document={page} />
          {page.kind === 'thread' && <p class="muted small">{t('search.aThread')}</p>}
        </>
      ),
    },
    ...countColumns<AbandonedPage>(['no', 'asked']),
    { heading: t('search.reads'), isNumber: true, show: ({ reads }) => number(reads) },
    {
      heading: t('search.shareOfReads'),
      isNumber: true,
      show: ({ visits, reads }) => <Share part={visits} of={reads} />,
    },
    {
      heading: t('search.ledThere'),
      show: ({ queries }) =>
        queries.length === 0 ? (
          <span class="muted">{t('search.nothing')}</span>
        ) : (
          <span class="small">{queries.map(({ text }) => text).join(' · ')}</span>
        ),
    },
    ...lastColumn<AbandonedPage>(),
  ]
  return (
    <PagedTable
      caption={t('search.by-page')}
      pages={pages}
      columns={columns}
      keyOf={({ id }) => id}
      empty={empty}
    />
  )
}

function Queries({ wanted, empty }: ListProps) {
  const queries = useEndless<AbandonedQuery>('/search/abandonment/queries', { ...wanted, limit: A_PAGE })
  const columns: readonly Column<AbandonedQuery>[] = [
    { heading: t('search.question'), show: (query) => <span lang={langOf(query)}>{query.text}</span> },
    ...countColumns<AbandonedQuery>(SIGNS),
    { heading: t('search.asked'), isNumber: true, show: ({ asked }) => number(asked) },
    {
      heading: t('search.shareOfAsked'),
      isNumber: true,
      show: ({ visits, asked }) => <Share part={visits} of={asked} />,
    },
    {
      heading: t('search.readAfter'),
      show: ({ pages }) =>
        pages.length === 0 ? (
          <span class="muted">{t('search.nothing')}</span>
        ) : (
          <ol class="search-documents small">
            {pages.map((page) => (
              <li key={page.id}>
                <DocumentLink document={page} />
              </li>
            ))}
          </ol>
        ),
    },
    ...lastColumn<AbandonedQuery>(),
  ]
  return (
    <PagedTable
      caption={t('search.by-query')}
      pages={queries}
      columns={columns}
      keyOf={({ language, text, lastDay }) => `${language} ${text} ${lastDay}`}
      empty={empty}
    />
  )
}

/** Visits that gave up, then those of each sign that can be. */
function countColumns<Row extends Counts>(signs: readonly (typeof SIGNS)[number][]): readonly Column<Row>[] {
  return [
    { heading: t('search.gaveUp'), isNumber: true, show: ({ visits }) => number(visits) },
    ...signs.map((sign) => ({
      heading: t(`search.sign-${sign}`),
      isNumber: true,
      show: (row: Row) => number(row.signs[sign]),
    })),
  ]
}

function lastColumn<Row extends { readonly lastDay: string }>(): readonly Column<Row>[] {
  return [
    {
      heading: t('search.lastSeen'),
      show: ({ lastDay }) => <time dateTime={lastDay}>{dayIfKnown(lastDay)}</time>,
    },
  ]
}

type Document = AbandonedQuery['pages'][number]

function DocumentLink({
  document,
}: {
  readonly document: Pick<Document, 'id' | 'kind' | 'title' | 'language'>
}) {
  const { id, kind, title, language } = document
  return (
    <Link href={kind === 'article' ? `~/app/articles/${id}` : `~/app/threads/${id}`} lang={language}>
      {title}
    </Link>
  )
}

/** A share, or that there are too few to say; a page that a cache showed was read more often than is known. */
function Share({ part, of }: { readonly part: number; readonly of: number }) {
  if (of < TOO_FEW) return <span class="muted small">{t('search.tooFew')}</span>
  return <>{percent(Math.min(1, part / of), 1)}</>
}
