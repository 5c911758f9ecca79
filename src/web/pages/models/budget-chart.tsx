import { max } from 'd3-array'
import type { Get } from '../../api/types.ts'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import type { Column } from '../../charts/columns.ts'
import { Dot, Line } from '../../charts/marks.tsx'
import { Plot } from '../../charts/plot.tsx'
import { number, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { type Step, shortPercent } from './budget-steps.ts'

export type Curve = Get<'/api/models/{facet}/versions/{version}/risk-coverage'>
type Point = Curve['points'][number]

/** Room above the highest of what is drawn. */
const ROOM = 1.1

/** The risk–coverage curve: a pointer that is dragged up and down sets the budget. */
export function BudgetChart({
  curve,
  step,
  now,
  onDrag,
  onDragEnd,
  open,
}: {
  readonly curve: Curve
  readonly step: Step
  readonly now: Step
  onDrag(budget: number): void
  onDragEnd(): void
  /** Opens the wrong ones among what a threshold assigns; absent where thresholds are no confidences. */
  readonly open?: (threshold: number) => void
}) {
  const { points, cases, failureProbability } = curve
  const title = t('models.riskCoverage')
  const highest = Math.max(max(points, ({ error }) => error) ?? 0, step.budget, now.budget)
  return (
    <ChartFrame
      title={title}
      name="risk-coverage"
      isMain
      description={t('models.riskCoverageHint', { n: cases, sure: percent(1 - failureProbability, 1) })}
      columns={columns()}
      rows={points}
      open={open && (({ threshold }) => open(threshold))}
    >
      {({ describedBy }) => (
        <Plot
          title={title}
          describedBy={describedBy}
          x={{ title: t('models.coverage'), from: 0, to: 1, format: (value) => percent(value) }}
          y={{
            title: t('models.wrongShare'),
            from: 0,
            to: Math.min(1, highest * ROOM),
            format: (value) => percent(value),
          }}
          points={points.map((point) => ({
            key: String(point.threshold),
            x: point.coverage,
            y: point.error,
            text: t('models.riskInWords', {
              coverage: percent(point.coverage, 1),
              wrong: number(point.wrong),
              assigned: number(point.assigned),
              error: percent(point.error, 1),
              bound: percent(point.upperBound, 1),
            }),
          }))}
          drag={{ move: onDrag, end: onDragEnd }}
          open={
            open &&
            ((index) => {
              const point = points[index]
              if (point !== undefined) open(point.threshold)
            })
          }
        >
          {(scales) => (
            <>
              <Line
                scales={scales}
                kind="rule"
                points={[
                  { x: 0, y: step.budget },
                  { x: 1, y: step.budget },
                ]}
              />
              <text class="mark-text" x={scales.x(1)} y={scales.y(step.budget) - 6} text-anchor="end">
                {t('models.atMost', { budget: shortPercent(step.budget) })}
              </text>
              <Line
                scales={scales}
                points={points.map(({ coverage, error }) => ({ x: coverage, y: error }))}
              />
              {now.error !== undefined && (
                <Dot scales={scales} point={{ x: now.coverage, y: now.error }} isHollow kind="second" />
              )}
              {step.error !== undefined && (
                <Dot scales={scales} point={{ x: step.coverage, y: step.error }} kind="second" />
              )}
            </>
          )}
        </Plot>
      )}
    </ChartFrame>
  )
}

function columns(): readonly Column<Point>[] {
  return [
    {
      title: t('models.coverage'),
      text: ({ coverage }) => percent(coverage, 1),
      value: ({ coverage }) => coverage,
    },
    {
      title: t('models.assigned'),
      isNumber: true,
      text: ({ assigned }) => number(assigned),
      value: ({ assigned }) => assigned,
    },
    {
      title: t('models.wrong'),
      isNumber: true,
      text: ({ wrong }) => number(wrong),
      value: ({ wrong }) => wrong,
    },
    {
      title: t('models.wrongShare'),
      isNumber: true,
      text: ({ error }) => percent(error, 1),
      value: ({ error }) => error,
    },
    {
      title: t('models.upperBound'),
      isNumber: true,
      text: ({ upperBound }) => percent(upperBound, 1),
      value: ({ upperBound }) => upperBound,
    },
    {
      title: t('models.threshold'),
      isNumber: true,
      text: ({ threshold }) => number(threshold, 3),
      value: ({ threshold }) => threshold,
    },
  ]
}
