import type { Corpus } from '../features/corpus.ts'
import { type FittedVocabulary, termWeight, type Vocabulary } from '../features/vectorizer.ts'

/**
 * How much a text is like those that were learned from: `offset + perEnergy · energy + perKnown · known words`, scaled so
 * that held-out texts have mean 0. A text at or below `limit` is unlike anything seen.
 */
export interface Familiarity {
  readonly offset: number
  readonly perEnergy: number
  readonly perKnown: number
  /** Absent where no text was held out. */
  readonly limit?: number
}

/** Share of texts like those learned from that may be taken for unlike them. */
const REFUSED = 0.01
/** What a standard deviation of known words counts beside one of energy; found on validation texts (docs/internals/learning.md). */
const KNOWN_WEIGHT = 0.5

/**
 * Fits the scale and the limit on held-out texts. The limit is that of a conformal test (Vovk, Gammerman & Shafer 2005;
 * Bates, Candès, Lei, Romano & Sesia 2023): a text is refused where at most 1 % of it and the held-out ones are as
 * unfamiliar, so that of texts like those learned from at most 1 % are, whatever the distribution; where fewer than 199
 * were held out, those at most as familiar as the least familiar of them, one of `n + 1`.
 */
export function fitFamiliarity(energies: ArrayLike<number>, knownShares: ArrayLike<number>): Familiarity {
  const energy = momentsOf(energies)
  const known = momentsOf(knownShares)
  const perEnergy = energy.deviation > 0 ? 1 / energy.deviation : 0
  const perKnown = known.deviation > 0 ? KNOWN_WEIGHT / known.deviation : 0
  const scale = { offset: -perEnergy * energy.mean - perKnown * known.mean, perEnergy, perKnown }
  const scores = Float64Array.from(energies, (value, row) => familiarityOf(scale, value, knownShares[row]!))
  const refused = Math.max(1, Math.floor(REFUSED * (scores.length + 1)))
  const limit = scores.sort()[refused - 1]
  return limit === undefined ? scale : { ...scale, limit }
}

export function familiarityOf(
  { offset, perEnergy, perKnown }: Familiarity,
  energy: number,
  knownShare: number,
): number {
  return offset + perEnergy * energy + perKnown * knownShare
}

/** Whether a text of this familiarity is like those learned from. */
export function isFamiliar({ limit }: Familiarity, score: number): boolean {
  return limit === undefined || score > limit
}

/** `ln Σ exp(logit)` of `logits[from … to - 1]`: low where no label has evidence (Liu et al. 2020, eq. 4, negated). */
export function energyOf(logits: Float64Array, from = 0, to = logits.length): number {
  let highest = -Infinity
  for (let at = from; at < to; at++) highest = Math.max(highest, logits[at]!)
  let sum = 0
  for (let at = from; at < to; at++) sum += Math.exp(logits[at]! - highest)
  return highest + Math.log(sum)
}

/** What a word n-gram that is not known weighs: as much as the rarest that is. */
export function unknownIdf({ idf }: Vocabulary): number {
  let rarest = 0
  for (let column = 0; column < idf.length; column++) rarest = Math.max(rarest, idf[column]!)
  return rarest
}

/**
 * Share of each row's word n-grams that the vocabulary knows, each by the square of its weight, in [0, 1]; 0 where a row
 * has none.
 */
export function knownWordShares(
  corpus: Corpus,
  rows: Int32Array,
  vocabulary: FittedVocabulary,
): Float64Array {
  const { columnOf, idf } = vocabulary
  const unknown = unknownIdf(vocabulary)
  return Float64Array.from(rows, (row) => {
    let known = 0
    let all = 0
    for (let at = corpus.offsets[row]!; at < corpus.wordEnds[row]!; at++) {
      const column = columnOf[corpus.ids[at]!]!
      const square = termWeight(corpus.counts[at]!, column < 0 ? unknown : idf[column]!) ** 2
      all += square
      if (column >= 0) known += square
    }
    return all > 0 ? known / all : 0
  })
}

function momentsOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  const n = Math.max(1, values.length)
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += values[at]!
  let squares = 0
  for (let at = 0; at < values.length; at++) squares += (values[at]! - sum / n) ** 2
  return { mean: sum / n, deviation: Math.sqrt(squares / n) }
}
