import { createCosines } from './cosines.ts'
import { heaviestEntries } from './heaviest-entries.ts'
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
