import { useEffect } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable, Table } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { AuditLink } from '../settings/audit-link.tsx'
import { type Import, ImportState, isUnderWay } from './import-state.tsx'

type Rejection = ItemOf<Get<'/api/imports/{id}/rejections'>>

/** For when the stream of events does not come through. */
const ASK_AGAIN_MS = 2_000

/** One import: how far it is, what it brought, and the records that it refused. */
export function ImportPage({ id }: { readonly id: string }) {
  const resource = useResource<Import>(`/imports/${id}`)
  const isRunning = resource.data !== undefined && isUnderWay(resource.data)
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => refresh(`/imports/${id}`), ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [id, isRunning])
  return (
    <Loaded resource={resource}>
      {(found) => (
        <Page
          title={t('sources.importOf', { source: found.source })}
          actions={
            <ButtonLink href={`~/app/sources/${encodeURIComponent(found.source)}`}>{found.source}</ButtonLink>
          }
        >
          <p class="row">
            <ImportState of={found} />
            {t('sources.startedBy', { by: found.startedBy?.name ?? '', at: moment(found.createdAt) })}
            <AuditLink target={id} />
          </p>
          <Progress of={found} />
          {found.status === 'cancelled' && <ResumeButton id={id} />}
          {(found.status === 'failed' || found.status === 'interrupted') && (
            <Note>{t('sources.resume')}</Note>
          )}
          <Rejections id={id} />
        </Page>
      )}
    </Loaded>
  )
}

/** Goes on with an upload that was cancelled; its files are kept for a day. */
function ResumeButton({ id }: { readonly id: string }) {
  const resume = useAction(async () => {
    await call('POST', `/imports/${id}/resume`)
    refresh('/imports')
  })
  return (
    <div class="stack stack-tight">
      <Note>{t('sources.resumeHint')}</Note>
      {hasRole('knowledge-manager', 'supervisor') && (
        <div>
          <Button icon="rotate-ccw" isDisabled={resume.isRunning} onClick={() => void resume.run()}>
            {t('sources.resumeNow')}
          </Button>
        </div>
      )}
      {resume.problem && (
        <>
          <ProblemNote problem={resume.problem} />
          <Note>{t('sources.resume')}</Note>
        </>
      )}
    </div>
  )
}

interface CountRow {
  readonly what: 'threads' | 'posts'
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
}

function Progress({ of: found }: { readonly of: Import }) {
  const { id, progress, files } = found
  const cancel = useAction(async () => {
    await call('POST', `/imports/${id}/cancel`)
    refresh('/imports')
  })
  const count = (what: keyof Omit<CountRow, 'what'>): Column<CountRow> => ({
    heading: t(`sources.count_${what}`),
    isNumber: true,
    show: (row) => number(row[what]),
  })
  return (
    <div class="stack">
      <p class="muted">{files.map(({ name }) => name).join(', ')}</p>
      {progress !== undefined && (
        <>
          <progress
            max={Math.max(1, progress.bytesTotal)}
            value={progress.bytesRead}
            aria-label={t('sources.progress')}
          />
          <p>
            {t('sources.speed', { rate: number(progress.postsPerSecond) })}
            {progress.secondsLeft !== undefined &&
              isUnderWay(found) &&
              ` ${t('sources.left', { seconds: Math.ceil(progress.secondsLeft) })}`}
          </p>
          <Table
            caption={t('sources.counts')}
            columns={[
              { heading: t('sources.what'), show: ({ what }) => t(`sources.${what}`) },
              count('new'),
              count('changed'),
              count('unchanged'),
              count('rejected'),
            ]}
            rows={[
              { what: 'threads', ...progress.counts.threads },
              { what: 'posts', ...progress.counts.posts },
            ]}
            keyOf={({ what }) => what}
          />
        </>
      )}
      {cancel.problem && <ProblemNote problem={cancel.problem} />}
      {isUnderWay(found) && (
        <div>
          <Button isDisabled={cancel.isRunning} onClick={() => void cancel.run()}>
            {t('sources.cancel')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Rejections({ id }: { readonly id: string }) {
  const rejections = useEndless<Rejection>(`/imports/${id}/rejections`)
  const columns: readonly Column<Rejection>[] = [
    {
      heading: t('sources.place'),
      show: ({ place: { file, line } }) => <code>{line === undefined ? file : `${file}:${line}`}</code>,
    },
    { heading: t('sources.reason'), show: ({ reason }) => reason },
    { heading: t('sources.code'), show: ({ code }) => <code>{code}</code> },
  ]
  return (
    <section class="stack">
      <h2>{t('sources.rejections')}</h2>
      <PagedTable
        pages={rejections}
        caption={t('sources.rejections')}
        columns={columns}
        keyOf={(rejection) => String(rejection.number)}
        empty={<p class="muted">{t('sources.noRejections')}</p>}
      />
    </section>
  )
}
