import { useRef, useState } from 'preact/hooks'
import { Link, useSearchParams } from 'wouter-preact'
import { useEndless } from '../../../api/endless.ts'
import { useCommands } from '../../../keys/commands.ts'
import { day } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { CheckField } from '../../../parts/field.tsx'
import { Page } from '../../../parts/page.tsx'
import { Badge, Empty, Note } from '../../../parts/states.tsx'
import { type Column, PagedTable } from '../../../parts/table.tsx'
import { useWayBack } from '../filters.ts'
import { useListKeys } from '../list-keys.ts'
import { CloseDialog } from './close-dialog.tsx'
import { isOverdue, type Report } from './report.ts'

/** Problems that people reported on articles, the first due first; which ones stands in the address. */
export function ReportsPage() {
  const [search, setSearch] = useSearchParams()
  const state = search.get('state') === 'closed' ? 'closed' : 'open'
  const isOwn = search.get('owner') === 'me'
  const reports = useEndless<Report>('/articles/reports', {
    state,
    owner: isOwn ? 'me' : undefined,
    limit: 50,
  })
  const [closing, setClosing] = useState<Report>()
  const [isClosed, setClosed] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const filters = useRef<HTMLDivElement>(null)
  const back = useWayBack()
  useListKeys({ list, filter: () => filters.current?.querySelector('input')?.focus() })
  useCommands(t('articles.list'), [{ id: 'reports-back', label: t('articles.back'), keys: ['u'], run: back }])
  const owner = isOwn ? 'owner=me' : ''
  return (
    <Page title={t('articles.reports')} actions={<ButtonLink href="/">{t('articles.title')}</ButtonLink>}>
      <nav class="tabs" aria-label={t('articles.reports')}>
        {(['open', 'closed'] as const).map((each) => (
          <Link
            key={each}
            href={`/reports?${[each === 'open' ? '' : `state=${each}`, owner].filter(Boolean).join('&')}`}
            aria-current={each === state ? 'page' : undefined}
          >
            {t(`articles.reports-${each}`)}
          </Link>
        ))}
      </nav>
      <div ref={filters}>
        <CheckField
          label={t('articles.ownReports')}
          isChecked={isOwn}
          onChange={(isChecked) =>
            setSearch(
              (before) => {
                if (isChecked) before.set('owner', 'me')
                else before.delete('owner')
                return before
              },
              { replace: true },
            )
          }
        />
      </div>
      <div role="status">{isClosed && <Note kind="good">{t('articles.reportClosed')}</Note>}</div>
      <div ref={list}>
        <PagedTable
          caption={t('articles.reports')}
          pages={reports}
          columns={columnsAt(Date.now(), state, setClosing)}
          keyOf={({ id }) => id}
          empty={<Empty title={t(`articles.noReports-${state}`)} />}
        />
      </div>
      {closing !== undefined && (
        <CloseDialog
          report={closing}
          onClosed={() => setClosed(true)}
          onClose={() => setClosing(undefined)}
        />
      )}
    </Page>
  )
}

function columnsAt(
  now: number,
  state: 'open' | 'closed',
  onClose: (report: Report) => void,
): readonly Column<Report>[] {
  return [
    {
      heading: t('articles.article'),
      show: ({ article: { id, title, language } }) => (
        <Link class="articles-title" href={`/${id}`} lang={language === 'und' ? undefined : language}>
          {title || t('articles.untitled')}
        </Link>
      ),
    },
    {
      heading: t('articles.reportComment'),
      show: ({ comment, origin, by }) => (
        <>
          <p class="articles-report">{comment}</p>
          <span class="muted small">{by?.name ?? t(`articles.origin-${origin}`)}</span>
        </>
      ),
    },
    { heading: t('articles.owner'), show: ({ owner }) => owner?.name ?? '' },
    state === 'open'
      ? {
          heading: t('articles.due'),
          show: (report) => (
            <span class="row">
              <time dateTime={report.dueAt} class="articles-when">
                {day(report.dueAt)}
              </time>
              {isOverdue(report, now) && <Badge kind="warn">{t('articles.overdue')}</Badge>}
            </span>
          ),
        }
      : {
          heading: t('articles.outcome'),
          show: ({ closed }) =>
            closed !== undefined && (
              <>
                <Badge>{t(`articles.outcome-${closed.outcome}`)}</Badge> {closed.note}{' '}
                <span class="muted small">
                  {closed.by.name}, {day(closed.at)}
                </span>
              </>
            ),
        },
    {
      heading: t('articles.closeReport'),
      isActions: true,
      show: (report) =>
        report.mayClose && <Button onClick={() => onClose(report)}>{t('articles.closeReportDialog')}</Button>,
    },
  ]
}
