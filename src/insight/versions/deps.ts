import type { SourceStore } from '../../ingest/source-store.ts'
import type { FacetStore } from '../../labels/facet-store.ts'
import type { StarterExampleStore } from '../../labels/starter-example-store.ts'
import type { ThreadLabelStore } from '../../labels/thread-label-store.ts'
import type { ModelRegistry } from '../../models/registry/model-registry.ts'
import type { VersionStore } from '../../models/registry/version-store.ts'
import type { Clock } from '../../platform/clock.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import type { HeldOutCases } from '../held-out-cases.ts'
import type { PairReader } from './read-pairs.ts'
import type { ThreadCountStore } from './thread-count-store.ts'

/** What the figures of a version work with. */
export interface VersionFigureDeps {
  readonly clock: Clock
  readonly sources: Pick<SourceStore, 'require'>
  readonly facets: Pick<FacetStore, 'require' | 'labels' | 'labelBudgets'>
  readonly starterExamples: Pick<StarterExampleStore, 'of'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  readonly threads: Pick<ThreadStore, 'facts'>
  readonly versions: Pick<VersionStore, 'active' | 'require'>
  readonly models: Pick<ModelRegistry, 'modelOf'>
  readonly heldOutCases: HeldOutCases
  readonly threadCounts: ThreadCountStore
  readonly pairs: PairReader
}
