export {
  type ArtefactFileName,
  type ArtefactFiles,
  artefactFileNames,
  loadClassifier,
  saveClassifier,
} from './artefact.ts'
export { averagePrecision } from './average-precision.ts'
export { ABSTAIN_ALWAYS } from './calibration.ts'
export type { Classification, Classifier, LabelConfidence } from './classifier.ts'
export type { SparseRow } from './contributions.ts'
export { LearningError, type LearningErrorCode } from './errors.ts'
export {
  type Confusion,
  type Evaluation,
  evaluate,
  type JudgedRow,
  type LabelFigures,
  OUT_OF_SCOPE,
} from './evaluate.ts'
export { type Explanation, explain, type Span } from './explain.ts'
export { holm } from './holm.ts'
export { exactMcNemar } from './mcnemar.ts'
export type { OutOfFoldSummary } from './model.ts'
export type { OutOfFoldPredictions } from './out-of-fold.ts'
export { rankDescending } from './predict.ts'
export {
  entropy,
  leastConfidence,
  margin,
  randomUncertainty,
  selectQueries,
  type Uncertainty,
} from './query-strategy.ts'
export { createRandom, type Random, shuffle } from './random.ts'
export { cosineOf, createRowIndexBuilder, type RowIndex } from './row-index.ts'
export { signedRank } from './signed-rank.ts'
export { dealTexts } from './text-folds.ts'
export {
  type TrainedClassifier,
  type TrainingInput,
  type TrainingProgress,
  trainClassifier,
} from './train-classifier.ts'
export { fisherExact, type Proportion } from './two-proportions.ts'
