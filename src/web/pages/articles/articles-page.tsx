import { useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useEndless } from '../../api/endless.ts'
import { useResource } from '../../api/resource.ts'
import { ago, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { type ArticleItem, AUDIENCES, CONFIDENCES, LANGUAGES } from './article.ts'
import { AudienceBadge, ConfidenceBadge, FlagsBadge } from './badges.tsx'
import { type FilterState, SORTS, useFilters } from './filters.ts'
import { useListKeys } from './list-keys.ts'
import { audienceName, confidenceName, languageName } from './names.ts'

type Counts = Readonly<Record<(typeof CONFIDENCES)[number] | 'flagged', number>>

/** The articles, by filters that stand in the address. */
export function ArticlesPage() {
  const state = useFilters()
  const { filters } = state
  const articles = useEndless<ArticleItem>('/articles', { ...filters, limit: 50 })
  const list = useRef<HTMLDivElement>(null)
  const words = useRef<HTMLDivElement>(null)
  useListKeys({ list, filter: () => words.current?.querySelector('input')?.focus() })
  const isFiltered = Object.keys(filters).some((name) => name !== 'sort')
  return (
    <Page title={t('articles.title')}>
      <StateTabs state={state} />
      <div class="articles-filters" ref={words}>
        <TextField
          label={t('articles.words')}
          type="search"
          value={filters.q ?? ''}
          onInput={(q) => state.change({ q })}
        />
        <Choices state={state} />
      </div>
      <div ref={list}>
        <PagedTable
          caption={t('articles.title')}
          pages={articles}
          columns={columnsAt(Date.now())}
          keyOf={({ id }) => id}
          empty={isFiltered ? <NothingFits state={state} /> : <NoArticles />}
        />
      </div>
    </Page>
  )
}

function StateTabs({ state: { filters, addressWith } }: { readonly state: FilterState }) {
  const { confidence, flagged, sort, ...others } = filters
  const { data: counts } = useResource<Counts>('/articles/counts', { query: others, keepPrevious: true })
  const isStaff = hasRole('agent', 'knowledge-manager', 'supervisor')
  const tabs = [
    { key: 'all', label: t('parts.all'), filters: {}, count: undefined },
    ...CONFIDENCES.map((each) => ({
      key: each,
      label: confidenceName(each),
      filters: { confidence: each },
      count: counts?.[each],
    })),
    ...(isStaff
      ? [
          {
            key: 'flagged',
            label: t('articles.flagged'),
            filters: { flagged: 'true' },
            count: counts?.flagged,
          },
        ]
      : []),
  ]
  const shown = flagged === undefined ? (confidence ?? 'all') : 'flagged'
  return (
    <nav class="tabs" aria-label={t('articles.confidence')}>
      {tabs.map(({ key, label, filters: own, count }) => (
        <Link
          key={key}
          href={addressWith({ confidence: undefined, flagged: undefined, ...own })}
          aria-current={key === shown ? 'page' : undefined}
        >
          {label} {count !== undefined && <span class="muted">{number(count)}</span>}
        </Link>
      ))}
      {isStaff && <Link href="/reviews">{t('reviews.title')}</Link>}
      {isStaff && <Link href="/reports">{t('articles.reports')}</Link>}
      {isStaff && <Link href="/translations">{t('translations.title')}</Link>}
      {isStaff && <Link href="/coaching">{t('coaching.title')}</Link>}
    </nav>
  )
}

function Choices({ state: { filters, change } }: { readonly state: FilterState }) {
  const any = { value: '', label: t('parts.all') }
  return (
    <>
      <SelectField
        label={t('articles.audience')}
        value={filters.audience ?? ''}
        choices={[any, ...AUDIENCES.map((each) => ({ value: each, label: audienceName(each) }))]}
        onChoose={(audience) => change({ audience })}
      />
      <SelectField
        label={t('articles.language')}
        value={filters.language ?? ''}
        choices={[any, ...LANGUAGES.map((each) => ({ value: each, label: languageName(each) }))]}
        onChoose={(language) => change({ language })}
      />
      <SelectField
        label={t('articles.sort')}
        value={filters.sort ?? 'updated'}
        choices={SORTS.map((each) => ({ value: each, label: t(`articles.sort-${each}`) }))}
        onChoose={(sort) => change({ sort: sort === 'updated' ? '' : sort })}
      />
    </>
  )
}

function columnsAt(now: number): readonly Column<ArticleItem>[] {
  return [
    {
      heading: t('articles.article'),
      show: ({ id, title, language }) => (
        <Link class="articles-title" href={`/${id}`} lang={language === 'und' ? undefined : language}>
          {title || t('articles.untitled')}
        </Link>
      ),
    },
    {
      heading: t('articles.confidence'),
      show: ({ confidence, flags = 0 }) => (
        <span class="row">
          <ConfidenceBadge confidence={confidence} />
          {flags > 0 && <FlagsBadge count={flags} />}
        </span>
      ),
    },
    {
      heading: t('articles.audience'),
      show: ({ audience }) => (
        <span class="row">
          <AudienceBadge audience={audience} />
        </span>
      ),
    },
    { heading: t('articles.language'), show: ({ language }) => languageName(language) },
    { heading: t('articles.revision'), isNumber: true, show: ({ revision }) => number(revision) },
    {
      heading: t('articles.changed'),
      show: ({ updatedAt }) => (
        <time dateTime={updatedAt} class="articles-when">
          {ago(updatedAt, now)}
        </time>
      ),
    },
  ]
}

function NothingFits({ state }: { readonly state: FilterState }) {
  return (
    <Empty title={t('articles.nothingFits')}>
      <p>{t('articles.nothingFitsHint')}</p>
      <ButtonLink href={state.addressWith(withoutAll(state))}>{t('articles.clearFilters')}</ButtonLink>
    </Empty>
  )
}

function withoutAll({ filters }: FilterState): Readonly<Record<string, undefined>> {
  return Object.fromEntries(Object.keys(filters).map((name) => [name, undefined]))
}

function NoArticles() {
  return (
    <Empty title={t('articles.none')}>
      <p>{t('articles.noneHint')}</p>
      <ButtonLink kind="primary" href="~/app/threads?resolved=true">
        {t('articles.toThreads')}
      </ButtonLink>
    </Empty>
  )
}
