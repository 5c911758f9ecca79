import { useSearchParams } from 'wouter-preact'
import { useEndless } from '../../api/endless.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { moment } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'

type Entry = ItemOf<Get<'/api/audit'>>

/** Who changed what and when; of one object or one person where the address says so. */
export function AuditPage() {
  const [search, setSearch] = useSearchParams()
  const target = search.get('target') ?? undefined
  const actor = search.get('actor') ?? undefined
  const entries = useEndless<Entry>('/audit', { target, actor, limit: 50 })
  const columns: readonly Column<Entry>[] = [
    { heading: t('settings.at'), show: ({ at }) => moment(at) },
    {
      heading: t('settings.by'),
      show: ({ actor: who }) => (
        <Button kind="quiet" onClick={() => setSearch({ actor: who.id })}>
          {who.name}
        </Button>
      ),
    },
    { heading: t('settings.action'), show: ({ action }) => <code>{action}</code> },
    {
      heading: t('settings.object'),
      show: (entry) => (
        <Button kind="quiet" onClick={() => setSearch({ target: entry.target })}>
          <code>{entry.target}</code>
        </Button>
      ),
    },
    { heading: t('settings.change'), show: (entry) => <Change entry={entry} /> },
  ]
  return (
    <Page title={t('settings.audit')}>
      {(target ?? actor) !== undefined && (
        <p class="row">
          {t('settings.auditOf', { of: target ?? actor ?? '' })}
          <Button icon="x" onClick={() => setSearch({})}>
            {t('settings.showAll')}
          </Button>
        </p>
      )}
      <div class="audit">
        <PagedTable
          pages={entries}
          caption={t('settings.audit')}
          columns={columns}
          keyOf={({ id }) => id}
          empty={<Empty title={t('settings.noEntries')} />}
        />
      </div>
    </Page>
  )
}

function Change({ entry: { before, after } }: { readonly entry: Entry }) {
  return (
    <div class="change small">
      {before !== undefined && (
        <p>
          {t('settings.was')} <code>{JSON.stringify(before)}</code>
        </p>
      )}
      {after !== undefined && (
        <p>
          {t('settings.became')} <code>{JSON.stringify(after)}</code>
        </p>
      )}
    </div>
  )
}
