import { useMemo } from 'preact/hooks'
import { Link, useLocation, useSearchParams } from 'wouter-preact'
import { queryString } from '../../api/client.ts'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import type { Column } from '../../charts/columns.ts'
import { Matrix, type MatrixCell } from '../../charts/matrix.tsx'
import { number, percent } from '../../messages/format.ts'
import { currentLanguage, inLanguage, t } from '../../messages/messages.ts'
import { Loaded } from '../../parts/states.tsx'
import { type Confusion, countsOf, viewOf } from './confusion-view.ts'
import { NoPredictions } from './no-predictions.tsx'
import { PredictedThreads } from './predicted-threads.tsx'
import { type About, pathOf, useFigure } from './resources.ts'

type Cell = Confusion['cells'][number]

/** Which labels are taken for which; the address holds the cell whose threads are shown. */
export function ConfusionPage(about: About) {
  const confusion = useFigure<Confusion>(about, 'confusion')
  const [params, setParams] = useSearchParams()
  const truth = params.get('truth') ?? undefined
  const predicted = params.get('predicted') ?? undefined
  const close = () =>
    setParams((now) => {
      now.delete('truth')
      now.delete('predicted')
      return now
    })
  return (
    <>
      <Loaded resource={confusion}>
        {(data) => (data.basis.predictions === 0 ? <NoPredictions /> : <ConfusionMatrix confusion={data} />)}
      </Loaded>
      {(truth !== undefined || predicted !== undefined) && (
        <PredictedThreads
          title={titleOf(truth, predicted)}
          path={pathOf(about.facet, 'versions', about.version.version, 'confusion/threads')}
          query={{ truth, predicted }}
          onClose={close}
        />
      )}
    </>
  )
}

function titleOf(truth: string | undefined, predicted: string | undefined): string {
  if (truth === undefined) return t('models.allPredicted', { predicted: predicted ?? '' })
  if (predicted === undefined) return t('models.allWith', { truth })
  return truth === predicted ? t('models.rightAs', { truth }) : t('models.takenFor', { truth, predicted })
}

function ConfusionMatrix({ confusion }: { readonly confusion: Confusion }) {
  const [params] = useSearchParams()
  const [, go] = useLocation()
  const rows = clusterIn(params, 'rows')
  const columns = clusterIn(params, 'columns')
  const view = useMemo(() => viewOf(confusion, { rows, columns }), [confusion, rows, columns])
  const counts = useMemo(() => countsOf(confusion), [confusion])
  const mistakes = useMemo(() => byMistakes(confusion.cells), [confusion])
  const tableColumns = useMemo(
    () => columnsOf(new Map(confusion.labels.map((label) => [label, counts.ofRow({ labels: [label] })]))),
    [confusion, counts, currentLanguage()],
  )
  const opened = view.isOverview ? undefined : positionOf(view, params)
  const addressOf = (changes: Readonly<Record<string, string | undefined>>) =>
    `/confusion${queryString({
      version: params.get('version') ?? undefined,
      rows: params.get('rows') ?? undefined,
      columns: params.get('columns') ?? undefined,
      table: params.getAll('table'),
      ...changes,
    })}`
  const cell = (rowIndex: number, columnIndex: number): MatrixCell => {
    const row = view.rows[rowIndex]
    const column = view.columns[columnIndex]
    if (row === undefined || column === undefined) return { count: 0, share: 0, isRight: false, text: '' }
    const count = counts.between(row, column)
    const total = counts.ofRow(row)
    return {
      count,
      share: total === 0 ? 0 : count / total,
      isRight: row.key === column.key,
      text: t('models.cellInWords', {
        truth: row.label,
        predicted: column.label,
        n: count,
        of: number(total),
      }),
      href:
        count === 0
          ? undefined
          : view.isOverview
            ? addressOf({ rows: String(row.cluster), columns: String(column.cluster) })
            : addressOf({ truth: row.label, predicted: column.label }),
    }
  }
  return (
    <ChartFrame
      title={t('models.confusion')}
      name="confusion"
      isMain
      description={
        <>
          {inLanguage(confusion.summary)}{' '}
          {t(view.isOverview ? 'models.confusionClusters' : 'models.confusionHint')}
          {params.has('rows') && !view.isOverview && (
            <>
              {' '}
              <Link href={addressOf({ rows: undefined, columns: undefined })}>{t('models.allClusters')}</Link>
            </>
          )}
        </>
      }
      columns={tableColumns}
      rows={mistakes}
      open={({ truth, predicted }) => go(addressOf({ truth, predicted }))}
    >
      {({ describedBy }) => (
        <Matrix
          title={t('models.confusion')}
          describedBy={describedBy}
          rowsTitle={t('models.truth')}
          columnsTitle={t('models.predicted')}
          rows={view.rows}
          columns={view.columns}
          openedAt={opened}
          cell={cell}
        />
      )}
    </ChartFrame>
  )
}

function clusterIn(params: URLSearchParams, name: string): number | undefined {
  const value = params.get(name)
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined
}

function positionOf(
  { rows, columns }: ReturnType<typeof viewOf>,
  params: URLSearchParams,
): readonly [number, number] | undefined {
  const row = rows.findIndex(({ key }) => key === params.get('truth'))
  const column = columns.findIndex(({ key }) => key === params.get('predicted'))
  return row < 0 || column < 0 ? undefined : [row, column]
}

/** Mistakes first, the commonest of them at the top. */
function byMistakes(cells: readonly Cell[]): readonly Cell[] {
  const isRight = ({ truth, predicted }: Cell) => Number(truth === predicted)
  return [...cells].sort((a, b) => isRight(a) - isRight(b) || b.count - a.count)
}

function columnsOf(totals: ReadonlyMap<string, number>): readonly Column<Cell>[] {
  const shareOf = ({ truth, count }: Cell) => count / (totals.get(truth) || 1)
  return [
    { title: t('models.truth'), text: ({ truth }) => truth },
    { title: t('models.predicted'), text: ({ predicted }) => predicted },
    {
      title: t('models.predictions'),
      isNumber: true,
      text: ({ count }) => number(count),
      value: ({ count }) => count,
    },
    {
      title: t('models.shareOfTruth'),
      isNumber: true,
      text: (cell) => percent(shareOf(cell), 1),
      value: shareOf,
    },
  ]
}
