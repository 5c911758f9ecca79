export type { AbstentionReason } from './abstention.ts'
export {
  type ArtefactFileName,
  type ArtefactFiles,
  artefactFileNames,
  loadClassifier,
  saveClassifier,
} from './artefact.ts'
export { averagePrecision } from './average-precision.ts'
export { thresholdsOf, withBudgets } from './budgets.ts'
export { ABSTAIN_ALWAYS } from './calibration.ts'
export { calibrationBand, debiasedCalibrationError, expectedCalibrationError } from './calibration-error.ts'
export {
  type CalibrationEstimate,
  type Confidences,
  compareOverconfidence,
  estimateCalibration,
  type OverconfidenceDifference,
  overconfidence,
} from './calibration-parity.ts'
export type { Classification, Classifier, LabelConfidence } from './classifier.ts'
export type { SparseRow } from './contributions.ts'
export { adviseOnGain, describeGain, type LabellingAdvice, WORTHWHILE_GAIN } from './curves/gain-statement.ts'
export { type CurvePoint, curveIntervals, type LearningCurve } from './curves/learning-curve.ts'
export { type CurveInput, measureLearningCurve } from './curves/measure-curve.ts'
export { type PredictedGain, predictGain } from './curves/predict-gain.ts'
export { type DoubtedLabel, type DoubtedPair, doubtLabels, type LabelDoubts } from './doubt-labels.ts'
export * from './drift/index.ts'
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
export {
  type Agreement,
  type AgreementFigures,
  type AgreementOptions,
  type LabelAgreement,
  measureAgreement,
} from './krippendorff.ts'
export type { OutOfFoldSummary } from './model.ts'
export type { OutOfFoldPredictions } from './out-of-fold.ts'
export { rankDescending } from './predict.ts'
export { type Beliefs, rankBeliefs } from './queries/beliefs.ts'
export type { Candidates, QueryPool, QueryStrategy } from './queries/query-strategy.ts'
export { type CandidateTexts, readCandidates } from './queries/read-candidates.ts'
export { type QueryStrategyName, queryStrategyNames, requireQueryStrategy } from './queries/strategies.ts'
export { createRandom, type Random, shuffle } from './random.ts'
export { type ReplayOptions, type ReplayPoint, replayLabelling } from './replay.ts'
export { type LabelledTexts, type ReplayCorpus, readReplayCorpus } from './replay-corpus.ts'
export { labelsToReach, type ReplayedPoint, summariseReplays } from './replay-summary.ts'
export {
  type ChosenThreshold,
  type ChosenThresholds,
  chooseThresholds,
  type HeldOutPredictions,
  type LabelThreshold,
  type RiskBudget,
  type RiskBudgets,
  USUAL_DOUBT,
} from './risk-budget.ts'
export { areaUnderRiskCoverage } from './risk-coverage.ts'
export { cosineOf, createRowIndexBuilder, type RowIndex } from './row-index.ts'
export { chooseScopeThreshold, coveringThreshold, type ScopedRow } from './scope-threshold.ts'
export { mostUnlabelled } from './self-training.ts'
export { holm } from './statistics/holm.ts'
export { exactMcNemar } from './statistics/mcnemar.ts'
export {
  compareProportions,
  type Interval,
  type ProportionDifference,
  type Tally,
  wilsonInterval,
} from './statistics/proportion-interval.ts'
export { signedRank } from './statistics/signed-rank.ts'
export { fisherExact, type Proportion } from './statistics/two-proportions.ts'
export { dealTexts } from './text-folds.ts'
export {
  type TrainedClassifier,
  type TrainingInput,
  type TrainingProgress,
  trainClassifier,
} from './train-classifier.ts'
