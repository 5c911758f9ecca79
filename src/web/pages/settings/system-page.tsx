import type { ComponentChildren } from 'preact'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { duration } from '../../messages/duration.ts'
import { moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Page } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { type Column, Table } from '../../parts/table.tsx'

type System = Get<'/api/system'>

interface Queue {
  readonly name: 'people' | 'bulk'
  readonly queued: number
  readonly running: number
  readonly failed: number
  readonly oldestDueAt?: string
}

/** What runs here, and whether it keeps up. */
export function SystemPage() {
  const system = useResource<System>('/system')
  const columns: readonly Column<Queue>[] = [
    { heading: t('settings.queue'), show: ({ name }) => t(`settings.queue_${name}`) },
    { heading: t('settings.jobs_queued'), isNumber: true, show: ({ queued }) => number(queued) },
    { heading: t('settings.jobs_running'), isNumber: true, show: ({ running }) => number(running) },
    { heading: t('settings.jobs_failed'), isNumber: true, show: ({ failed }) => number(failed) },
    { heading: t('settings.oldest'), show: ({ oldestDueAt }) => oldestDueAt && moment(oldestDueAt) },
  ]
  return (
    <Page title={t('settings.system')}>
      <Loaded resource={system}>
        {({
          version,
          node,
          startedAt,
          uptimeSeconds,
          database,
          schema,
          queues,
          events,
          search,
          identifiers,
        }) => (
          <>
            <table class="narrow">
              <tbody>
                <Fact name={t('settings.version')}>Entraide {version}</Fact>
                <Fact name="Node.js">{node}</Fact>
                <Fact name={t('settings.running')}>
                  {t('settings.runningSince', {
                    since: moment(startedAt),
                    time: duration(Math.round(uptimeSeconds / 60)),
                  })}
                </Fact>
                <Fact name={t('settings.database')}>
                  {database.dialect} {database.version}
                </Fact>
                <Fact name={t('settings.schema')}>
                  {t('settings.schemaSteps', { applied: schema.applied, expected: schema.expected })}
                </Fact>
                <Fact name={t('settings.searchIndex')}>
                  {t('settings.searchState', {
                    behind: Math.max(0, search.changes - search.indexed),
                  })}
                </Fact>
                <Fact name={t('settings.unheard')}>{number(events)}</Fact>
                <Fact name={t('settings.identifiers')}>
                  {identifiers.length === 0
                    ? t('settings.noIdentifiers')
                    : identifiers.map(({ kind, pattern }) => `${kind}: ${pattern}`).join(', ')}
                </Fact>
              </tbody>
            </table>
            <h2>{t('settings.queues')}</h2>
            <Table
              caption={t('settings.queues')}
              columns={columns}
              rows={[
                { name: 'people', ...queues.people },
                { name: 'bulk', ...queues.bulk },
              ]}
              keyOf={({ name }) => name}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  )
}
