import { accessRoutes, createAuditLog, createKeyStore, resolveKey } from './access/index.ts'
import {
  articleJobs,
  articleRoutes,
  createArticleStore,
  createEvidenceStore,
  createRevisionStore,
} from './articles/index.ts'
import {
  createAnnotationStore,
  createFacetStore,
  createStarterExampleStore,
  createThreadLabelStore,
  ensureCategoryFacet,
  ensureMessageKindFacet,
  labelJobs,
  labelRoutes,
} from './labels/index.ts'
import {
  createArtefactStore,
  createModelRegistry,
  createVersionStore,
  type ModelRegistry,
  modelJobs,
  modelRoutes,
} from './models/index.ts'
import {
  type Config,
  createJobStore,
  createLocalWakeups,
  createOutbox,
  migrateForward,
  migrations,
  openDatabase,
  startWorker,
  systemClock,
  type Worker,
} from './platform/index.ts'
import {
  createAuditSliceStore,
  createMisrouteStore,
  createQueueStore,
  reviewJobs,
  reviewRoutes,
} from './review/index.ts'
import { createSearch, searchJobs, searchRoutes } from './search/index.ts'
import { buildApp, createLog, jobMetrics, type MetricSource, type Serving, serve } from './server/index.ts'
import {
  createImportHistory,
  createImportQueue,
  createImportStore,
  createSourceStore,
  createThreadStore,
  createUploadFolder,
  importRoutes,
  threadJobs,
  threadRoutes,
} from './threads/index.ts'
import {
  createDecisionStore,
  createPredictionStore,
  createRuleSetStore,
  triageJobs,
  triageRoutes,
} from './triage/index.ts'

/** Everything a process of Entraide is made of; closing it leaves nothing running. */
export type House = Awaited<ReturnType<typeof compose>>

/** Builds the house on the configured database, and brings its schema up to date. */
export async function compose(config: Config, clock = systemClock) {
  const log = createLog({ level: config.logLevel })
  const db = openDatabase(config)
  const wakeups = createLocalWakeups()
  const outbox = createOutbox(db, clock, wakeups.wake)
  const facets = createFacetStore(db, clock)
  const starterExamples = createStarterExampleStore(db)
  try {
    await migrateForward(db, migrations)
    await ensureCategoryFacet(facets)
    await ensureMessageKindFacet({ db, facets, starterExamples, outbox })
  } catch (error) {
    await db.close()
    throw error
  }
  const jobs = createJobStore(db, clock, wakeups.wake)
  const audit = createAuditLog(db, clock)
  const common = { db, clock, outbox, jobs, audit, log }

  const access = { ...common, keys: createKeyStore(db, clock) }
  const threads = createThreadStore(db)
  const sources = createSourceStore(db, clock)
  const importing = {
    ...common,
    queue: createImportQueue(db, clock),
    history: createImportHistory(db, clock),
    imports: createImportStore(db, clock),
    uploads: createUploadFolder(config.home),
    uploadLimit: config.uploadLimit,
    address: config,
    wake: wakeups.wake,
  }
  const annotations = createAnnotationStore(db, clock)
  const threadLabels = createThreadLabelStore(db)
  const labels = { ...common, facets, annotations, threadLabels, threads, sources }
  const models = {
    ...labels,
    starterExamples,
    versions: createVersionStore(db, clock),
    artefacts: createArtefactStore(db),
    retrainAfter: config.retrainAfter,
  }
  const registry = createModelRegistry(db)
  const triage = {
    ...labels,
    models: registry,
    ruleSets: createRuleSetStore(db, clock),
    predictions: createPredictionStore(db, clock),
    decisions: createDecisionStore(db, clock),
  }
  const search = createSearch(db, { home: config.home, log })
  const review = {
    ...triage,
    auditShare: config.auditShare,
    queue: createQueueStore(db),
    misroutes: createMisrouteStore(db, clock),
    auditSlice: createAuditSliceStore(db, clock),
  }
  const articles = {
    ...labels,
    search,
    articles: createArticleStore(db, clock),
    revisions: createRevisionStore(db),
    evidence: createEvidenceStore(db, clock),
  }

  const handlers = [
    ...threadJobs(importing),
    ...labelJobs(labels),
    ...modelJobs(models),
    ...triageJobs(triage),
    ...reviewJobs(review),
    ...searchJobs({ ...labels, search }),
    ...articleJobs(articles),
  ]
  const routes = [
    threadRoutes({ threads, clock }),
    importRoutes(importing),
    labelRoutes(labels),
    modelRoutes(models),
    triageRoutes(triage),
    reviewRoutes(review),
    articleRoutes(articles),
    searchRoutes({ search }),
    accessRoutes(access),
  ]
  let closed: Promise<void> | undefined

  return {
    ...common,
    access,
    threads,
    importing,
    labels,
    models,
    triage,
    search,
    articles,

    /** Starts to answer HTTP. @throws CodedError PORT_TAKEN */
    async serve(): Promise<Serving> {
      const app = await buildApp({
        config,
        db,
        clock,
        log,
        resolveKey: (token) => resolveKey(access.keys, token),
        routes,
        metrics: [...jobMetrics(db, jobs), activeModelMetric(registry)],
      })
      const serving = await serve(app, config)
      try {
        await Promise.all([registry.active(), search.warm()])
      } catch (error) {
        await serving.close()
        throw error
      }
      return serving
    },

    /** Starts to run jobs. */
    startWorker: (concurrency = config.workerConcurrency): Worker | undefined =>
      concurrency === 0
        ? undefined
        : startWorker({ db, jobs, clock, handlers, wakeups, log }, { concurrency }),

    close(): Promise<void> {
      closed ??= search.close().finally(() => db.close())
      return closed
    },
  }
}

function activeModelMetric(registry: ModelRegistry): MetricSource {
  return {
    name: 'entraide_active_model_version',
    help: 'Number of the active model version',
    labels: ['facet'],
    async read() {
      const active = await registry.active()
      return active.map(({ facet, version }) => ({ labels: { facet }, value: version }))
    },
  }
}
