import { createCosines } from './cosines.ts'
import { heaviestEntries } from './heaviest-entries.ts'
import type { Candidates } from './query-strategy.ts'

/** Texts by which coverage is measured: a sample of so many finds the topics that matter. */
const MOST_WITNESSES = 400
/** Of each text, its rarest n-grams tell its topic as well as all do, in an eighth of the time. */
const ENTRIES = 64

/**
 * How much of a corpus the texts asked about speak for: each witness is spoken for by the text most like it (facility
 * location; Wei, Iyer & Bilmes 2015). Unlike the farthest text, the one that covers most is typical of many.
 */
export interface Coverage {
  /** What a candidate would add, in [0, 1]: the mean, over the witnesses, of how much better each were spoken for. */
  gain(candidate: number): number
  take(candidate: number): void
}

/** The first candidates are the witnesses, so they ought to come in an order of chance. */
export function createCoverage(candidates: Pick<Candidates, 'texts' | 'asked'>): Coverage {
  const texts = heaviestEntries(candidates.texts, ENTRIES)
  const asked = heaviestEntries(candidates.asked, ENTRIES)
  const witnesses = Math.min(MOST_WITNESSES, texts.size)
  const cosines = createCosines(texts)
  /** Row-major, the witnesses of each candidate. */
  const likeness = new Float32Array(texts.size * witnesses)
  const covered = new Float32Array(witnesses)
  const to = new Float64Array(texts.size)
  for (let witness = 0; witness < witnesses; witness++) {
    cosines.to(texts, witness, to)
    for (let i = 0; i < texts.size; i++) likeness[i * witnesses + witness] = to[i]!
  }
  for (let row = 0; row < asked.size; row++) {
    cosines.to(asked, row, to)
    for (let witness = 0; witness < witnesses; witness++)
      if (to[witness]! > covered[witness]!) covered[witness] = to[witness]!
  }
  return {
    gain(candidate) {
      let sum = 0
      for (let witness = 0, at = candidate * witnesses; witness < witnesses; witness++, at++)
        if (likeness[at]! > covered[witness]!) sum += likeness[at]! - covered[witness]!
      return sum / witnesses
    },
    take(candidate) {
      for (let witness = 0, at = candidate * witnesses; witness < witnesses; witness++, at++)
        if (likeness[at]! > covered[witness]!) covered[witness] = likeness[at]!
    },
  }
}
