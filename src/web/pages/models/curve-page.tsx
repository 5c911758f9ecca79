import { useLocation } from 'wouter-preact'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import { inLanguage, t } from '../../messages/messages.ts'
import { Empty, Loaded } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { CurvePlot } from './curve-plot.tsx'
import { curveColumns, curveRows } from './curve-rows.ts'
import type { About } from './resources.ts'

/** What labels have gained so far, and what more of them would. */
export function CurvePage({ facet }: About) {
  const mayRead = hasRole('supervisor')
  const curve = useResource<Get<'/api/insight/learning-curve'>>('/insight/learning-curve', {
    query: { facet },
    enabled: mayRead,
  })
  const [, go] = useLocation()
  if (!mayRead)
    return (
      <Empty title={t('models.curveRefused')}>
        <p>{t('models.curveRefusedHint')}</p>
      </Empty>
    )
  return (
    <Loaded resource={curve}>
      {(report) => {
        const rows = curveRows(report)
        if (rows.length === 0)
          return (
            <Empty title={t('models.noCurve')}>
              <p>{inLanguage(report.summary)}</p>
            </Empty>
          )
        return (
          <ChartFrame
            title={t('models.curve')}
            name="learning-curve"
            isMain
            description={
              <>
                {inLanguage(report.summary)}{' '}
                {report.curve &&
                  t(report.curve.heldOut ? 'models.curveOnAudit' : 'models.curveByFolds', {
                    n: report.curve.judged,
                  })}
              </>
            }
            columns={curveColumns()}
            rows={rows}
            open={({ version }) => {
              if (version !== undefined) go(`/labels?version=${version}`)
            }}
          >
            {({ describedBy }) => (
              <CurvePlot
                describedBy={describedBy}
                rows={rows}
                open={(version) => go(`/labels?version=${version}`)}
              />
            )}
          </ChartFrame>
        )
      }}
    </Loaded>
  )
}
