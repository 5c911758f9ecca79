import type { Access } from '../access/create-access.ts'
import type { Ingest } from '../ingest/create-ingest.ts'
import type { Labels } from '../labels/create-labels.ts'
import type { Models } from '../models/create-models.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { SearchModule } from '../search/create-search-module.ts'
import type { Threads } from '../threads/create-threads.ts'
import { createChangeStore } from './activations/change-store.ts'
import { latestActivation } from './activations/latest-activation.ts'
import { acceptPost, withdrawPost } from './intake/restate-post.ts'
import { storePost } from './intake/store-post.ts'
import { storeThread } from './intake/store-thread.ts'
import { triageJobs } from './jobs.ts'
import { listMeasurements } from './measurements/list-measurements.ts'
import { measureLabels } from './measurements/measure-labels.ts'
import { createMeasurementStore } from './measurements/measurement-store.ts'
import { classifyPost } from './predictions/classify-post.ts'
import { explainPost, predictionInfluences } from './predictions/explain-prediction.ts'
import { createPredictionStore } from './predictions/prediction-store.ts'
import { protectThreads } from './protect-threads.ts'
import { createConditionReading } from './routing/condition-reading.ts'
import { createDecisionStore } from './routing/decision-store.ts'
import { compareRuleSets } from './routing/diff-rule-sets.ts'
import { createRuleSetStore } from './routing/rule-set-store.ts'
import { restoreRuleSet, saveRuleSet } from './routing/save-rule-set.ts'
import { simulateRuleSet } from './routing/simulate-rule-set.ts'
import { countThreads } from './thread-list/count-threads.ts'
import { listThreads } from './thread-list/list-threads.ts'

export type Triage = ReturnType<typeof createTriage>

/** What a post is about and where it goes: predictions, routing rules, routing decisions. */
export function createTriage(
  platform: Platform,
  earlier: {
    readonly access: Pick<Access, 'audit'>
    readonly ingest: Pick<Ingest, 'sources' | 'applyRecords'>
    readonly threads: Pick<
      Threads,
      'require' | 'facts' | 'idsAfter' | 'protections' | 'find' | 'placeOfPost' | 'placeOfQuestion'
    >
    readonly search: Pick<SearchModule, 'threadIds'>
    readonly labels: Pick<Labels, 'facets' | 'annotations' | 'threadLabels'>
    readonly models: Pick<Models, 'registry' | 'versions' | 'similar' | 'createSimilarExamples'>
  },
) {
  const { db, clock, outbox, jobs } = platform
  const { access, ingest, threads, labels, models, search } = earlier
  const ruleSets = createRuleSetStore(db, clock)
  const predictions = createPredictionStore(db, clock)
  const changes = createChangeStore(db)
  const decisions = createDecisionStore(db, clock)
  const measurements = createMeasurementStore(db, clock)
  const deps = {
    db,
    clock,
    outbox,
    jobs,
    audit: access.audit,
    threads,
    facets: labels.facets,
    threadLabels: labels.threadLabels,
    annotations: labels.annotations,
    protections: threads.protections,
    models: models.registry,
    ruleSets,
    predictions,
    changes,
    decisions,
    measurements,
    reading: createConditionReading(),
  }
  const intake = { ...deps, sources: ingest.sources, applyRecords: ingest.applyRecords }
  const listing = { ...deps, sources: ingest.sources, search }
  const activations = { facets: labels.facets, versions: models.versions, changes }
  const explaining = { ...deps, annotations: labels.annotations, similar: models.similar }
  return {
    ruleSets,
    predictions,
    decisions,
    measurements,
    ...bindUseCases(deps, {
      classifyPost,
      saveRuleSet,
      restoreRuleSet,
      simulateRuleSet,
      compareRuleSets,
      listMeasurements,
      measureLabels,
      protectThreads,
    }),
    ...bindUseCases(intake, { storeThread, storePost, acceptPost, withdrawPost }),
    ...bindUseCases(explaining, { explainPost }),
    ...bindUseCases(listing, { listThreads, countThreads }),
    ...bindUseCases(activations, { latestActivation }),
    /** Waits for the index of labelled posts, however long it takes to build. */
    predictionInfluences: (asked: Parameters<typeof predictionInfluences>[1]) =>
      predictionInfluences(
        { ...explaining, similar: models.createSimilarExamples({ patienceMs: Number.POSITIVE_INFINITY }) },
        asked,
      ),
    jobs: triageJobs(deps),
    async routes() {
      const [
        { triageRoutes },
        { intakeRoutes },
        { explainRoutes },
        { influenceRoutes },
        { activationRoutes },
        { threadListRoutes },
      ] = await Promise.all([
        import('./routes.ts'),
        import('./intake/intake-routes.ts'),
        import('./predictions/explain-routes.ts'),
        import('./predictions/influence-routes.ts'),
        import('./activations/activation-routes.ts'),
        import('./thread-list/thread-list-routes.ts'),
      ])
      return [
        triageRoutes(deps),
        intakeRoutes(intake),
        explainRoutes(explaining),
        influenceRoutes(explaining),
        activationRoutes(activations),
        threadListRoutes(listing),
      ]
    },
  } satisfies Module & Record<string, unknown>
}
