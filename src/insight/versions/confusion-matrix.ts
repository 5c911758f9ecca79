import { orderByConfusion } from '../../learning/evaluation/confusion-order.ts'
import { english, french, type Sentences } from '../../text/wording.ts'
import { type Share, shareOf } from '../share.ts'
import type { VersionFigureDeps } from './deps.ts'
import {
  type Basis,
  isRight,
  type JudgedPrediction,
  readVersion,
  type VersionQuestion,
} from './read-version.ts'

/** Predictions of one label as one label. */
interface ConfusionCell {
  readonly truth: string
  readonly predicted: string
  readonly count: number
  /** Those whose threads can be opened. */
  readonly threads: number
}

export interface ConfusionMatrix {
  readonly facet: string
  readonly version: number
  readonly basis: Basis
  /** In the order in which to show them: those that are confused stand together. */
  readonly labels: readonly string[]
  /** The same labels, cut where neighbours are rarely confused. */
  readonly clusters: readonly (readonly string[])[]
  /** Without those of no prediction. */
  readonly cells: readonly ConfusionCell[]
  readonly right: Share
  readonly summary: Sentences
}

/**
 * The confusion matrix of a version's held-out predictions, whether they were assigned or not.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND
 */
export async function confusionMatrix(
  deps: VersionFigureDeps,
  asked: VersionQuestion,
): Promise<ConfusionMatrix> {
  const { facet, version, basis, labels, predictions } = await readVersion(deps, asked)
  const cells = cellsOf(predictions)
  const counts = cells.map(({ truth, predicted: label, count }) => ({ truth, label, count }))
  // A label that the caller sees no prediction of would say what they may not see.
  const met = new Set(cells.flatMap(({ truth, predicted }) => [truth, predicted]))
  const order = orderByConfusion(
    labels.filter((label) => met.has(label)),
    counts,
  )
  const placeOf = new Map(order.labels.map((label, place) => [label, place]))
  const right = shareOf(predictions, isRight)
  return {
    facet: facet.name,
    version: version.number,
    basis,
    labels: order.labels,
    clusters: order.clusters,
    cells: cells.sort(
      (a, b) =>
        placeOf.get(a.truth)! - placeOf.get(b.truth)! ||
        placeOf.get(a.predicted)! - placeOf.get(b.predicted)!,
    ),
    right,
    summary: summaryOf(right, cells),
  }
}

function cellsOf(predictions: readonly JudgedPrediction[]): ConfusionCell[] {
  const cells = new Map<string, { truth: string; predicted: string; count: number; threads: number }>()
  for (const { truth, label: predicted, isShown } of predictions) {
    const key = JSON.stringify([truth, predicted])
    const cell = cells.get(key) ?? { truth, predicted, count: 0, threads: 0 }
    cell.count++
    if (isShown) cell.threads++
    cells.set(key, cell)
  }
  return [...cells.values()]
}

function summaryOf(right: Share, cells: readonly ConfusionCell[]): Sentences {
  if (right.share === undefined)
    return {
      en: 'There are no held-out predictions to show.',
      fr: 'Il n’y a aucune prédiction hors apprentissage à montrer.',
    }
  const [worst] = cells
    .filter(({ truth, predicted }) => truth !== predicted)
    .sort((a, b) => b.count - a.count || (a.truth < b.truth ? -1 : 1))
  const en = `${english.percent(right.share)} of ${english.count(right.of)} held-out predictions are right`
  const fr = `${french.percent(right.share)} de ${french.count(right.of)} prédictions hors apprentissage sont justes`
  if (worst === undefined) return { en: `${en}.`, fr: `${fr}.` }
  const { truth, predicted, count } = worst
  return {
    en: `${en}. The commonest mistake: ${english.count(count)} × “${truth}” taken for “${predicted}”.`,
    fr: `${fr}. L’erreur la plus fréquente\u00a0: ${french.count(count)} × «\u00a0${truth}\u00a0» pris pour «\u00a0${predicted}\u00a0».`,
  }
}
