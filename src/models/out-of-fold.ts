import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { rankDescending, type TrainedClassifier } from '../learning/index.ts'

const zip = promisify(gzip)
const unzip = promisify(gunzip)

/** What was said of one example by a model that had not seen it. */
export interface OutOfFoldRow {
  /** Of the thread, or the starter example. */
  readonly id: string
  /** The label it had then. */
  readonly truth: string
  /** The likeliest labels, up to five, the likeliest first. */
  readonly ranked: readonly string[]
  /** Calibrated probability of the first, to four digits. */
  readonly confidence: number
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
  readonly ranked: readonly (readonly number[])[]
  /** In ten-thousandths. */
  readonly confidences: readonly number[]
}

const MOST_RANKED = 5
const DIGITS = 10_000

/** What training found of the examples with these ids; undefined where a parent was fitted further. */
export function outOfFoldOf(
  { labels, outOfFoldPredictions }: TrainedClassifier,
  ids: readonly string[],
): OutOfFold | undefined {
  if (outOfFoldPredictions === undefined) return undefined
  const { rows, truths, confidences, probabilities } = outOfFoldPredictions
  const rankedAt = (at: number) => {
    const own = probabilities.subarray(at * labels.length, (at + 1) * labels.length)
    return Array.from(rankDescending(own).subarray(0, MOST_RANKED), (c) => labels[c]!)
  }
  return {
    labels,
    rows: Array.from(rows, (row, at) => ({
      id: ids[row]!,
      truth: labels[truths[at]!]!,
      ranked: rankedAt(at),
      confidence: Math.round(confidences[at]! * DIGITS) / DIGITS,
    })),
  }
}

/** Some 20 bytes a row, most of them its id. */
export async function packOutOfFold({ labels, rows }: OutOfFold): Promise<Uint8Array> {
  const classOf = new Map(labels.map((label, c) => [label, c]))
  const packed: Packed = {
    labels,
    ids: rows.map(({ id }) => id),
    truths: rows.map(({ truth }) => classOf.get(truth)!),
    ranked: rows.map(({ ranked }) => ranked.map((label) => classOf.get(label)!)),
    confidences: rows.map(({ confidence }) => Math.round(confidence * DIGITS)),
  }
  return zip(JSON.stringify(packed))
}

export async function unpackOutOfFold(bytes: Uint8Array): Promise<OutOfFold> {
  const { labels, ids, truths, ranked, confidences } = JSON.parse((await unzip(bytes)).toString()) as Packed
  return {
    labels,
    rows: ids.map((id, at) => ({
      id,
      truth: labels[truths[at]!]!,
      ranked: ranked[at]!.map((c) => labels[c]!),
      confidence: confidences[at]! / DIGITS,
    })),
  }
}
