import { accessRoutes } from './access/http.ts'
import { createAuditLog, createKeyStore, resolveKey } from './access/index.ts'
import { articleRoutes } from './articles/http.ts'
import {
  articleJobs,
  createArticleStore,
  createEvidenceStore,
  createRevisionStore,
} from './articles/index.ts'
import { insightRoutes } from './insight/http.ts'
import { createInsightStores, insightJobs } from './insight/index.ts'
import { labelRoutes, revocationRoutes } from './labels/http.ts'
import {
  createFacetStore,
  createLabelStores,
  createStarterExampleStore,
  ensureCategoryFacet,
  ensureMessageKindFacet,
  labelJobs,
  revocationJobs,
} from './labels/index.ts'
import { migrations } from './migrations.ts'
import { budgetRoutes, modelRoutes } from './models/http.ts'
import {
  activeModelMetric,
  createArtefactStore,
  createAuditSliceStore,
  createModelRegistry,
  createOutOfFoldStore,
  createSimilarExamples,
  createUnlabelledStore,
  createVersionStore,
  modelJobs,
  readOutOfFold,
} from './models/index.ts'
import {
  type Config,
  createJobStore,
  createLocalWakeups,
  createOutbound,
  createOutbox,
  migrateForward,
  openDatabase,
  startWorker,
  systemClock,
  type Worker,
} from './platform/index.ts'
import { conflictRoutes, reviewRoutes } from './review/http.ts'
import { conflictJobs, createReviewStores, reviewJobs } from './review/index.ts'
import { searchRoutes } from './search/http.ts'
import { createSearch, searchJobs } from './search/index.ts'
import { buildApp, createLog, jobMetrics, type Serving, serve } from './server/index.ts'
import { redactText } from './text/personal-data/index.ts'
import {
  curateRoutes,
  importRoutes,
  personalDataRoutes,
  receiveRoutes,
  sourceRoutes,
  threadRoutes,
} from './threads/http.ts'
import {
  createApiAccessStore,
  createImportHistory,
  createImportQueue,
  createImportStore,
  createDeliveryStore as createReceivedDeliveryStore,
  createSecretStore,
  createSourceStore,
  createTextThread,
  createThreadStore,
  createUploadFolder,
  deliveryJobs,
  threadJobs,
} from './threads/index.ts'
import { explainRoutes, influenceRoutes, triageRoutes } from './triage/http.ts'
import { createDecisionStore, createPredictionStore, createRuleSetStore, triageJobs } from './triage/index.ts'
import { webhookRoutes } from './webhooks/http.ts'
import {
  createDeliveryStore,
  createEndpointStore,
  createSendQueue,
  deliveryMetric,
  startSender,
  WEBHOOK_TIMEOUT_MS,
  webhookJobs,
} from './webhooks/index.ts'

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
  const { identifiers } = config
  const common = { db, clock, outbox, jobs, audit, log, identifiers }

  const access = { ...common, keys: createKeyStore(db, clock) }
  const threads = createThreadStore(db)
  const sources = createSourceStore(db, clock)
  const outbound = createOutbound({ privateHosts: config.privateHosts, timeoutMs: WEBHOOK_TIMEOUT_MS })
  const texts = createTextThread()
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
  const deliveries = {
    ...common,
    sources,
    outbound,
    texts,
    privateHosts: config.privateHosts,
    webhookRateLimit: config.webhookRateLimit,
    secrets: createSecretStore(db, clock),
    apiAccess: createApiAccessStore(db, clock),
    deliveries: createReceivedDeliveryStore(db, clock),
  }
  const auditSlice = createAuditSliceStore(db, clock)
  const labels = { ...access, ...createLabelStores(db, clock), facets, threads, sources }
  const models = {
    ...labels,
    starterExamples,
    versions: createVersionStore(db, clock),
    artefacts: createArtefactStore(db),
    outOfFold: createOutOfFoldStore(db),
    auditSlice,
    unlabelled: createUnlabelledStore(db, config.auditShare),
    retrainAfter: config.retrainAfter,
  }
  const registry = createModelRegistry(db)
  const similar = createSimilarExamples(models)
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
    auditSlice,
    ...createReviewStores(db, clock),
  }
  const conflicts = { ...models, ...review, secondOpinionShare: config.secondOpinionShare }
  const articles = {
    ...labels,
    search,
    articles: createArticleStore(db, clock),
    revisions: createRevisionStore(db),
    evidence: createEvidenceStore(db, clock),
  }
  const webhooks = {
    ...triage,
    ...articles,
    ...{ versions: models.versions, privateHosts: config.privateHosts, outbound, wake: wakeups.wake },
    disableAfterDays: config.webhookDisableDays,
    endpoints: createEndpointStore(db, clock),
    deliveries: createDeliveryStore(db, clock),
    queue: createSendQueue(db, clock),
  }
  const insight = {
    ...models,
    ...triage,
    ...createInsightStores(db, clock, (version) => readOutOfFold(models, version)),
  }

  const handlers = [
    ...deliveryJobs(deliveries),
    ...threadJobs(importing),
    ...labelJobs(labels),
    ...revocationJobs(labels),
    ...modelJobs(models),
    ...triageJobs(triage),
    ...reviewJobs(review),
    ...conflictJobs(conflicts),
    ...searchJobs({ ...labels, search }),
    ...articleJobs(articles),
    ...webhookJobs(webhooks),
    ...insightJobs(insight),
  ]
  const routes = [
    threadRoutes({ threads, clock }),
    personalDataRoutes({ threads, identifiers }),
    curateRoutes(labels),
    sourceRoutes(deliveries),
    receiveRoutes(deliveries),
    importRoutes(importing),
    labelRoutes(labels),
    revocationRoutes(labels),
    modelRoutes(models),
    budgetRoutes({ facets, registry }),
    triageRoutes(triage),
    explainRoutes({ ...triage, similar }),
    influenceRoutes({ ...triage, similar }),
    reviewRoutes(review),
    conflictRoutes(conflicts),
    articleRoutes(articles),
    searchRoutes({ search }),
    webhookRoutes(webhooks),
    insightRoutes(insight),
    accessRoutes(access),
  ]
  let closed: Promise<void> | undefined

  return {
    ...common,
    access,
    threads,
    deliveries,
    importing,
    labels,
    models,
    registry,
    triage,
    conflicts,
    review,
    search,
    articles,
    webhooks,
    insight,

    /** Starts to answer HTTP. @throws CodedError PORT_TAKEN */
    async serve(): Promise<Serving> {
      const app = await buildApp({
        config,
        db,
        clock,
        log,
        migrations,
        resolveKey: (token) => resolveKey(access.keys, token),
        routes,
        metrics: [...jobMetrics(db, jobs), activeModelMetric(registry), deliveryMetric(webhooks.deliveries)],
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

    /** Starts to run jobs, and to send webhooks beside them. */
    startWorker(concurrency = config.workerConcurrency): Worker | undefined {
      if (concurrency === 0) return undefined
      const worker = startWorker(
        { db, jobs, clock, handlers, wakeups, log, tidy: redactText },
        { concurrency },
      )
      const sender = startSender({ ...webhooks, wakeups, log })
      return {
        async stop(graceMs) {
          await Promise.all([worker.stop(graceMs), sender.stop(graceMs)])
        },
      }
    },

    close(): Promise<void> {
      closed ??= Promise.all([search.close(), outbound.close(), texts.close(), review.batches.close()])
        .then(() => undefined)
        .finally(() => db.close())
      return closed
    },
  }
}
