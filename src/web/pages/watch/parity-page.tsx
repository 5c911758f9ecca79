import { ChartFrame } from '../../charts/chart-frame.tsx'
import { IntervalChart } from '../../charts/interval-chart.tsx'
import { number } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Loaded } from '../../parts/states.tsx'
import { type About, type Parity, useParity } from './resources.ts'
import { languageName, type ShareRow, shareColumns } from './share-rows.ts'

/** Whether the model serves French and English equally well. */
export function ParityPage(about: About) {
  const parity = useParity(about)
  return <Loaded resource={parity}>{(report) => <Figures report={report} />}</Loaded>
}

function Figures({ report }: { readonly report: Parity }) {
  const rows: readonly ShareRow[] = (['accuracy', 'coverage'] as const).flatMap((measure) =>
    report.languages.map((each, index) => ({
      key: `${measure} ${each.language}`,
      label: t('watch.inLanguage', { measure: t(`watch.${measure}`), language: languageName(each.language) }),
      share: each[measure],
      kind: index === 0 ? undefined : ('second' as const),
    })),
  )
  return (
    <>
      <ChartFrame
        title={t('watch.parity')}
        name="parity"
        isMain
        description={
          <>
            {inLanguage(report.summary)}{' '}
            {t(report.basis === 'audit-slice' ? 'watch.onAuditSlice' : 'watch.onHeldOut')}
          </>
        }
        columns={shareColumns()}
        rows={rows}
      >
        {({ describedBy }) => (
          <IntervalChart title={t('watch.parity')} describedBy={describedBy} rows={rows} />
        )}
      </ChartFrame>
      {report.differences.length > 0 && <Differences differences={report.differences} />}
    </>
  )
}

function Differences({ differences }: Pick<Parity, 'differences'>) {
  return (
    <div class="stack stack-tight">
      <h2>{t('watch.differences')}</h2>
      <p class="prose muted">{t('watch.differencesHint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll-x" aria-label={t('watch.differences')} tabIndex={0}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{t('watch.figure')}</th>
              <th scope="col" class="number">
                {t('watch.difference')}
              </th>
              <th scope="col" class="number">
                {t('watch.interval')}
              </th>
              <th scope="col" class="number">
                {t('watch.adjusted')}
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ measure, difference, interval, adjusted }) => (
              <tr key={measure}>
                <th scope="row">{t(`watch.${measure}`)}</th>
                <td class="number">{t('watch.points', { points: signed(difference) })}</td>
                <td class="number">
                  {t('watch.between', { low: signed(interval[0] ?? 0), high: signed(interval[1] ?? 0) })}
                </td>
                <td class="number">{adjusted < 0.001 ? `< ${number(0.001, 3)}` : number(adjusted, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

/** Points with their sign: `−5.7`. */
function signed(share: number): string {
  const points = number(Math.abs(share) * 100, 1)
  return share < 0 ? `−${points}` : `+${points}`
}
