import type { SparseRows } from '../features/vectorizer.ts'
import type { Candidates } from './query-strategy.ts'

/** Texts by which coverage is measured: as many as speak for the topics that there are. */
const MOST_WITNESSES = 500
/** Entries of a text that are compared: of a few texts all that there is time for. */
const ENTRIES = 64
const PRODUCTS = MOST_WITNESSES * 1_000 * ENTRIES

/**
 * How much of a corpus the texts asked about speak for: each witness is spoken for by the text most like it (facility
 * location; Wei, Iyer & Bilmes 2015). Unlike the farthest text, the one that covers most is typical of many.
 */
interface Coverage {
  /** What a candidate would add: the sum, over the witnesses, of their weight times how much better each were spoken for. */
  gain(candidate: number): number
  take(candidate: number): void
}

/**
 * The witnesses are candidates themselves, evenly spread over the shortlist.
 *
 * @param weightOf what it is worth to speak for a candidate; alike for all unless told
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
  /** Row-major, the witnesses of each candidate; squared, so that a text speaks for those like it, not a little for all. */
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

/** Cosines of one row to many, by columns: what two rows do not share costs nothing. */
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
 * The entries of greatest value of each row, at most so many, of equals the first: the rarest n-grams, which find what is
 * alike nearly as well as all.
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

/** Hoare's FIND (1961), on values that may be put in another order: a tenth of the time of sorting them. */
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
