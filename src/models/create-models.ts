import type { Access } from '../access/create-access.ts'
import type { Labels } from '../labels/create-labels.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { Threads } from '../threads/create-threads.ts'
import { createSimilarExamples } from './explanations/similar-examples.ts'
import { modelJobs } from './jobs.ts'
import { activateVersion } from './registry/activate-version.ts'
import { createArtefactStore, exportArtefact } from './registry/artefact-store.ts'
import { budgetCost } from './registry/budget-cost.ts'
import {
  createHeldOutStore,
  readHeldOutPredictions,
  readVersionPredictions,
} from './registry/held-out-store.ts'
import { activeModelMetric, createModelRegistry, unreadableModelMetric } from './registry/model-registry.ts'
import { standingOf } from './registry/standing.ts'
import { createVersionStore, type VersionStore } from './registry/version-store.ts'
import { createAuditSliceStore } from './training/audit-slice-store.ts'
import { trainFacet } from './training/train-facet.ts'
import { createUnlabelledStore } from './training/unlabelled-store.ts'

export type Models = ReturnType<typeof createModels>

/** Model versions of each facet: trained, judged by the gate, activated, explained. */
export function createModels(
  platform: Platform,
  earlier: {
    readonly access: Pick<Access, 'audit'>
    readonly threads: Pick<Threads, 'facts'>
    readonly labels: Pick<Labels, 'facets' | 'annotations' | 'starterExamples' | 'threadLabels'>
  },
) {
  const { config, db, clock, outbox, jobs, log } = platform
  const { access, threads, labels } = earlier
  const { facets, annotations, starterExamples, threadLabels } = labels
  const store = createVersionStore(db, clock)
  const versions: Pick<VersionStore, 'active' | 'latest' | 'list' | 'require'> = store
  const auditSlice = createAuditSliceStore(db, clock)
  const unlabelled = createUnlabelledStore(db, config.auditShare)
  const registry = createModelRegistry(db, facets, { clock, log })
  const deps = {
    db,
    clock,
    home: config.home,
    outbox,
    jobs,
    log,
    audit: access.audit,
    threads,
    facets,
    annotations,
    starterExamples,
    threadLabels,
    versions: store,
    artefacts: createArtefactStore(db),
    heldOut: createHeldOutStore(db),
    auditSlice,
    unlabelled,
    retrainAfter: config.retrainAfter,
  }
  return {
    versions,
    registry,
    auditSlice,
    unlabelled,
    /** Labelled posts like another one; `patienceMs` is how long an answer waits for the index. */
    similar: createSimilarExamples(deps),
    createSimilarExamples: (options: { readonly patienceMs: number }) => createSimilarExamples(deps, options),
    ...bindUseCases(deps, {
      activateVersion,
      exportArtefact,
      trainFacet,
      readHeldOutPredictions,
      readVersionPredictions,
    }),
    ...bindUseCases({ facets, registry }, { budgetCost, standingOf }),
    metrics: [activeModelMetric(registry), unreadableModelMetric(registry)],
    jobs: modelJobs(deps),
    async routes() {
      const [{ modelRoutes }, { budgetRoutes }] = await Promise.all([
        import('./registry/routes.ts'),
        import('./registry/budget-routes.ts'),
      ])
      return [modelRoutes({ ...deps, registry }), budgetRoutes({ facets, registry })]
    },
  } satisfies Module & Record<string, unknown>
}
