export { type Annotation, BY_PEOPLE, type Provenance, type ThreadLabel, type Verdict } from './annotation.ts'
export { type AnnotationStore, createAnnotationStore } from './annotation-store.ts'
export { type Correction, correctLabel } from './correct-label.ts'
export {
  changeFacet,
  createFacet,
  ensureCategoryFacet,
  type FacetChange,
  type FacetDefinition,
} from './define-facet.ts'
export { changeLabel, createLabel, type LabelChange, type LabelDefinition } from './define-label.ts'
export type { DisagreementDeps, LabelDeps } from './deps.ts'
export { labelErrors } from './errors.ts'
export type {
  AnnotationsRevised,
  BudgetChanged,
  FacetSeeded,
  LabelCorrected,
  LabelsImported,
} from './events.ts'
export { CATEGORY, DEFAULT_RISK_BUDGET, FACET_NAME, type Facet, type Label, labelName } from './facet.ts'
export { createFacetStore, type FacetStore } from './facet-store.ts'
export { type GuidedLabel, guideLabels } from './guide-labels.ts'
export { createGuidelineStore, type Guideline, type GuidelineStore } from './guideline-store.ts'
export { labelJobs } from './jobs.ts'
export {
  type ImportLabelling,
  type ImportLabellingSummary,
  labelImportedThreads,
} from './label-imported-threads.ts'
export { type FacetAgreement, measureFacetAgreement } from './measure-agreement.ts'
export { ensureMessageKindFacet, MESSAGE_KIND } from './message-kind.ts'
export { revocationJobs } from './revocations/jobs.ts'
export type { Revocation, RevocationScope, RevocationStatus } from './revocations/revocation.ts'
export { createRevocationStore, type RevocationStore } from './revocations/revocation-store.ts'
export {
  type RevocationDeps,
  type RevocationRequest,
  restoreRevocation,
  revokeTogether,
} from './revocations/revoke-together.ts'
export { revokeAnnotation } from './revoke-annotation.ts'
export { type Ruling, ruleOnLabel } from './rule-on-label.ts'
export {
  createStarterExampleStore,
  type StarterExample,
  type StarterExampleStore,
} from './starter-example-store.ts'
export { createLabelStores } from './stores.ts'
export { createThreadLabelStore, type LabelledThread, type ThreadLabelStore } from './thread-label-store.ts'
export { createVoteStore, type Vote, type VoteStore } from './vote-store.ts'
