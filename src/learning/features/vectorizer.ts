import type { Corpus } from './corpus.ts'

/** Sparse rows: row `i` is `indices` and `values` in `[offsets[i], offsets[i + 1])`. */
export interface SparseRows {
  readonly size: number
  readonly columns: number
  readonly offsets: Float64Array
  readonly indices: Int32Array
  readonly values: Float32Array
}

/** The n-grams a classifier knows, by column. */
export interface Vocabulary {
  readonly hashes: Uint32Array
  /** Inverse document frequency of each. */
  readonly idf: Float32Array
}

interface VocabularyOptions {
  readonly minDocuments: number
  readonly maxVocabulary: number
}

/** Chosen on some rows of a corpus: `columnOf` maps the corpus's ids to columns, -1 where left out. */
export interface FittedVocabulary extends Vocabulary {
  readonly columnOf: Int32Array
}

/**
 * Keeps the n-grams that at least `minDocuments` of the rows have, the most frequent up to `maxVocabulary` (ties by
 * hash), with smoothed inverse document frequencies `ln((1 + n) / (1 + df)) + 1` (scikit-learn's
 * `TfidfTransformer`).
 */
export function fitVocabulary(
  corpus: Corpus,
  rows: Int32Array,
  options: VocabularyOptions,
): FittedVocabulary {
  const { ids, offsets, hashes } = corpus
  const frequency = new Int32Array(hashes.length)
  for (const row of rows) {
    const to = offsets[row + 1]!
    for (let at = offsets[row]!; at < to; at++) frequency[ids[at]!]!++
  }
  const last = lastRank(frequency, hashes, rows.length, options)
  const columnOf = new Int32Array(hashes.length).fill(-1)
  const chosen: number[] = []
  for (let id = 0; id < hashes.length; id++) {
    const documents = frequency[id]!
    if (documents < options.minDocuments || rank(documents, hashes[id]!, rows.length) > last) continue
    columnOf[id] = chosen.length
    chosen.push(id)
  }
  return {
    hashes: Uint32Array.from(chosen, (id) => hashes[id]!),
    idf: Float32Array.from(chosen, (id) => Math.log((1 + rows.length) / (1 + frequency[id]!)) + 1),
    columnOf,
  }
}

/** Orders n-grams by falling frequency, then by hash, in one exact number. */
function rank(documents: number, hash: number, rows: number): number {
  return (rows - documents) * 4294967296 + hash
}

/** The rank of the last n-gram that fits. */
function lastRank(
  frequency: Int32Array,
  hashes: Uint32Array,
  rows: number,
  { minDocuments, maxVocabulary }: VocabularyOptions,
): number {
  let eligible = 0
  for (const documents of frequency) if (documents >= minDocuments) eligible++
  if (eligible <= maxVocabulary) return Infinity
  const ranks = new Float64Array(eligible)
  let at = 0
  for (let id = 0; id < hashes.length; id++) {
    if (frequency[id]! >= minDocuments) ranks[at++] = rank(frequency[id]!, hashes[id]!, rows)
  }
  return ranks.sort()[maxVocabulary - 1]!
}

/** Rows of a corpus as tf-idf, `(1 + ln count) · idf`, each view scaled to `VIEW_LENGTH`. */
export function weighRows(corpus: Corpus, rows: Int32Array, vocabulary: FittedVocabulary): SparseRows {
  const { columnOf, idf } = vocabulary
  let entries = 0
  for (const row of rows) entries += corpus.offsets[row + 1]! - corpus.offsets[row]!
  const indices = new Int32Array(entries)
  const values = new Float32Array(entries)
  const offsets = new Float64Array(rows.length + 1)
  let used = 0
  const weighView = (from: number, to: number): void => {
    const start = used
    for (let at = from; at < to; at++) {
      const column = columnOf[corpus.ids[at]!]!
      if (column < 0) continue
      indices[used] = column
      values[used++] = termWeight(corpus.counts[at]!, idf[column]!)
    }
    scaleView(values, start, used)
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    weighView(corpus.offsets[row]!, corpus.wordEnds[row]!)
    weighView(corpus.wordEnds[row]!, corpus.offsets[row + 1]!)
    offsets[i + 1] = used
  }
  return {
    size: rows.length,
    columns: vocabulary.hashes.length,
    offsets,
    indices: indices.subarray(0, used),
    values: values.subarray(0, used),
  }
}

/** Euclidean length of each view (words, characters) of a row that has any. */
const VIEW_LENGTH = 1

/** Counts above this weigh the same. */
export const MAX_COUNT = 255
const dampened = Float64Array.from({ length: MAX_COUNT + 1 }, (_, n) => (n === 0 ? 0 : 1 + Math.log(n)))

/** Sublinear tf-idf: `(1 + ln count) · idf`. */
export function termWeight(count: number, idf: number): number {
  return dampened[Math.min(count, MAX_COUNT)]! * idf
}

/** Scales `values[from … to - 1]` to Euclidean length `VIEW_LENGTH`; an empty view stays empty. */
export function scaleView(values: Float32Array, from: number, to: number): void {
  let squares = 0
  for (let at = from; at < to; at++) squares += values[at]! * values[at]!
  if (squares === 0) return
  const scale = VIEW_LENGTH / Math.sqrt(squares)
  for (let at = from; at < to; at++) values[at] = values[at]! * scale
}
