import type { Search } from '../../search/search.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import type { MeasurementStore } from '../../triage/measurements/measurement-store.ts'
import type { PredictionStore } from '../../triage/predictions/prediction-store.ts'
import type { ArticleDeps } from '../deps.ts'
import type { CandidateStore } from './candidate-store.ts'
import type { DecisionStore } from './decisions/decision-store.ts'
import type { WeightStore } from './ranking/weight-store.ts'
import type { Readings } from './typing/readings.ts'

/** What the use cases of candidates work with, beside what articles do. */
export interface CandidateDeps extends ArticleDeps {
  readonly threads: Pick<
    ThreadStore,
    | 'require'
    | 'requireShown'
    | 'postsOf'
    | 'facts'
    | 'postsOfEach'
    | 'duplicatesOf'
    | 'threadsOfComments'
    | 'viewsBetween'
    | 'idsAfter'
  >
  readonly search: Pick<Search, 'documents' | 'alike' | 'termWeight' | 'threadIds' | 'threadsAsking' | 'log'>
  readonly predictions: Pick<PredictionStore, 'of'>
  readonly measurements: Pick<MeasurementStore, 'current'>
  readonly candidates: CandidateStore
  readonly decisions: DecisionStore
  readonly weights: WeightStore
  /** What threads were read to say lately. */
  readonly readings: Readings
  /** Computes after what this process computes already. */
  readonly inOrder: <T>(work: () => Promise<T>) => Promise<T>
}
