export { type Activation, activateVersion } from './activate-version.ts'
export { activeModelMetric } from './active-model-metric.ts'
export { type ArtefactStore, createArtefactStore } from './artefact-store.ts'
export {
  type AuditSliceStore,
  createAuditSliceStore,
  type DrawnThread,
  drawnForAudit,
} from './audit-slice-store.ts'
export { type BudgetCost, type BudgetQuestion, budgetCost } from './budget-cost.ts'
export { compareVersions, type VersionComparison } from './compare-versions.ts'
export type { ModelDeps } from './deps.ts'
export { modelErrors } from './errors.ts'
export { type EvaluationProgress, evaluateFiles, type FileEvaluation } from './evaluate-files.ts'
export type { ModelActivated, ModelTrained } from './events.ts'
export { type ArtefactExport, exportArtefact } from './export-artefact.ts'
export type { FileFigures, FoldFigures, Spread } from './file-figures.ts'
export { type FoundDoubts, findDoubts } from './find-doubts.ts'
export type { GateEvidence, GateTest, Ground, ParityEvidence } from './gate-evidence.ts'
export { type Influence, type InfluenceDeps, type InfluenceQuery, influencesOn } from './influences.ts'
export { type ModelJobDeps, modelJobs } from './jobs.ts'
export { type ActiveModel, createModelRegistry, type ModelRegistry } from './model-registry.ts'
export type {
  ComparedFigures,
  HoldOutFigures,
  HoldOutReport,
  ModelVersion,
  TrainingReport,
  VersionStatus,
} from './model-version.ts'
export { createOutOfFoldStore, type OutOfFoldStore } from './out-of-fold-store.ts'
export { perhapsLearned } from './perhaps-learned.ts'
export { presentVersion } from './present-version.ts'
export { readUnlabelled } from './read-examples.ts'
export { readOutOfFold, type UnseenVerdict } from './read-out-of-fold.ts'
export { type FileReplay, type ReplayFigures, replayFiles, type StrategyCurve } from './replay-files.ts'
export { requestTraining } from './request-training.ts'
export {
  createSimilarExamples,
  type NearExample,
  type SimilarExample,
  type SimilarExamples,
} from './similar-examples.ts'
export { type FacetTraining, trainFacet } from './train-facet.ts'
export type { UnlabelledText } from './training-example.ts'
export { createUnlabelledStore, type UnlabelledStore } from './unlabelled-store.ts'
export { createVersionStore, type VersionStore } from './version-store.ts'
