export { type ClassifiedPost, type ClassifyDeps, classifyPost, type PostToClassify } from './classify-post.ts'
export { type Decision, decideDestination } from './decide-destination.ts'
export { createDecisionStore, type DecisionStore, type RoutingDecision } from './decision-store.ts'
export type { TriageDeps } from './deps.ts'
export { triageErrors } from './errors.ts'
export type { RoutingDecided, ThreadsTriaged } from './events.ts'
export { type ExplainDeps, type ExplainedPost, explainPost } from './explain-post.ts'
export { triageJobs } from './jobs.ts'
export type { FacetModel, Prediction } from './prediction.ts'
export {
  type InfluencesRequest,
  type PredictionInfluences,
  type PredictionInfluencesDeps,
  predictionInfluences,
} from './prediction-influences.ts'
export { createPredictionStore, type PredictionStore, type StoredPrediction } from './prediction-store.ts'
export {
  builtInRuleSet,
  type Condition,
  DEFAULT_RULE,
  type Destination,
  type Outcome,
  type Priority,
  type RoutingRule,
  type RuleSet,
  type StoredRuleSet,
} from './routing-rule.ts'
export type { RoutingSubject, Verdict } from './routing-subject.ts'
export { createRuleSetStore, type RuleSetStore } from './rule-set-store.ts'
export { type RuleSetChange, saveRuleSet } from './save-rule-set.ts'
export { type Simulation, simulateRuleSet } from './simulate-rule-set.ts'
export { startSweep } from './sweep.ts'
export { type ThreadTriage, triageOf } from './triage-of.ts'
export { type TriageOptions, triageThreads } from './triage-threads.ts'
