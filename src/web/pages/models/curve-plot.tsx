import { max, min } from 'd3-array'
import { Band, Dot, Line, type MarkKind, Whisker } from '../../charts/marks.tsx'
import { Plot } from '../../charts/plot.tsx'
import { number, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { type CurveRow, rowInWords, type Series } from './curve-rows.ts'

const LOOK = {
  measured: { kind: 'main', isHollow: false },
  versions: { kind: 'main', isHollow: true },
  audit: { kind: 'second', isHollow: false },
  forecast: { kind: 'guess', isHollow: true },
} as const satisfies Record<Series, { kind: MarkKind; isHollow: boolean }>

const ALL: readonly Series[] = ['measured', 'forecast', 'versions', 'audit']

/** The learning curve with its band, its continuation, and each version as it was judged. */
export function CurvePlot({
  describedBy,
  rows,
  open,
}: {
  readonly describedBy: string
  readonly rows: readonly CurveRow[]
  open(version: number): void
}) {
  const of = (series: Series) => rows.filter((row) => row.series === series)
  const at = ({ labels, accuracy }: CurveRow) => ({ x: labels, y: accuracy })
  const between = ({ labels, low, high }: CurveRow) => ({ x: labels, low, high })
  return (
    <>
      <ul class="legend">
        {ALL.filter((series) => of(series).length > 0).map((series) => (
          <li key={series}>
            <Sample series={series} />
            {t(`models.${series}`)}
          </li>
        ))}
      </ul>
      <Plot
        title={t('models.curve')}
        describedBy={describedBy}
        x={{
          title: t('models.labelled'),
          from: 0,
          to: max(rows, ({ labels }) => labels) ?? 1,
          format: (value) => number(value),
        }}
        y={{
          title: t('models.accuracy'),
          from: Math.max(0, Math.floor(10 * (min(rows, ({ low }) => low) ?? 0)) / 10),
          to: Math.min(1, Math.ceil(10 * (max(rows, ({ high }) => high) ?? 1)) / 10),
          format: (value) => percent(value),
        }}
        points={rows.map((row) => ({
          key: `${row.series} ${row.labels} ${row.version}`,
          ...at(row),
          text: rowInWords(row),
        }))}
        open={(index) => {
          const version = rows[index]?.version
          if (version !== undefined) open(version)
        }}
      >
        {(scales) => (
          <>
            <Band scales={scales} kind="guess" points={of('forecast').map(between)} />
            <Band scales={scales} points={of('measured').map(between)} />
            <Line scales={scales} kind="guess" points={of('forecast').map(at)} />
            <Line scales={scales} points={of('measured').map(at)} />
            {[...of('measured'), ...of('versions'), ...of('audit')].map((row) => (
              <g key={`${row.series} ${row.labels} ${row.version}`}>
                {row.series !== 'measured' && <Whisker scales={scales} point={between(row)} />}
                <Dot scales={scales} point={at(row)} {...LOOK[row.series]} />
              </g>
            ))}
          </>
        )}
      </Plot>
    </>
  )
}

function Sample({ series }: { readonly series: Series }) {
  const { kind, isHollow } = LOOK[series]
  const isLine = series === 'measured' || series === 'forecast'
  return (
    <svg aria-hidden="true">
      {isLine && <line class="mark-line" data-kind={kind} x1="0" x2="100%" y1="50%" y2="50%" />}
      {series !== 'forecast' && (
        <circle
          class="mark-dot"
          data-kind={kind}
          data-hollow={isHollow || undefined}
          cx="50%"
          cy="50%"
          r="4"
        />
      )}
    </svg>
  )
}
