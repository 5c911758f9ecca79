import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useEndless } from '../../api/endless.ts'
import { useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { moment, number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { type Column, PagedTable, Table } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { type Import, ImportState } from './import-state.tsx'
import { UploadForm } from './upload-form.tsx'

type Sources = Get<'/api/sources'>
type Source = ItemOf<Sources>

/** The communities that threads come from, and what was imported. */
export function SourcesPage() {
  const sources = useResource<Sources>('/sources')
  const [isUploading, setUploading] = useState(false)
  const columns: readonly Column<Source>[] = [
    {
      heading: t('sources.name'),
      show: ({ name }) => <Link href={`/${encodeURIComponent(name)}`}>{name}</Link>,
    },
    { heading: t('sources.format'), show: ({ format }) => format },
    { heading: t('sources.audience'), show: ({ audience }) => t(`sources.audience_${audience}`) },
    { heading: t('sources.redacted'), show: ({ redact }) => t(redact ? 'parts.yes' : 'parts.no') },
    { heading: t('sources.lastImport'), show: ({ lastImportAt }) => lastImportAt && moment(lastImportAt) },
    {
      heading: t('sources.lastDelivery'),
      show: ({ lastDeliveryAt }) => lastDeliveryAt && moment(lastDeliveryAt),
    },
  ]
  return (
    <Page
      title={t('sources.title')}
      actions={
        hasRole('knowledge-manager') && (
          <Button kind="primary" icon="upload" onClick={() => setUploading(true)}>
            {t('sources.import')}
          </Button>
        )
      }
    >
      <Loaded resource={sources}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('sources.none')}>
              <p>{t('sources.noneHint')}</p>
            </Empty>
          ) : (
            <Table caption={t('sources.title')} columns={columns} rows={items} keyOf={({ name }) => name} />
          )
        }
      </Loaded>
      <h2>{t('sources.imports')}</h2>
      <Imports />
      {isUploading && <UploadForm onClose={() => setUploading(false)} />}
    </Page>
  )
}

/** The imports, latest first. @param source of one source alone */
export function Imports({ source }: { readonly source?: string }) {
  const imports = useEndless<Import>('/imports', { source })
  const columns: readonly Column<Import>[] = [
    {
      heading: t('sources.started'),
      show: ({ id, createdAt }) => <Link href={`~/app/sources/imports/${id}`}>{moment(createdAt)}</Link>,
    },
    ...(source === undefined ? [{ heading: t('sources.source'), show: (each: Import) => each.source }] : []),
    { heading: t('sources.files'), show: ({ files }) => files.map(({ name }) => name).join(', ') },
    { heading: t('sources.state'), show: (each) => <ImportState of={each} /> },
    {
      heading: t('sources.posts'),
      isNumber: true,
      show: ({ progress }) => progress && number(progress.posts),
    },
  ]
  return (
    <PagedTable
      pages={imports}
      caption={t('sources.imports')}
      columns={columns}
      keyOf={({ id }) => id}
      empty={<p class="muted">{t('sources.noImports')}</p>}
    />
  )
}
