import { useRef } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty, Loaded, Note, ProblemNote } from '../../../parts/states.tsx'
import { type Column, Table } from '../../../parts/table.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import { useListKeys } from '../../articles/list-keys.ts'
import { langOf } from '../gap.ts'
import type { JudgedResults } from './relevance.ts'

interface Row {
  readonly id: string
  readonly kind: 'article' | 'thread'
  readonly title: string
  readonly language: string
  /** Its place among the results. */
  readonly place?: number
  /** The passage that fits best. */
  readonly passage?: string
  readonly answers?: boolean
}

/** The first results of one search, each of which is judged by a key. */
export function JudgedPage({ id }: { readonly id: string }) {
  const judged = useResource<JudgedResults>(`/search/judged/${id}`, { staleMs: 0 })
  const list = useRef<HTMLDivElement>(null)
  const [, go] = useLocation()
  const judge = useAction(async (documentId: string, answers: boolean | undefined) => {
    const path = `/search/judged/${id}/judgements/${documentId}`
    if (answers === undefined) await call('DELETE', path)
    else await call('PUT', path, { body: { answers } })
    refresh('/search/judged')
  })
  const rows = judged.data === undefined ? [] : rowsOf(judged.data)

  function judgeFocused(answers: boolean): void {
    const all = [...(list.current?.querySelectorAll('tbody tr') ?? [])]
    const at = all.findIndex((row) => row.contains(document.activeElement))
    const row = rows[at]
    if (row === undefined) return
    void judge.run(row.id, answers)
    const next = all[at + 1] ?? all[at]
    next?.querySelector('a')?.focus()
  }

  const mayJudge = hasRole('knowledge-manager')
  useListKeys({ list, filter: () => list.current?.querySelector<HTMLAnchorElement>('tbody a')?.focus() })
  useCommands(t('relevance.title'), [
    { ...usual('judged-back'), run: () => go('/relevance') },
    ...(mayJudge
      ? [
          { ...usual('judged-yes'), run: () => judgeFocused(true) },
          { ...usual('judged-no'), run: () => judgeFocused(false) },
        ]
      : []),
  ])
  return (
    <Page
      title={
        judged.data === undefined
          ? t('relevance.title')
          : t('relevance.resultsOf', { text: judged.data.text })
      }
      actions={<ButtonLink href="/relevance">{t('relevance.back')}</ButtonLink>}
    >
      {mayJudge && <p class="muted prose">{t('relevance.howToJudge')}</p>}
      {judge.problem !== undefined && <ProblemNote problem={judge.problem} />}
      <div ref={list}>
        <Loaded resource={judged}>
          {(shown) => (
            <div class="stack">
              {shown.nothingFits && shown.results.length > 0 && (
                <Note kind="warn">{t('relevance.nothingFits')}</Note>
              )}
              {rows.length === 0 ? (
                <Empty title={t('relevance.noResults')}>
                  <p>{t('relevance.noResultsHint')}</p>
                </Empty>
              ) : (
                <Table
                  caption={t('relevance.results')}
                  columns={columns(mayJudge ? (row, answers) => void judge.run(row.id, answers) : undefined)}
                  rows={rows}
                  keyOf={(row) => row.id}
                />
              )}
            </div>
          )}
        </Loaded>
      </div>
    </Page>
  )
}

function rowsOf({ results, beyond }: JudgedResults): readonly Row[] {
  return [
    ...results.map(({ item: { id, kind, title, language, snippet }, judgement: { answers } }, at) => ({
      id,
      kind,
      title,
      language,
      place: at + 1,
      passage: snippet.text,
      answers,
    })),
    ...beyond.map(({ judgement: { answers }, ...document }) => ({ ...document, answers })),
  ]
}

function columns(
  judge: ((row: Row, answers: boolean | undefined) => void) | undefined,
): readonly Column<Row>[] {
  const all: readonly Column<Row>[] = [
    {
      heading: t('relevance.placeOfResult'),
      show: ({ place }) => (place === undefined ? t('relevance.beyond') : number(place)),
    },
    {
      heading: t('relevance.result'),
      show: ({ id, kind, title, language, passage }) => (
        <div class="relevance-result" lang={langOf({ language })}>
          <Link href={kind === 'article' ? `~/app/articles/${id}` : `~/app/threads/${id}`}>{title}</Link>
          {passage !== undefined && passage !== '' && <p class="muted small">{passage}</p>}
        </div>
      ),
    },
    { heading: t('relevance.kind'), show: ({ kind }) => t(`relevance.kind-${kind}`) },
  ]
  if (judge === undefined)
    return [
      ...all,
      {
        heading: t('relevance.judgement'),
        show: ({ answers }) =>
          answers === undefined ? '' : t(answers ? 'relevance.answers' : 'relevance.doesNot'),
      },
    ]
  return [
    ...all,
    {
      heading: t('relevance.judgement'),
      show: (row) => (
        <fieldset class="row relevance-judgement">
          <legend class="visually-hidden">{row.title}</legend>
          <Button
            isPressed={row.answers === true}
            onClick={() => judge(row, row.answers === true ? undefined : true)}
          >
            {t('relevance.answers')}
          </Button>
          <Button
            isPressed={row.answers === false}
            onClick={() => judge(row, row.answers === false ? undefined : false)}
          >
            {t('relevance.doesNot')}
          </Button>
        </fieldset>
      ),
    },
  ]
}
