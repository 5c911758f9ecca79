import type { Get } from '../../api/types.ts'
import type { Column } from '../../charts/columns.ts'
import { number, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'

type Report = Get<'/api/insight/learning-curve'>

export type Series = 'measured' | 'versions' | 'audit' | 'forecast'

/** A point of any of the series. */
export interface CurveRow {
  readonly series: Series
  readonly labels: number
  readonly accuracy: number
  readonly low: number
  readonly high: number
  /** The version that was trained, of the series that are about versions. */
  readonly version?: number
  readonly judged?: number
}

interface Point {
  readonly labels: number
  readonly accuracy: number
  readonly interval: readonly number[]
  readonly version?: number
  readonly judged?: number
}

/** All points of a report by their number of labels. */
export function curveRows(report: Report): readonly CurveRow[] {
  const rowsOf = (series: Series, points: readonly Point[]): readonly CurveRow[] =>
    points.map(({ labels, accuracy, interval, version, judged }) => ({
      series,
      labels,
      accuracy,
      low: interval[0] ?? accuracy,
      high: interval[1] ?? accuracy,
      version,
      judged,
    }))
  return [
    ...rowsOf('measured', report.curve?.points ?? []),
    ...rowsOf('versions', report.versions),
    ...rowsOf('audit', report.audit),
    ...rowsOf('forecast', report.forecast ?? []),
  ].sort((a, b) => a.labels - b.labels)
}

/** What a point says. */
export function rowInWords({ series, labels, accuracy, low, high, version }: CurveRow): string {
  const figures = {
    labels,
    accuracy: percent(accuracy, 1),
    low: number(low * 100, 1),
    high: percent(high, 1),
  }
  if (version === undefined)
    return t(series === 'forecast' ? 'models.forecastInWords' : 'models.measuredInWords', figures)
  return t(series === 'audit' ? 'models.auditInWords' : 'models.versionInWords', { ...figures, version })
}

export function curveColumns(): readonly Column<CurveRow>[] {
  return [
    {
      title: t('models.series'),
      text: ({ series, version }) =>
        version === undefined
          ? t(`models.${series}`)
          : t('models.seriesOf', { series: t(`models.${series}`), version }),
    },
    {
      title: t('models.labelled'),
      isNumber: true,
      text: ({ labels }) => number(labels),
      value: ({ labels }) => labels,
    },
    {
      title: t('models.accuracy'),
      isNumber: true,
      text: ({ accuracy }) => percent(accuracy, 1),
      value: ({ accuracy }) => accuracy,
    },
    {
      title: t('models.interval'),
      isNumber: true,
      text: ({ low, high }) => `${number(low * 100, 1)}–${percent(high, 1)}`,
    },
    {
      title: t('models.judged'),
      isNumber: true,
      text: ({ judged }) => (judged === undefined ? '–' : number(judged)),
      value: ({ judged }) => judged,
    },
  ]
}
