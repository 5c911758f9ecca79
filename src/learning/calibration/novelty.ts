import type { Corpus } from '../features/corpus.ts'
import { type FittedVocabulary, termWeight, type Vocabulary } from '../features/vectorizer.ts'

/**
 * The scale of novelty, how unlike the training texts a text is: `offset − perEvidence · evidence − perKnown · known
 * words`. Held-out texts have mean 0 and, in the part of the evidence, standard deviation 1. A text at or above `limit`
 * is novel.
 */
export interface NoveltyScale {
  /**
   * `energy`: of all logits, see `energyOf`. `linear`: see `sureness`; where unlabelled texts taught the hidden groups,
   * among which may be novel ones, so that only the linear part still finds these novel.
   */
  readonly evidence: Evidence
  readonly offset: number
  readonly perEvidence: number
  readonly perKnown: number
  /** Absent where no text was held out: then no text is novel. */
  readonly limit?: number
}

export type Evidence = 'energy' | 'linear'

/** Share of texts like the training texts that may be taken for novel. */
const FALSE_ALARMS = 0.01
/** Weight of a standard deviation of known words beside one of evidence; found on validation texts (docs/internals/learning.md). */
const KNOWN_WEIGHTS: Readonly<Record<Evidence, number>> = { energy: 0.5, linear: 0.25 }
/** What the logits of the linear part are multiplied by, since it is a third of the network. */
const LINEAR_SCALE = 3

/**
 * Fits the scale and the limit on held-out texts. The limit is that of a conformal test (Vovk, Gammerman & Shafer 2005;
 * Bates, Candès, Lei, Romano & Sesia 2023): a text is novel where at most 1 % of it and the held-out texts are as novel
 * as it is. So at most 1 % of texts like the training texts are called novel, whatever the distribution. With fewer
 * than 199 held-out texts, a text is novel where it is as novel as the most novel of them, at most one in `n + 1`.
 *
 * @param values the evidence of the held-out texts
 * @param knownShares of the same texts, see `knownWordShares`
 */
export function fitNovelty(
  evidence: Evidence,
  values: ArrayLike<number>,
  knownShares: ArrayLike<number>,
): NoveltyScale {
  const found = momentsOf(values)
  const known = momentsOf(knownShares)
  const perEvidence = found.deviation > 0 ? 1 / found.deviation : 0
  const perKnown = known.deviation > 0 ? KNOWN_WEIGHTS[evidence] / known.deviation : 0
  const offset = perEvidence * found.mean + perKnown * known.mean
  const scale = { evidence, offset, perEvidence, perKnown }
  const scores = Float64Array.from(values, (value, row) => noveltyOf(scale, value, knownShares[row]!))
  const novel = Math.max(1, Math.floor(FALSE_ALARMS * (scores.length + 1)))
  const limit = scores.sort()[scores.length - novel]
  return limit === undefined ? scale : { ...scale, limit }
}

/** The novelty of a text by its evidence and its share of known words. */
export function noveltyOf(
  { offset, perEvidence, perKnown }: NoveltyScale,
  evidence: number,
  knownShare: number,
): number {
  return offset - perEvidence * evidence - perKnown * knownShare
}

/** Whether a text of this novelty is unlike the training texts. */
export function isNovel({ limit }: NoveltyScale, novelty: number): boolean {
  return limit !== undefined && !(novelty < limit)
}

/** `ln Σ exp(logit)` of `logits[from … to - 1]`: low where no label has evidence (Liu et al. 2020, eq. 4, negated). */
export function energyOf(logits: Float64Array, from = 0, to = logits.length): number {
  let highest = -Infinity
  for (let at = from; at < to; at++) highest = Math.max(highest, logits[at]!)
  let sum = 0
  for (let at = from; at < to; at++) sum += Math.exp(logits[at]! - highest)
  return highest + Math.log(sum)
}

/**
 * The logarithm of the largest probability by the linear part alone, which learned from people's labels alone (largest
 * softmax probability, Hendrycks & Gimpel 2017). @param logits of the linear part
 */
export function sureness(logits: Float64Array): number {
  let highest = -Infinity
  for (let at = 0; at < logits.length; at++) highest = Math.max(highest, logits[at]!)
  let sum = 0
  for (let at = 0; at < logits.length; at++) sum += Math.exp(LINEAR_SCALE * (logits[at]! - highest))
  return -Math.log(sum)
}

/** The inverse document frequency given to an unknown word n-gram: that of the rarest known one. */
export function unknownIdf({ idf }: Vocabulary): number {
  let rarest = 0
  for (let column = 0; column < idf.length; column++) rarest = Math.max(rarest, idf[column]!)
  return rarest
}

/**
 * Share of each row's word n-grams that the vocabulary knows, each weighted by the square of its tf-idf weight.
 *
 * @returns a share in [0, 1] for each row; 0 where the row has no word n-gram
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
