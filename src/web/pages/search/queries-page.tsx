import { useRef, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { useEndless } from '../../api/endless.ts'
import { useAddressFilters } from '../../lists/use-address-filters.ts'
import { dayIfKnown, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { useListKeys } from '../articles/list-keys.ts'
import { DAYS, langOf, periods, type Query } from './gap.ts'
import { addSearch } from './relevance/relevance.ts'
import { Tabs } from './tabs.tsx'

const OUTCOMES = ['failed', 'unhelped', 'helped'] as const
const A_PAGE = 25

/** What people asked, what they saw, and what they took. */
export function QueriesPage() {
  const { filters, change, addressOf } = useAddressFilters(
    ['text', 'outcome', 'days'],
    '~/app/search/queries',
  )
  const queries = useEndless<Query>('/search/queries', { ...filters, limit: A_PAGE })
  const [text, setText] = useState(filters.text ?? '')
  const list = useRef<HTMLDivElement>(null)
  const choices = useRef<HTMLDivElement>(null)
  useListKeys({ list, filter: () => choices.current?.querySelector('input')?.focus() })
  const isNarrowed = filters.text !== undefined || filters.outcome !== undefined
  return (
    <Page title={t('search.title')}>
      <Tabs current="queries" />
      <p class="muted search-about">{t('search.queriesAbout')}</p>
      <div class="search-filters" ref={choices}>
        <TextField
          label={t('search.words')}
          type="search"
          value={text}
          onInput={(value) => {
            setText(value)
            change({ text: value.trim() })
          }}
        />
        <SelectField
          label={t('search.outcome')}
          value={filters.outcome ?? ''}
          choices={[
            { value: '', label: t('parts.all') },
            ...OUTCOMES.map((value) => ({ value, label: t(`search.outcome-${value}`) })),
          ]}
          onChoose={(outcome) => change({ outcome })}
        />
        <SelectField
          label={t('search.period')}
          value={filters.days ?? DAYS}
          choices={periods()}
          onChoose={(days) => change({ days: days === DAYS ? undefined : days })}
        />
      </div>
      <div ref={list}>
        <PagedTable
          caption={t('search.tab-queries')}
          pages={queries}
          columns={hasRole('knowledge-manager') ? [...columns(), judging] : columns()}
          keyOf={({ language, text: asked, lastDay }) => `${language} ${asked} ${lastDay}`}
          empty={
            <Empty title={t(isNarrowed ? 'search.noneFits' : 'search.noQueries')}>
              {isNarrowed ? (
                <ButtonLink href={addressOf({ days: filters.days })}>{t('search.clearFilters')}</ButtonLink>
              ) : (
                <p>{t('search.noQueriesHint')}</p>
              )}
            </Empty>
          }
        />
      </div>
    </Page>
  )
}

function columns(): readonly Column<Query>[] {
  return [
    {
      heading: t('search.question'),
      show: (query) => (
        <>
          <span lang={langOf(query)}>{query.text}</span>
          {query.instead.length > 0 && (
            <p class="muted small">
              {t('search.instead')} {query.instead.map((each) => each.text).join(' · ')}
            </p>
          )}
        </>
      ),
    },
    { heading: t('search.asked'), isNumber: true, show: ({ asked }) => number(asked) },
    { heading: t('search.helped'), isNumber: true, show: ({ helped }) => number(helped) },
    { heading: t('search.noArticle'), isNumber: true, show: ({ failed }) => number(failed) },
    { heading: t('search.shown'), show: ({ shown }) => <Documents documents={shown} /> },
    { heading: t('search.taken'), show: ({ opened }) => <Documents documents={opened} /> },
    {
      heading: t('search.lastAsked'),
      show: ({ lastDay }) => <time dateTime={lastDay}>{dayIfKnown(lastDay)}</time>,
    },
  ]
}

const judging: Column<Query> = {
  get heading() {
    return t('relevance.judge')
  },
  isActions: true,
  show: (query) => <JudgeButton query={query} />,
}

/** Takes a search to where its results are judged. */
function JudgeButton({ query: { text, language } }: { readonly query: Query }) {
  const [, go] = useLocation()
  const asked = text.replaceAll('…', ' ').trim()
  const known = language === 'fr' || language === 'en' ? language : 'und'
  const judge = useAction(async () => go(`/relevance/${await addSearch(asked, known)}`))
  return (
    <>
      <Button label={t('relevance.judgeSearch', { text: asked })} onClick={() => void judge.run()}>
        {t('relevance.judge')}
      </Button>
      {judge.problem !== undefined && <ProblemNote problem={judge.problem} />}
    </>
  )
}

type Document = Query['shown'][number] & { readonly times?: number }

function Documents({ documents }: { readonly documents: readonly Document[] }) {
  if (documents.length === 0) return <span class="muted">{t('search.nothing')}</span>
  return (
    <ol class="search-documents small">
      {documents.map(({ id, kind, title, times }) => (
        <li key={id}>
          <Link href={kind === 'article' ? `~/app/articles/${id}` : `~/app/threads/${id}`}>{title}</Link>
          {times !== undefined && times > 1 && <span class="muted"> × {number(times)}</span>}
        </li>
      ))}
    </ol>
  )
}
