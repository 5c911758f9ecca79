/** What each signal counts for in the logarithm of a candidate's score; see {@link DEFAULT_WEIGHTS}. */
export interface RankingWeights {
  /** Of the logarithm of the BM25F score. */
  readonly score: number
  readonly four: number
  readonly six: number
  readonly title: number
  readonly titleShare: number
}

/**
 * Learned by `scripts/learn-ranking.mjs` (listwise softmax, Cao et al. 2007) on 7,000 queries of stackfaq-en, piaf-fr and,
 * at a tenth, of documents made of the labelled questions of code-du-travail-fr and banking77. Mean reciprocal rank by
 * BM25F alone and cross-validated by document: 0.805 and 0.874, 0.790 and 0.809, 0.687 and 0.685, 0.548 and 0.584.
 */
export const DEFAULT_WEIGHTS: RankingWeights = {
  score: 4.1,
  four: 7.1,
  six: 4.9,
  title: 2,
  titleShare: 4.9,
}
