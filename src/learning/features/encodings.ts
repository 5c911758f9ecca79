import { VECTOR_LENGTH, type WordVectors } from './word-vectors.ts'

/**
 * Vectors of texts by an encoder that learned the language elsewhere, all of one length. A text without one is of a
 * language that the encoder does not know.
 */
export type Encodings = ReadonlyMap<string, Int8Array>

/**
 * Least share of the unlabelled texts with an encoding. Where nearly all are of another language, the others are mostly ones
 * whose language was mistaken, and their encodings teach nothing.
 */
const LEAST_SHARE = 0.2

interface JoinInput {
  /** Vectors of the rows of the corpus by their words; absent where the unlabelled posts have too few in common. */
  readonly words: WordVectors | undefined
  readonly encodings: Encodings
  /** Of each row. */
  readonly texts: readonly string[]
  /** The rows that words were learned from: encodings are centred on their mean. */
  readonly unlabelled: Int32Array
}

/**
 * Puts the encoding of each row beside its word vectors. Both have the same weight, and the whole has the length that word
 * vectors have; a row without an encoding keeps its word vectors. A linear model on both is right more often than
 * on either (docs/decisions/0040-an-encoder-as-teacher.md).
 *
 * @returns the word vectors where fewer than a fifth of the unlabelled rows have an encoding
 */
export function joinEncodings({ words, encodings, texts, unlabelled }: JoinInput): WordVectors | undefined {
  const mean = meanEncoding(encodings, texts, unlabelled)
  if (mean === undefined) return words
  const own = words?.dimensions ?? 0
  const dimensions = own + mean.length
  const values = new Float32Array(texts.length * dimensions)
  const half = VECTOR_LENGTH * Math.SQRT1_2
  for (const [row, text] of texts.entries()) {
    const joined = values.subarray(row * dimensions, (row + 1) * dimensions)
    const encoding = encodings.get(text)
    if (words !== undefined) joined.set(words.values.subarray(row * own, (row + 1) * own))
    if (encoding === undefined) continue
    for (let d = 0; d < own; d++) joined[d] = joined[d]! * Math.SQRT1_2
    let squares = 0
    for (let d = 0; d < mean.length; d++) {
      joined[own + d] = encoding[d]! - mean[d]!
      squares += joined[own + d]! ** 2
    }
    const scale = squares > 0 ? half / Math.sqrt(squares) : 0
    for (let d = own; d < dimensions; d++) joined[d] = joined[d]! * scale
  }
  return { dimensions, values }
}

/** The mean over those of the rows that have an encoding; undefined where these are too few. */
function meanEncoding(
  encodings: Encodings,
  texts: readonly string[],
  rows: Int32Array,
): Float64Array | undefined {
  let sum: Float64Array | undefined
  let count = 0
  for (const row of rows) {
    const encoding = encodings.get(texts[row]!)
    if (encoding === undefined) continue
    sum ??= new Float64Array(encoding.length)
    for (let d = 0; d < sum.length; d++) sum[d] = sum[d]! + encoding[d]!
    count++
  }
  return count < rows.length * LEAST_SHARE ? undefined : sum?.map((value) => value / count)
}
