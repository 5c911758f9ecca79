import { useRef, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import { number, percent } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { ConfirmButton } from '../../../parts/confirm-button.tsx'
import { SelectField, TextField } from '../../../parts/field.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty, Loaded, Note, ProblemNote } from '../../../parts/states.tsx'
import { type Column, Table } from '../../../parts/table.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import { useListKeys } from '../../articles/list-keys.ts'
import { langOf } from '../gap.ts'
import { Tabs } from '../tabs.tsx'
import { addSearch, ENOUGH, type JudgedSearch, type JudgedSearches, languages } from './relevance.ts'

/** How well search answers what people judged, and which searches these are. */
export function RelevancePage() {
  const judged = useResource<JudgedSearches>('/search/judged', { keepPrevious: true })
  const list = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLDivElement>(null)
  const remove = useAction(async (id: string) => {
    await call('DELETE', `/search/judged/${id}`)
    refresh('/search/judged')
  })
  useListKeys({ list, filter: () => form.current?.querySelector('input')?.focus() })
  return (
    <Page title={t('relevance.title')}>
      <Tabs current="relevance" />
      <p class="muted prose">{t('relevance.purpose')}</p>
      {hasRole('knowledge-manager') && (
        <div ref={form}>
          <AddForm />
        </div>
      )}
      {remove.problem !== undefined && <ProblemNote problem={remove.problem} />}
      <div ref={list}>
        <Loaded resource={judged}>
          {({ relevance, items }) =>
            items.length === 0 ? (
              <Empty title={t('relevance.none')}>
                <p>{t('relevance.noneHint')}</p>
              </Empty>
            ) : (
              <div class="stack">
                <Figures relevance={relevance} />
                <Table
                  caption={t('relevance.searches')}
                  columns={columns((id) => void remove.run(id))}
                  rows={items}
                  keyOf={({ id }) => id}
                />
              </div>
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}

function Figures({ relevance: { searches, mrr, top1, top3 } }: Pick<JudgedSearches, 'relevance'>) {
  if (searches === 0) return <Note>{t('relevance.noAnswers')}</Note>
  const figures = [
    ['top1', percent(top1)],
    ['top3', percent(top3)],
    ['mrr', number(mrr, 2)],
  ] as const
  return (
    <>
      <dl class="search-demand">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`relevance.${name}`)}</dt>
            <dd>
              <strong>{value}</strong> <span class="muted small">{t(`relevance.${name}Hint`)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p class="muted small">
        {t('relevance.over', { count: searches, shown: number(searches) })}{' '}
        {searches < ENOUGH && t('relevance.tooFew', { count: number(ENOUGH) })}
      </p>
    </>
  )
}

function AddForm() {
  const [text, setText] = useState('')
  const [language, setLanguage] = useState('und')
  const [, go] = useLocation()
  const add = useAction(async () => go(`/relevance/${await addSearch(text, language)}`))
  return (
    <form
      class="stack stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        void add.run()
      }}
    >
      <div class="search-filters">
        <TextField
          label={t('relevance.text')}
          value={text}
          maxLength={200}
          autocomplete="off"
          onInput={setText}
        />
        <SelectField
          label={t('relevance.language')}
          value={language}
          choices={languages()}
          onChoose={setLanguage}
        />
        <div>
          <Button kind="primary" type="submit" isDisabled={text.trim() === '' || add.isRunning}>
            {t('relevance.add')}
          </Button>
        </div>
      </div>
      {add.problem !== undefined && <ProblemNote problem={add.problem} />}
    </form>
  )
}

function columns(remove: (id: string) => void): readonly Column<JudgedSearch>[] {
  const all: readonly Column<JudgedSearch>[] = [
    {
      heading: t('relevance.search'),
      show: (search) => (
        <>
          <Link class="articles-title" href={`/relevance/${search.id}`} lang={langOf(search)}>
            {search.text}
          </Link>
          <p class="muted small">{t(`relevance.language-${search.language}`)}</p>
        </>
      ),
    },
    { heading: t('relevance.place'), show: place },
    {
      heading: t('relevance.unjudged'),
      isNumber: true,
      show: ({ unjudged }) => number(unjudged),
    },
  ]
  if (!hasRole('knowledge-manager')) return all
  return [
    ...all,
    {
      heading: t('relevance.actions'),
      isActions: true,
      show: ({ id, text }) => (
        <ConfirmButton
          question={t('relevance.removeSearch', { text })}
          label={t('relevance.remove')}
          onConfirm={() => remove(id)}
        >
          <span class="visually-hidden"> {text}</span>
        </ConfirmButton>
      ),
    },
  ]
}

function place({ place: at, answers }: JudgedSearch) {
  if (answers === 0) return <span class="muted">{t('relevance.unknown')}</span>
  return at === undefined ? t('relevance.beyond') : number(at)
}
