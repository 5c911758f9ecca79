import type { Audience } from '../../access/audience.ts'
import type { Facet } from '../../labels/facet.ts'
import { fourDigits } from '../../platform/four-digits.ts'
import { decodeCursor, decodeNumberCursor, type Page, toPage } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import { type Example, readExamples } from '../examples.ts'
import type { VersionFigureDeps } from './deps.ts'
import { type JudgedPrediction, readVersion, type VersionQuestion } from './read-version.ts'

/** A thread with its held-out prediction. */
export interface PredictedThread extends Example {
  /** Its label when the version was trained. */
  readonly truth: string
  readonly predicted: string
  readonly confidence: number
  /** Whether the label was assigned, under the budgets in force when the version was trained. */
  readonly assigned: boolean
  /** Its label in force; absent if it has none any more. */
  readonly labelNow?: string | undefined
}

export interface CellQuestion extends VersionQuestion, PageQuery {
  /** The row of the matrix; all rows if absent. */
  readonly truth?: string
  /** The column of the matrix; all columns if absent. */
  readonly predicted?: string
  /** Lowest confidence of the predictions. */
  readonly from?: number
  /** Confidence below which the predictions are. */
  readonly to?: number
  /** Whether only wrong predictions are asked for. */
  readonly wrong?: boolean
}

/**
 * The threads of a cell, a row or a column of the confusion matrix, or of a range of confidences, those predicted with the
 * highest confidence first.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND, CURSOR_INVALID
 */
export async function confusedThreads(
  deps: VersionFigureDeps,
  asked: CellQuestion,
): Promise<Page<PredictedThread>> {
  const { facet, predictions } = await readVersion(deps, asked)
  const { from = 0, to = Number.POSITIVE_INFINITY, wrong = false } = asked
  const wanted = predictions.filter(
    ({ truth, label, confidence }) =>
      (asked.truth ?? truth) === truth &&
      (asked.predicted ?? label) === label &&
      confidence >= from &&
      confidence < to &&
      !(wrong && truth === label),
  )
  const page = pageOfPredictions(wanted, asked)
  return { ...page, items: await presentThreads(deps, facet, page.items, asked.reader) }
}

/** A page of the predictions whose threads can be shown, by falling confidence. @throws CodedError CURSOR_INVALID */
export function pageOfPredictions<T extends JudgedPrediction>(
  predictions: readonly T[],
  { cursor, limit = 20 }: PageQuery,
): Page<T> {
  const place = ({ confidence }: T) => Math.round(confidence * CONFIDENCE_STEPS)
  const sorted = predictions
    .filter(({ isShown }) => isShown)
    .sort((a, b) => place(b) - place(a) || (a.id < b.id ? -1 : 1))
  const after =
    cursor === undefined ? undefined : { place: decodeNumberCursor(cursor), ...decodeCursor(cursor) }
  const following =
    after === undefined
      ? sorted
      : sorted.filter(
          (each) => place(each) < after.place || (place(each) === after.place && each.id > after.id),
        )
  return toPage(following.slice(0, limit + 1), limit, (each) => ({ key: String(place(each)), id: each.id }))
}

/** Confidences are stored to four digits. */
const CONFIDENCE_STEPS = 10_000

/** Predictions with their threads, without those that the reader may not see. */
export async function presentThreads<T extends JudgedPrediction>(
  deps: Pick<VersionFigureDeps, 'threads' | 'threadLabels'>,
  facet: Facet,
  predictions: readonly T[],
  reader: Audience,
): Promise<PredictedThread[]> {
  const ids = predictions.map(({ id }) => id)
  const examples = await readExamples(deps, ids, reader)
  const labels = await deps.threadLabels.labelsOf(ids)
  return predictions.flatMap(({ id, truth, label, confidence, assigned }) =>
    examples([id]).map((example) => ({
      ...example,
      truth,
      predicted: label,
      confidence: fourDigits(confidence),
      assigned,
      labelNow: labels.get(id)?.find(({ facetId }) => facetId === facet.id)?.label,
    })),
  )
}
