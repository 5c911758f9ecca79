import { Link } from 'wouter-preact'
import { ago, number, percent } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { type FacetModels, useModels, type Version } from './resources.ts'
import { VersionStatus } from './version-status.tsx'

/** Every facet with the version that answers for it. */
export function ModelsPage() {
  const models = useModels()
  return (
    <Page title={t('models.title')}>
      <Loaded resource={models}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('models.noFacets')}>
              <p>{t('models.noFacetsHint')}</p>
            </Empty>
          ) : (
            <Table
              caption={t('models.title')}
              columns={columns()}
              rows={items}
              keyOf={({ facet }) => facet}
            />
          )
        }
      </Loaded>
    </Page>
  )
}

function columns(): Column<FacetModels>[] {
  return [
    {
      heading: t('models.facet'),
      show: ({ facet }) => <Link href={`/${encodeURIComponent(facet)}`}>{facet}</Link>,
    },
    { heading: t('models.activeVersion'), show: ({ active }) => <Active version={active} /> },
    {
      heading: t('models.accuracy'),
      isNumber: true,
      show: ({ active }) => active && percent(active.accuracy, 1),
    },
    {
      heading: t('models.coverage'),
      isNumber: true,
      show: ({ active }) => active && percent(active.coverage, 1),
    },
    {
      heading: t('models.trainedOn'),
      isNumber: true,
      show: ({ active }) => active && number(active.trainedOn),
    },
    {
      heading: t('models.latest'),
      show: ({ latest, active }) =>
        latest && <Latest latest={latest} isActive={latest.version === active?.version} />,
    },
  ]
}

function Active({ version }: { readonly version: FacetModels['active'] }) {
  if (version === undefined) return <span class="muted">{t('models.noneActive')}</span>
  return (
    <>
      {t('models.version', { version: version.version })}{' '}
      <span class="muted small">{ago(version.activatedAt ?? version.createdAt, Date.now())}</span>
    </>
  )
}

function Latest({ latest, isActive }: { readonly latest: Version; readonly isActive: boolean }) {
  return (
    <div class="model-sentence">
      {!isActive && (
        <>
          {t('models.version', { version: latest.version })} <VersionStatus status={latest.status} />{' '}
        </>
      )}
      <span class="small">{latest.sentence === undefined ? latest.reason : inLanguage(latest.sentence)}</span>
    </div>
  )
}
