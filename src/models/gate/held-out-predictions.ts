import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { LabelConfidence } from '../../learning/classifier.ts'
import type { ClassifiedRow } from '../../learning/evaluation/evaluate.ts'
import { withCosts } from '../../learning/risk/budgets.ts'
import { decideRows } from '../../learning/training/held-out-predictions.ts'
import { rankDescending } from '../../learning/training/predict.ts'
import type { TrainedClassifier } from '../../learning/training/train-classifier.ts'

const zip = promisify(gzip)
const unzip = promisify(gunzip)

/** Labels kept of each prediction. */
const MOST_KEPT = 10
/** The unit that probabilities are rounded to, and the most that a label that was not kept can have. */
export const LEAST_CONFIDENCE = 0.0001

/** The likeliest label of an example by a model that has not seen it, beside the label it had then. */
export interface HeldOutPrediction extends ClassifiedRow {
  /** Of the thread, or of the starter example. */
  readonly id: string
}

export interface RankedPrediction extends HeldOutPrediction {
  /** The likeliest labels, up to ten, the likeliest first; probabilities to four digits. */
  readonly likeliest: readonly LabelConfidence[]
}

/** The held-out predictions of one model version. */
export interface VersionPredictions {
  /** Labels that the version knew. */
  readonly labels: readonly string[]
  readonly rows: readonly RankedPrediction[]
}

/** Columns of the stored form; labels are positions. */
interface Packed {
  readonly labels: readonly string[]
  readonly ids: readonly string[]
  readonly truths: readonly number[]
  readonly likeliest: readonly (readonly number[])[]
  /** Of the likeliest labels, in ten-thousandths. */
  readonly confidences: readonly (readonly number[])[]
  /** 1 where the label was assigned, else 0. */
  readonly assigned: readonly (0 | 1)[]
  /** Labels of least expected cost and their scores, where costs are stated. */
  readonly decided?: { readonly labels: readonly number[]; readonly scores: readonly number[] }
}

/**
 * The held-out predictions that training made.
 *
 * @param ids of the training texts, in their order
 * @returns undefined where a parent was fitted further, since none were made
 */
export function heldOutPredictionsOf(
  { labels, threshold, labelThresholds, heldOutPredictions, model }: TrainedClassifier,
  ids: readonly string[],
): VersionPredictions | undefined {
  if (heldOutPredictions === undefined) return undefined
  const { rows, truths, probabilities, novel } = heldOutPredictions
  const { costs } = withCosts(labels, model.heldOut, model.costs)
  const byCost = costs && decideRows(heldOutPredictions, rows.length, costs)
  const { likeliest, confidences } = byCost ?? heldOutPredictions
  const likeliestAt = (at: number) => {
    const own = probabilities.subarray(at * labels.length, (at + 1) * labels.length)
    return Array.from(rankDescending(own).subarray(0, MOST_KEPT), (c) => ({
      label: labels[c]!,
      confidence: Math.round(own[c]! / LEAST_CONFIDENCE) * LEAST_CONFIDENCE,
    }))
  }
  const leastOf = labels.map((label) =>
    Object.hasOwn(labelThresholds, label) ? labelThresholds[label]! : threshold,
  )
  return {
    labels,
    rows: Array.from(rows, (row, at) =>
      rankedPrediction({
        id: ids[row]!,
        truth: labels[truths[at]!]!,
        likeliest: likeliestAt(at),
        assigned: novel[at] === 0 && confidences[at]! >= leastOf[likeliest[at]!]!,
        ...(byCost && { decided: { label: labels[likeliest[at]!]!, score: confidences[at]! } }),
      }),
    ),
  }
}

function rankedPrediction(prediction: Omit<RankedPrediction, 'label' | 'confidence'>): RankedPrediction {
  return { ...prediction, ...prediction.likeliest[0]! }
}

/** The stored form, about 40 bytes a row. */
export async function packPredictions({ labels, rows }: VersionPredictions): Promise<Uint8Array> {
  const classOf = new Map(labels.map((label, c) => [label, c]))
  const packed: Packed = {
    labels,
    ids: rows.map(({ id }) => id),
    truths: rows.map(({ truth }) => classOf.get(truth)!),
    likeliest: rows.map(({ likeliest }) => likeliest.map(({ label }) => classOf.get(label)!)),
    confidences: rows.map(({ likeliest }) =>
      likeliest.map(({ confidence }) => Math.round(confidence / LEAST_CONFIDENCE)),
    ),
    assigned: rows.map(({ assigned }) => (assigned ? 1 : 0)),
    ...(rows.some(({ decided }) => decided) && {
      decided: {
        labels: rows.map(({ decided }) => classOf.get(decided!.label)!),
        scores: rows.map(({ decided }) => decided!.score),
      },
    }),
  }
  return zip(JSON.stringify(packed))
}

/** Reads what `packPredictions` wrote. */
export async function unpackPredictions(bytes: Uint8Array): Promise<VersionPredictions> {
  const { labels, ids, truths, likeliest, confidences, assigned, decided } = JSON.parse(
    (await unzip(bytes)).toString(),
  ) as Packed
  return {
    labels,
    rows: ids.map((id, at) =>
      rankedPrediction({
        id,
        truth: labels[truths[at]!]!,
        likeliest: likeliest[at]!.map((c, place) => ({
          label: labels[c]!,
          confidence: confidences[at]![place]! * LEAST_CONFIDENCE,
        })),
        assigned: assigned[at] === 1,
        ...(decided && {
          decided: { label: labels[decided.labels[at]!]!, score: decided.scores[at]! },
        }),
      }),
    ),
  }
}
