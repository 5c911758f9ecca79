import { useSearchParams } from 'wouter-preact'
import type { Get } from '../../api/types.ts'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import type { Column } from '../../charts/columns.ts'
import { Dot, Line, Whisker } from '../../charts/marks.tsx'
import { Plot } from '../../charts/plot.tsx'
import { isTooFew, shareInWords } from '../../charts/share.tsx'
import { number, percent } from '../../messages/format.ts'
import { inLanguage, t } from '../../messages/messages.ts'
import { Loaded } from '../../parts/states.tsx'
import { NoPredictions } from './no-predictions.tsx'
import { PredictedThreads } from './predicted-threads.tsx'
import { type About, pathOf, useFigure } from './resources.ts'

type Reliability = Get<'/api/models/{facet}/versions/{version}/reliability'>
type Bin = Reliability['bins'][number]

/** Whether the model is as often right as its confidence says. */
export function ReliabilityPage(about: About) {
  const reliability = useFigure<Reliability>(about, 'reliability')
  const [params, setParams] = useSearchParams()
  const set = (bin?: string) =>
    setParams((now) => {
      if (bin === undefined) now.delete('bin')
      else now.set('bin', bin)
      return now
    })
  return (
    <Loaded resource={reliability}>
      {({ basis, bins, summary }) =>
        basis.predictions === 0 ? (
          <NoPredictions />
        ) : (
          <>
            <Diagram bins={bins} summary={inLanguage(summary)} open={({ from }) => set(String(from))} />
            <Behind
              about={about}
              bin={bins.find(({ from }) => String(from) === params.get('bin'))}
              onClose={() => set()}
            />
          </>
        )
      }
    </Loaded>
  )
}

/** The threads whose confidence is in a bin. */
function Behind({
  about,
  bin,
  onClose,
}: {
  readonly about: About
  readonly bin: Bin | undefined
  onClose(): void
}) {
  if (bin === undefined) return null
  return (
    <PredictedThreads
      title={t('models.inBin', { range: rangeOf(bin) })}
      path={pathOf(about.facet, 'versions', about.version.version, 'confusion/threads')}
      // The last bin holds what is certain, too.
      query={{ from: bin.from, to: bin.to < 1 ? bin.to : undefined }}
      onClose={onClose}
    />
  )
}

function Diagram({
  bins,
  summary,
  open,
}: {
  readonly bins: readonly Bin[]
  readonly summary: string
  open(bin: Bin): void
}) {
  const filled = bins.filter(({ n }) => n > 0)
  const title = t('models.reliability')
  return (
    <ChartFrame
      title={title}
      name="reliability"
      isMain
      description={
        <>
          {summary} {t('models.reliabilityHint')}
        </>
      }
      columns={columns()}
      rows={bins}
      open={open}
    >
      {({ describedBy }) => (
        <Plot
          title={title}
          describedBy={describedBy}
          x={{ title: t('models.confidence'), from: 0, to: 1, format: (value) => percent(value) }}
          y={{ title: t('models.rightShare'), from: 0, to: 1, format: (value) => percent(value) }}
          open={(index) => {
            const bin = filled[index]
            if (bin !== undefined) open(bin)
          }}
          points={filled.map((bin) => ({
            key: String(bin.from),
            x: bin.meanConfidence ?? middleOf(bin),
            y: bin.right.share ?? 0,
            text: isTooFew(bin.right)
              ? t('models.binTooFew', { range: rangeOf(bin), n: bin.n })
              : t('models.binInWords', { range: rangeOf(bin), right: shareInWords(bin.right) }),
          }))}
        >
          {(scales) => (
            <>
              <Line
                scales={scales}
                kind="rule"
                points={[
                  { x: 0, y: 0 },
                  { x: 1, y: 1 },
                ]}
              />
              {filled.map((bin) => {
                const x = bin.meanConfidence ?? middleOf(bin)
                return (
                  <g key={bin.from}>
                    <Whisker
                      scales={scales}
                      point={{ x, low: bin.right.interval[0] ?? 0, high: bin.right.interval[1] ?? 1 }}
                    />
                    <Dot
                      scales={scales}
                      point={{ x, y: bin.right.share ?? 0 }}
                      isHollow={isTooFew(bin.right)}
                    />
                  </g>
                )
              })}
            </>
          )}
        </Plot>
      )}
    </ChartFrame>
  )
}

function middleOf({ from, to }: Bin): number {
  return (from + to) / 2
}

function rangeOf({ from, to }: Bin): string {
  return `${number(from * 100)}–${percent(to)}`
}

function columns(): readonly Column<Bin>[] {
  return [
    { title: t('models.confidence'), text: rangeOf },
    { title: t('models.predictions'), isNumber: true, text: ({ n }) => number(n), value: ({ n }) => n },
    {
      title: t('models.meanConfidence'),
      isNumber: true,
      text: ({ meanConfidence }) => (meanConfidence === undefined ? '–' : percent(meanConfidence, 1)),
      value: ({ meanConfidence }) => meanConfidence,
    },
    {
      title: t('models.rightShare'),
      isNumber: true,
      text: ({ right }) => shareInWords(right),
      value: ({ right }) => right.share,
    },
  ]
}
