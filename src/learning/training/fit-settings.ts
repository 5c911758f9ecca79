/** What the fit of one model is governed by; chosen from the size of the data alone, and stored with the model. */
export interface FitSettings {
  /** Rows an n-gram must occur in to be known. */
  readonly minDocuments: number
  /** N-grams known at most. */
  readonly maxVocabulary: number
  /** N-grams of one text that are read at most. */
  readonly maxFeatures: number
  readonly epochs: number
  /** First step of the linear part. */
  readonly learningRate: number
  readonly dropout: number
  /** Units of the hidden layer. */
  readonly hiddenUnits: number
  /** First step of the hidden layer. */
  readonly hiddenRate: number
}

/** Weights of one model, at most; 4 bytes each in memory, 2 in the artefact. */
const MAX_WEIGHTS = 24_000_000
const HIDDEN_UNITS = 128
/** N-grams of all texts together, about; 21 bytes each while training: two fits overlap before memory is freed. */
const MAX_ENTRIES = 28_000_000

/**
 * Settings found by cross-validation on the training splits of banking77, clinc150 and code-du-travail-fr, whole
 * and cut to 3 and 10 examples a label, and on Stack Exchange questions by first tag (see docs/internals/learning.md).
 * Accuracy is flat around them.
 */
export function chooseFitSettings(examples: number, classes: number): FitSettings {
  return {
    minDocuments: examples < 500 ? 1 : 2,
    maxVocabulary: Math.min(200_000, Math.floor(MAX_WEIGHTS / (classes + HIDDEN_UNITS))),
    maxFeatures: Math.max(128, Math.min(4096, Math.floor(MAX_ENTRIES / examples))),
    epochs: Math.min(20, Math.round(5 + 30_000 / examples)),
    learningRate: 2,
    dropout: 0.5,
    hiddenUnits: HIDDEN_UNITS,
    hiddenRate: 0.2,
  }
}
