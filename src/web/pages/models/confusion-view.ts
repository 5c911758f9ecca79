import type { Get } from '../../api/types.ts'
import type { MatrixHead } from '../../charts/matrix.tsx'

export type Confusion = Get<'/api/models/{facet}/versions/{version}/confusion'>

/** A row or column: a label, or all labels of a cluster where there are too many labels to show each. */
export interface Head extends MatrixHead {
  readonly labels: readonly string[]
  /** Position of its cluster. */
  readonly cluster: number
}

export interface ConfusionView {
  readonly rows: readonly Head[]
  readonly columns: readonly Head[]
  /** Whether rows and columns are clusters, each of which can be opened. */
  readonly isOverview: boolean
}

/** As many labels as are shown each in a row of its own. */
export const MOST_LABELS = 24

/** Which part of the matrix is shown: positions of clusters. */
export interface ChosenClusters {
  readonly rows: number | undefined
  readonly columns: number | undefined
}

/**
 * What the matrix shows: every label, or, beyond `MOST_LABELS`, the clusters of labels that are confused with each other,
 * and the labels of two clusters once they are chosen.
 */
export function viewOf({ labels, clusters }: Confusion, chosen: ChosenClusters): ConfusionView {
  const all = clusters.map((cluster, position) => headsOf(cluster, position))
  if (labels.length <= MOST_LABELS) {
    const heads = all.flat()
    return { rows: heads, columns: heads, isOverview: false }
  }
  const rows = chosen.rows === undefined ? undefined : all[chosen.rows]
  const columns = chosen.columns === undefined ? undefined : all[chosen.columns]
  if (rows !== undefined && columns !== undefined) return { rows, columns, isOverview: false }
  const groups = clusters.map((cluster, position) => ({
    key: String(position),
    label: nameOf(cluster),
    beginsGroup: false,
    labels: cluster,
    cluster: position,
  }))
  return { rows: groups, columns: groups, isOverview: true }
}

function headsOf(cluster: readonly string[], position: number): readonly Head[] {
  return cluster.map((label, index) => ({
    key: label,
    label,
    beginsGroup: index === 0 && position > 0,
    labels: [label],
    cluster: position,
  }))
}

/** `billing, fraud + 3`. */
function nameOf(cluster: readonly string[]): string {
  const named = cluster.slice(0, 2).join(', ')
  return cluster.length > 2 ? `${named} + ${cluster.length - 2}` : named
}

/** Counts of the cells, summed over the labels of rows and columns. */
export function countsOf({ cells }: Confusion) {
  const counts = new Map(cells.map(({ truth, predicted, count }) => [keyOf(truth, predicted), count]))
  const totals = new Map<string, number>()
  for (const { truth, count } of cells) totals.set(truth, (totals.get(truth) ?? 0) + count)
  const sum = (numbers: readonly (number | undefined)[]) =>
    numbers.reduce<number>((all, each) => all + (each ?? 0), 0)
  return {
    between: (row: Pick<Head, 'labels'>, column: Pick<Head, 'labels'>) =>
      sum(
        row.labels.flatMap((truth) => column.labels.map((predicted) => counts.get(keyOf(truth, predicted)))),
      ),
    /** All predictions whose truth is in the row. */
    ofRow: (row: Pick<Head, 'labels'>) => sum(row.labels.map((truth) => totals.get(truth))),
  }
}

function keyOf(truth: string, predicted: string): string {
  return JSON.stringify([truth, predicted])
}
