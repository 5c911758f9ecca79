import { Link } from 'wouter-preact'
import { ago, number, percent } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
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
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
            <section class="scroll-x" aria-label={t('models.title')} tabIndex={0}>
              <table class="figures">
                <thead>
                  <tr>
                    <th scope="col">{t('models.facet')}</th>
                    <th scope="col">{t('models.activeVersion')}</th>
                    <th scope="col" class="number">
                      {t('models.accuracy')}
                    </th>
                    <th scope="col" class="number">
                      {t('models.coverage')}
                    </th>
                    <th scope="col" class="number">
                      {t('models.trainedOn')}
                    </th>
                    <th scope="col">{t('models.latest')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <FacetRow key={item.facet} item={item} />
                  ))}
                </tbody>
              </table>
            </section>
          )
        }
      </Loaded>
    </Page>
  )
}

function FacetRow({ item: { facet, active, latest } }: { readonly item: FacetModels }) {
  return (
    <tr>
      <th scope="row" class="model-name">
        <Link href={`/${encodeURIComponent(facet)}`}>{facet}</Link>
      </th>
      <td>
        {active === undefined ? (
          <span class="muted">{t('models.noneActive')}</span>
        ) : (
          <>
            {t('models.version', { version: active.version })}{' '}
            <span class="muted small">{ago(active.activatedAt ?? active.createdAt, Date.now())}</span>
          </>
        )}
      </td>
      <td class="number">{active && percent(active.accuracy, 1)}</td>
      <td class="number">{active && percent(active.coverage, 1)}</td>
      <td class="number">{active && number(active.trainedOn)}</td>
      <td class="model-sentence">
        {latest !== undefined && <Latest latest={latest} isActive={latest.version === active?.version} />}
      </td>
    </tr>
  )
}

function Latest({ latest, isActive }: { readonly latest: Version; readonly isActive: boolean }) {
  return (
    <>
      {!isActive && (
        <>
          {t('models.version', { version: latest.version })} <VersionStatus status={latest.status} />{' '}
        </>
      )}
      <span class="small">{latest.sentence === undefined ? latest.reason : inLanguage(latest.sentence)}</span>
    </>
  )
}
