import type { SparseRows } from '../features/vectorizer.ts'
import type { Candidates } from './query-strategy.ts'

/** Most texts on which coverage is measured; so many represent the topics of a pool. */
const MOST_WITNESSES = 500
/** Fewest entries compared of a text; of few texts, as many as `PRODUCTS` allows. */
const ENTRIES = 64
const PRODUCTS = MOST_WITNESSES * 1_000 * ENTRIES

/**
 * How well the chosen texts represent a corpus (facility location; Wei, Iyer & Bilmes 2015): a sample of its texts, the
 * witnesses, are each covered as much as they are similar to the most similar chosen text. The text that covers most is
 * typical of many, unlike the text farthest from the chosen ones.
 */
interface Coverage {
  /** The increase of coverage by a candidate: the sum over the witnesses of weight times increase. */
  gain(candidate: number): number
  /** Chooses a candidate. */
  take(candidate: number): void
}

/**
 * The coverage of a shortlist, with witnesses evenly spread over it; texts asked about before cover them already.
 *
 * @param weightOf the weight of a witness by its position in the shortlist; 1 by default
 */
export function createCoverage(
  candidates: Candidates,
  weightOf: (candidate: number) => number = () => 1,
): Coverage {
  const { size } = candidates.texts
  const count = Math.min(MOST_WITNESSES, size)
  const entries = Math.max(ENTRIES, Math.floor(PRODUCTS / Math.max(1, count * size)))
  const texts = heaviestEntries(candidates.texts, entries)
  const asked = heaviestEntries(candidates.asked, entries)
  const witnesses = Int32Array.from({ length: count }, (_, at) => Math.floor((at * texts.size) / count))
  const weights = Float64Array.from(witnesses, weightOf)
  const cosines = createCosines(texts)
  /** Squared cosines, row-major: the witnesses of each candidate. Squared, so that a text covers those like it rather than a little of all. */
  const likeness = new Float32Array(texts.size * count)
  const covered = new Float32Array(count)
  const to = new Float64Array(texts.size)
  witnesses.forEach((witness, at) => {
    cosines.to(texts, witness, to)
    for (let i = 0; i < texts.size; i++) likeness[i * count + at] = to[i]! * to[i]!
  })
  const toAsked = createCosines(asked)
  const near = new Float64Array(asked.size)
  witnesses.forEach((witness, at) => {
    toAsked.to(texts, witness, near)
    let closest = 0
    for (let row = 0; row < near.length; row++) if (near[row]! > closest) closest = near[row]!
    covered[at] = closest * closest
  })
  return {
    gain(candidate) {
      let sum = 0
      const base = candidate * count
      for (let at = 0; at < count; at++) {
        const more = likeness[base + at]! - covered[at]!
        if (more > 0) sum += weights[at]! * more
      }
      return sum
    },
    take(candidate) {
      const base = candidate * count
      for (let at = 0; at < count; at++)
        if (likeness[base + at]! > covered[at]!) covered[at] = likeness[base + at]!
    },
  }
}

/** Cosines of one row to many, by columns: only shared entries take time. */
interface Cosines {
  /** Fills `out` with the cosine of `source`'s row to each row, in [0, 1]; 0 where either is empty. */
  to(source: SparseRows, row: number, out: Float64Array): Float64Array
}

/** @param rows of values that are not negative; a source has the same columns */
export function createCosines(rows: SparseRows): Cosines {
  const { size, columns, offsets, indices, values } = rows
  const starts = new Int32Array(columns + 1)
  for (let at = 0; at < indices.length; at++) starts[indices[at]! + 1]!++
  for (let column = 0; column < columns; column++) starts[column + 1]! += starts[column]!
  const next = starts.slice(0, columns)
  const rowOf = new Int32Array(indices.length)
  /** Of rows of length 1. */
  const scaled = new Float32Array(indices.length)
  for (let row = 0; row < size; row++) {
    const length = lengthOf(rows, row)
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const place = next[indices[at]!]!++
      rowOf[place] = row
      scaled[place] = values[at]! / length
    }
  }
  return {
    to(source, row, out) {
      out.fill(0)
      const length = lengthOf(source, row)
      for (let entry = source.offsets[row]!; entry < source.offsets[row + 1]!; entry++) {
        const column = source.indices[entry]!
        const value = source.values[entry]! / length
        const end = starts[column + 1]!
        for (let at = starts[column]!; at < end; at++)
          out[rowOf[at]!] = out[rowOf[at]!]! + value * scaled[at]!
      }
      for (let other = 0; other < size; other++) if (out[other]! > 1) out[other] = 1
      return out
    },
  }
}

function lengthOf({ offsets, values }: SparseRows, row: number): number {
  let squares = 0
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) squares += values[at]! * values[at]!
  return Math.sqrt(squares)
}

/**
 * Keeps the entries of greatest value of each row, at most so many, the first of equals: the rarest n-grams, which find
 * similar texts nearly as well as all do.
 */
export function heaviestEntries(rows: SparseRows, most: number): SparseRows {
  const { size, columns } = rows
  const offsets = new Float64Array(size + 1)
  const indices = new Int32Array(Math.min(rows.indices.length, size * most))
  const values = new Float32Array(indices.length)
  let used = 0
  for (let row = 0; row < size; row++) {
    const from = rows.offsets[row]!
    const to = rows.offsets[row + 1]!
    const bound = to - from > most ? nthGreatest(rows.values.slice(from, to), most) : -Infinity
    let ties = most
    for (let at = from; at < to; at++) if (rows.values[at]! > bound) ties--
    for (let at = from; at < to; at++) {
      const value = rows.values[at]!
      if (value < bound || (value === bound && ties-- <= 0)) continue
      indices[used] = rows.indices[at]!
      values[used++] = value
    }
    offsets[row + 1] = used
  }
  return { size, columns, offsets, indices: indices.subarray(0, used), values: values.subarray(0, used) }
}

/** Hoare's FIND (1961), which reorders the values: a tenth of the time of sorting them. */
function nthGreatest(values: Float32Array, n: number): number {
  const place = n - 1
  let left = 0
  let right = values.length - 1
  while (left < right) {
    const pivot = values[(left + right) >> 1]!
    let low = left
    let high = right
    while (low <= high) {
      while (values[low]! > pivot) low++
      while (values[high]! < pivot) high--
      if (low > high) break
      const kept = values[low]!
      values[low++] = values[high]!
      values[high--] = kept
    }
    if (place <= high) right = high
    else if (place >= low) left = low
    else return values[place]!
  }
  return values[place]!
}
