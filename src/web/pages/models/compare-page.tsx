import { Link, useSearchParams } from 'wouter-preact'
import { queryString } from '../../api/client.ts'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { ShareText } from '../../charts/share.tsx'
import { number } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Loaded, Note } from '../../parts/states.tsx'
import { PredictedThreads } from './predicted-threads.tsx'
import { type About, pathOf } from './resources.ts'
import '../../charts/charts.css'

type Comparison = Get<'/api/models/{facet}/versions/{version}/comparisons/{other}'>

const CHANGES = ['gained', 'lost', 'different'] as const
type Change = (typeof CHANGES)[number]

/** Two versions on the same threads; the address holds which, and whose threads are shown. */
export function ComparePage({ facet, versions, version }: About) {
  const [params, setParams] = useSearchParams()
  const other =
    versions.find(({ version: each }) => String(each) === params.get('other')) ??
    versions.find(({ version: each }) => each < version.version) ??
    versions.find(({ version: each }) => each !== version.version)
  if (other === undefined)
    return (
      <Empty title={t('models.oneVersion')}>
        <p>{t('models.oneVersionHint')}</p>
      </Empty>
    )
  const choices = versions.map((each) => ({
    value: String(each.version),
    label: t('models.versionAs', { version: each.version, status: t(`models.${each.status}`) }),
  }))
  return (
    <>
      <div class="row model-choices">
        <SelectField
          label={t('models.shownVersion')}
          value={String(version.version)}
          choices={choices}
          onChoose={(value) => setParams({ version: value, other: String(other.version) })}
        />
        <SelectField
          label={t('models.otherVersion')}
          value={String(other.version)}
          choices={choices}
          onChoose={(value) => setParams({ version: String(version.version), other: value })}
        />
      </div>
      {other.version === version.version ? (
        <Note>{t('models.sameVersion')}</Note>
      ) : (
        <Compared facet={facet} version={version.version} other={other.version} />
      )}
    </>
  )
}

function Compared({
  facet,
  version,
  other,
}: {
  readonly facet: string
  readonly version: number
  readonly other: number
}) {
  const [params, setParams] = useSearchParams()
  const path = pathOf(facet, 'versions', version, 'comparisons', other)
  const comparison = useResource<Comparison>(path)
  const change = CHANGES.find((each) => each === params.get('change'))
  const addressOf = (of: Change) => `/compare${queryString({ version, other, change: of })}`
  return (
    <Loaded resource={comparison}>
      {(data) => (
        <>
          <p class="prose">{inLanguage(data.summary)}</p>
          {data.threads > 0 && !data.sameFit && <Totals data={data} addressOf={addressOf} />}
          {change !== undefined && (
            <PredictedThreads
              title={t(`models.${change}Threads`, { version, other })}
              path={`${path}/threads`}
              query={{ change }}
              onClose={() => setParams({ version: String(version), other: String(other) })}
            />
          )}
          {data.threads > 0 && !data.sameFit && <ByLabel data={data} />}
        </>
      )}
    </Loaded>
  )
}

function Totals({ data, addressOf }: { readonly data: Comparison; addressOf(of: Change): string }) {
  const { version, other } = data
  const rows = [
    { label: t('models.bothRight'), count: data.bothRight },
    { label: t('models.gained', { version, other }), count: data.gained, change: 'gained' },
    { label: t('models.lost', { version, other }), count: data.lost, change: 'lost' },
    { label: t('models.bothWrong'), count: data.bothWrong },
    { label: t('models.different'), count: data.predictedDifferently, change: 'different' },
  ] as const
  return (
    <div class="columns model-totals">
      <table class="figures">
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">
                {'change' in row && row.count > 0 ? (
                  <Link href={addressOf(row.change)}>{row.label}</Link>
                ) : (
                  row.label
                )}
              </th>
              <td class="number">{number(row.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table class="figures">
        <tbody>
          <tr>
            <th scope="row">{t('models.accuracyOf', { version })}</th>
            <td>
              <ShareText share={data.accuracy} />
              {data.sentence && <p class="muted small">{inLanguage(data.sentence)}</p>}
            </td>
          </tr>
          <tr>
            <th scope="row">{t('models.accuracyOf', { version: other })}</th>
            <td>
              <ShareText share={data.otherAccuracy} />
              {data.otherSentence && <p class="muted small">{inLanguage(data.otherSentence)}</p>}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function ByLabel({ data: { version, other, labels } }: { readonly data: Comparison }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll-x" aria-label={t('models.byLabel')} tabIndex={0}>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{t('models.label')}</th>
            <th scope="col" class="number">
              {t('models.gainedShort')}
            </th>
            <th scope="col" class="number">
              {t('models.lostShort')}
            </th>
            <th scope="col">{t('models.recallOf', { version })}</th>
            <th scope="col">{t('models.recallOf', { version: other })}</th>
          </tr>
        </thead>
        <tbody>
          {labels.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              <td class="number">{number(row.gained)}</td>
              <td class="number">{number(row.lost)}</td>
              <td>
                <ShareText share={row.recall} />
              </td>
              <td>
                <ShareText share={row.otherRecall} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
