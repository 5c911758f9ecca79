import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { LabelConfidence } from '../../learning/classifier.ts'
import { rankDescending } from '../../learning/training/predict.ts'
import type { TrainedClassifier } from '../../learning/training/train-classifier.ts'

const zip = promisify(gzip)
const unzip = promisify(gunzip)

const MOST_KEPT = 10
/** What probabilities are rounded to, and the most that a label not kept may be taken to have. */
export const LEAST_CONFIDENCE = 0.0001

/** What was said of one example by a model that had not seen it. */
export interface OutOfFoldRow {
  /** Of the thread, or the starter example. */
  readonly id: string
  /** The label it had then. */
  readonly truth: string
  /** The likeliest labels, up to ten, the likeliest first; probabilities to four digits. */
  readonly likeliest: readonly LabelConfidence[]
  /** Whether the version would have assigned the first. */
  readonly assigned: boolean
}

export interface OutOfFold {
  /** Labels that the version knew. */
  readonly labels: readonly string[]
  readonly rows: readonly OutOfFoldRow[]
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
}

/** What training found of the examples with these ids; undefined where a parent was fitted further. */
export function outOfFoldOf(
  { labels, threshold, labelThresholds, outOfFoldPredictions }: TrainedClassifier,
  ids: readonly string[],
): OutOfFold | undefined {
  if (outOfFoldPredictions === undefined) return undefined
  const { rows, truths, likeliest, confidences, probabilities, familiar } = outOfFoldPredictions
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
    rows: Array.from(rows, (row, at) => ({
      id: ids[row]!,
      truth: labels[truths[at]!]!,
      likeliest: likeliestAt(at),
      assigned: familiar[at] === 1 && confidences[at]! >= leastOf[likeliest[at]!]!,
    })),
  }
}

/** Some 40 bytes a row. */
export async function packOutOfFold({ labels, rows }: OutOfFold): Promise<Uint8Array> {
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
  }
  return zip(JSON.stringify(packed))
}

export async function unpackOutOfFold(bytes: Uint8Array): Promise<OutOfFold> {
  const { labels, ids, truths, likeliest, confidences, assigned } = JSON.parse(
    (await unzip(bytes)).toString(),
  ) as Packed
  return {
    labels,
    rows: ids.map((id, at) => ({
      id,
      truth: labels[truths[at]!]!,
      likeliest: likeliest[at]!.map((c, place) => ({
        label: labels[c]!,
        confidence: confidences[at]![place]! * LEAST_CONFIDENCE,
      })),
      assigned: assigned[at] === 1,
    })),
  }
}
