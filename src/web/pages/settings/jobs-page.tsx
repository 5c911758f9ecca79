import { useSearchParams } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { refresh } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'

type Job = ItemOf<Get<'/api/jobs'>>

const STATES = ['failed', 'queued', 'running'] as const

/** What runs in the background: jobs that failed, wait or run. */
export function JobsPage() {
  const [search, setSearch] = useSearchParams()
  const state = STATES.find((each) => each === search.get('state')) ?? 'failed'
  const jobs = useEndless<Job>('/jobs', { state })
  const act = useAction(async (id: string, what: 'retry' | 'discard') => {
    await (what === 'retry' ? call('POST', `/jobs/${id}/retry`) : call('DELETE', `/jobs/${id}`))
    refresh('/jobs', '/system')
  })
  const columns: readonly Column<Job>[] = [
    {
      heading: t('settings.job'),
      show: ({ type, error }) => (
        <>
          <code>{type}</code>
          {error !== undefined && <p class="small change">{error}</p>}
        </>
      ),
    },
    {
      heading: t('settings.about'),
      show: ({ payload }) => <code class="small">{JSON.stringify(payload)}</code>,
    },
    { heading: t('settings.attempts'), isNumber: true, show: ({ attempts }) => number(attempts) },
    { heading: t('settings.at'), show: ({ at }) => at && moment(at) },
    {
      heading: t('settings.actions'),
      isActions: true,
      show: ({ id, type }) =>
        state === 'failed' && (
          <div class="row">
            <Button isDisabled={act.isRunning} onClick={() => void act.run(id, 'retry')}>
              {t('parts.retry')}
            </Button>
            <ConfirmButton
              question={t('settings.discardJob', { type })}
              label={t('settings.discard')}
              isDisabled={act.isRunning}
              onConfirm={() => void act.run(id, 'discard')}
            />
          </div>
        ),
    },
  ]
  return (
    <Page title={t('settings.jobs')}>
      <div class="form">
        <SelectField
          label={t('settings.status')}
          value={state}
          choices={STATES.map((each) => ({ value: each, label: t(`settings.jobs_${each}`) }))}
          onChoose={(chosen) => setSearch({ state: chosen })}
        />
      </div>
      {act.problem && <ProblemNote problem={act.problem} />}
      <PagedTable
        pages={jobs}
        caption={t('settings.jobs')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty title={t(`settings.none_${state}`)} />}
      />
    </Page>
  )
}
