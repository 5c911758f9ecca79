import { createRandom } from '../random.ts'
import type { Corpus } from './corpus.ts'
import type { SparseRows } from './vectorizer.ts'

/**
 * Vectors of the rows of a corpus, by their words: words that occur beside the same others are near each other. With
 * encodings, those are part of them (`joinEncodings`).
 */
export interface WordVectors {
  readonly dimensions: number
  /** A row for each row of the corpus. */
  readonly values: Float32Array
}

/** Vectors of the commonest word n-grams. */
interface Words {
  readonly dimensions: number
  /** Position of each n-gram of the corpus among the words, -1 where it has no vector. */
  readonly wordOf: Int32Array
  /** Inverse document frequency of each word. */
  readonly idf: Float32Array
  /** A row a word. */
  readonly values: Float32Array
}

const DIMENSIONS = 150
/** More words improve little, and their pairs take room and time by the square. */
const MOST_WORDS = 4_000
/** Words of one post whose pairs are counted, the rarest: a long post would drown the others. */
const MOST_OF_POST = 48
/** In fewer posts, a word says nothing about its neighbours; in half of all, nothing about the post. */
const FEWEST_POSTS = 2
const LARGEST_SHARE = 0.5
/** Length of a post's vector; longer ones make the linear model on them overconfident. */
export const VECTOR_LENGTH = 2
const ITERATIONS = 3

/**
 * Learns vectors of words from the posts that they share: positive pointwise mutual information, projected on its
 * dominant subspace by subspace iteration (Bullinaria & Levy 2007; Halko, Martinsson & Tropp 2011). A row of the corpus is
 * the sum of the vectors of its words, scaled to one length.
 *
 * @param rows posts to learn the words from
 * @returns vectors of all rows of the corpus; nothing where those to learn from have too few words in common
 */
export function fitWordVectors(corpus: Corpus, rows: Int32Array, seed: number): WordVectors | undefined {
  const { ids, frequency } = chooseWords(corpus, rows)
  const dimensions = Math.min(DIMENSIONS, Math.floor(ids.length / 4))
  if (dimensions < 2) return undefined
  const wordOf = new Int32Array(corpus.hashes.length).fill(-1)
  ids.forEach((id, word) => {
    wordOf[id] = word
  })
  const matrix = mutualInformation(countPairs(corpus, rows, wordOf, ids.length), ids.length)
  const columns = dominantColumns(matrix, ids.length, dimensions, seed)
  const values = new Float32Array(ids.length * dimensions)
  columns.forEach((column, at) => {
    for (let word = 0; word < ids.length; word++) values[word * dimensions + at] = column[word]!
  })
  const idf = Float32Array.from(ids, (id) => Math.log((1 + rows.length) / (1 + frequency[id]!)))
  return { dimensions, values: embedPosts(corpus, { dimensions, wordOf, idf, values }) }
}

/** The vectors of some rows, as rows with all of their entries. */
export function selectVectors({ dimensions, values }: WordVectors, rows: Int32Array): SparseRows {
  const selected = new Float32Array(rows.length * dimensions)
  const indices = new Int32Array(rows.length * dimensions)
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    selected.set(values.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions)
    for (let d = 0; d < dimensions; d++) indices[at * dimensions + d] = d
  }
  return {
    size: rows.length,
    columns: dimensions,
    offsets: Float64Array.from({ length: rows.length + 1 }, (_, row) => row * dimensions),
    indices,
    values: selected,
  }
}

function embedPosts(corpus: Corpus, { dimensions, wordOf, idf, values }: Words): Float32Array {
  const sums = new Float32Array(corpus.size * dimensions)
  for (let row = 0; row < corpus.size; row++) {
    const sum = sums.subarray(row * dimensions, (row + 1) * dimensions)
    for (let entry = corpus.offsets[row]!; entry < corpus.wordEnds[row]!; entry++) {
      const word = wordOf[corpus.ids[entry]!]!
      if (word < 0) continue
      for (let d = 0; d < dimensions; d++) sum[d] = sum[d]! + idf[word]! * values[word * dimensions + d]!
    }
    const length = norm(sum)
    const scale = length > 0 ? VECTOR_LENGTH / length : 0
    for (let d = 0; d < dimensions; d++) sum[d] = sum[d]! * scale
  }
  return sums
}

/** The commonest word n-grams, ties by hash: their positions in the corpus, and in how many rows each n-gram is. */
function chooseWords(corpus: Corpus, rows: Int32Array): { ids: number[]; frequency: Int32Array } {
  const { hashes, offsets, wordEnds } = corpus
  const frequency = new Int32Array(hashes.length)
  for (const row of rows)
    for (let at = offsets[row]!; at < wordEnds[row]!; at++)
      frequency[corpus.ids[at]!] = frequency[corpus.ids[at]!]! + 1
  const most = rows.length * LARGEST_SHARE
  const ids: number[] = []
  for (let id = 0; id < hashes.length; id++)
    if (frequency[id]! >= FEWEST_POSTS && frequency[id]! <= most) ids.push(id)
  ids.sort((a, b) => frequency[b]! - frequency[a]! || hashes[a]! - hashes[b]!)
  return { ids: ids.slice(0, MOST_WORDS), frequency }
}

/** How often two words share a post, a square matrix; each post gives each of its words the same weight. */
function countPairs(corpus: Corpus, rows: Int32Array, wordOf: Int32Array, words: number): Float32Array {
  const pairs = new Float32Array(words * words)
  for (const row of rows) {
    const found: number[] = []
    for (let at = corpus.offsets[row]!; at < corpus.wordEnds[row]!; at++) {
      const word = wordOf[corpus.ids[at]!]!
      if (word >= 0) found.push(word)
    }
    // Words are numbered from the commonest on.
    const rarest = found.sort((a, b) => b - a).slice(0, MOST_OF_POST)
    const weight = 1 / Math.max(1, rarest.length - 1)
    for (const a of rarest)
      for (const b of rarest) if (a !== b) pairs[a * words + b] = pairs[a * words + b]! + weight
  }
  return pairs
}

/** A symmetric sparse matrix by rows. */
interface SymmetricMatrix {
  readonly offsets: Int32Array
  readonly columns: Int32Array
  readonly values: Float32Array
}

/** The mean of `log(p(a, b) / p(a) p'(b))` and of the same with both exchanged, where positive; `p'` is smoothed. */
function mutualInformation(pairs: Float32Array, words: number): SymmetricMatrix {
  const totals = new Float64Array(words)
  for (let a = 0; a < words; a++)
    for (let b = 0; b < words; b++) totals[a] = totals[a]! + pairs[a * words + b]!
  // The power 0.75 makes rare neighbours count less (Levy, Goldberg & Dagan 2015); roots are exact on every machine.
  const smoothed = totals.map((total) => Math.sqrt(total) * Math.sqrt(Math.sqrt(total)))
  const all = smoothed.reduce((sum, each) => sum + each, 0)
  const information = (a: number, b: number, count: number): number =>
    Math.max(0, Math.log((count * all) / (totals[a]! * smoothed[b]!)))
  const offsets = new Int32Array(words + 1)
  const columns: number[] = []
  const values: number[] = []
  for (let a = 0; a < words; a++) {
    for (let b = 0; b < words; b++) {
      const count = pairs[a * words + b]!
      if (count === 0) continue
      const value = (information(a, b, count) + information(b, a, count)) / 2
      if (value <= 0) continue
      columns.push(b)
      values.push(value)
    }
    offsets[a + 1] = columns.length
  }
  return { offsets, columns: Int32Array.from(columns), values: Float32Array.from(values) }
}

/** The matrix times an orthonormal basis of its dominant subspace: rows keep nearly all of their inner products. */
function dominantColumns(
  matrix: SymmetricMatrix,
  size: number,
  dimensions: number,
  seed: number,
): Float64Array[] {
  const random = createRandom(seed)
  let basis: Float64Array[] = Array.from({ length: dimensions }, () =>
    Float64Array.from({ length: size }, () => random.next() - 0.5),
  )
  orthonormalize(basis)
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    basis = basis.map((column) => product(matrix, column))
    orthonormalize(basis)
  }
  return basis.map((column) => product(matrix, column))
}

function product({ offsets, columns, values }: SymmetricMatrix, vector: Float64Array): Float64Array {
  const out = new Float64Array(vector.length)
  for (let row = 0; row < vector.length; row++) {
    let sum = 0
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) sum += values[at]! * vector[columns[at]!]!
    out[row] = sum
  }
  return out
}

/** Modified Gram–Schmidt, in place; what depends on earlier columns becomes zero. */
function orthonormalize(columns: readonly Float64Array[]): void {
  for (const [at, column] of columns.entries()) {
    const before = norm(column)
    for (const earlier of columns.slice(0, at)) {
      let along = 0
      for (let row = 0; row < column.length; row++) along += column[row]! * earlier[row]!
      for (let row = 0; row < column.length; row++) column[row] = column[row]! - along * earlier[row]!
    }
    const length = norm(column)
    const scale = length > 1e-9 * before ? 1 / length : 0
    for (let row = 0; row < column.length; row++) column[row] = column[row]! * scale
  }
}

function norm(vector: Float64Array | Float32Array): number {
  let squares = 0
  for (const value of vector) squares += value * value
  return Math.sqrt(squares)
}
