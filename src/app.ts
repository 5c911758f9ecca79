import { createAuditLog } from './access/audit-log.ts'
import { createKeyStore, resolveKey } from './access/key-store.ts'
import { accessRoutes } from './access/routes.ts'
import { createArticleStore } from './articles/article-store.ts'
import { createCitationStore } from './articles/citation-store.ts'
import { articleJobs } from './articles/jobs.ts'
import { createRevisionStore } from './articles/revision-store.ts'
import { articleRoutes } from './articles/routes.ts'
import { createApiAccessStore } from './ingest/deliveries/api-access.ts'
import { createDeliveryStore as createReceivedDeliveryStore } from './ingest/deliveries/delivery-store.ts'
import { deliveryJobs } from './ingest/deliveries/jobs.ts'
import { receiveRoutes } from './ingest/deliveries/receive-routes.ts'
import { sourceRoutes } from './ingest/deliveries/routes.ts'
import { createSecretStore } from './ingest/deliveries/secret-store.ts'
import { createImportHistory } from './ingest/imports/import-history.ts'
import { createImportQueue } from './ingest/imports/import-queue.ts'
import { createImportStore } from './ingest/imports/import-store.ts'
import { importRoutes } from './ingest/imports/routes.ts'
import { threadJobs } from './ingest/imports/run-import.ts'
import { createUploadFolder } from './ingest/imports/upload-folder.ts'
import { createTextWorker } from './ingest/rows/text-work.ts'
import { createSourceStore } from './ingest/source-store.ts'
import { insightJobs } from './insight/jobs.ts'
import { insightRoutes } from './insight/routes.ts'
import { createInsightStores } from './insight/stores.ts'
import { ensureCategoryFacet } from './labels/define-facet.ts'
import { createFacetStore } from './labels/facet-store.ts'
import { labelJobs } from './labels/jobs.ts'
import { ensureMessageKindFacet } from './labels/message-kind.ts'
import { revocationJobs } from './labels/revocations/jobs.ts'
import { revocationRoutes } from './labels/revocations/routes.ts'
import { labelRoutes } from './labels/routes.ts'
import { createStarterExampleStore } from './labels/starter-example-store.ts'
import { createLabelStores } from './labels/stores.ts'
import { migrations } from './migrations.ts'
import { createSimilarExamples } from './models/explanations/similar-examples.ts'
import { modelJobs } from './models/jobs.ts'
import { createArtefactStore } from './models/registry/artefact-store.ts'
import { budgetRoutes } from './models/registry/budget-routes.ts'
import { createHeldOutStore, readHeldOutPredictions } from './models/registry/held-out-store.ts'
import { activeModelMetric, createModelRegistry } from './models/registry/model-registry.ts'
import { modelRoutes } from './models/registry/routes.ts'
import { createVersionStore } from './models/registry/version-store.ts'
import { createAuditSliceStore } from './models/training/audit-slice-store.ts'
import { createUnlabelledStore } from './models/training/unlabelled-store.ts'
import { systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { migrateForward } from './platform/database/migrate.ts'
import { openDatabase } from './platform/database/open.ts'
import { createOutbox } from './platform/jobs/events.ts'
import { startJobRunner, type Worker } from './platform/jobs/job-runner.ts'
import { createJobStore } from './platform/jobs/job-store.ts'
import { createLocalWakeups } from './platform/jobs/wakeups.ts'
import { createOutbound } from './platform/outbound.ts'
import { conflictJobs } from './review/conflicts/conflict-jobs.ts'
import { conflictRoutes } from './review/conflicts/conflict-routes.ts'
import { reviewJobs } from './review/jobs.ts'
import { reviewRoutes } from './review/routes.ts'
import { createReviewStores } from './review/stores.ts'
import { searchJobs } from './search/jobs.ts'
import { searchRoutes } from './search/routes.ts'
import { createSearch } from './search/search.ts'
import { buildApp } from './server/app.ts'
import { createLog } from './server/log.ts'
import { jobMetrics } from './server/metrics.ts'
import { type Serving, serve } from './server/serve.ts'
import { redactText } from './text/personal-data/redact.ts'
import { curateRoutes } from './threads/merge-routes.ts'
import { personalDataRoutes } from './threads/personal-data-routes.ts'
import { threadRoutes } from './threads/routes.ts'
import { createThreadStore } from './threads/thread-store.ts'
import { triageJobs } from './triage/jobs.ts'
import { explainRoutes } from './triage/predictions/explain-routes.ts'
import { influenceRoutes } from './triage/predictions/influence-routes.ts'
import { createPredictionStore } from './triage/predictions/prediction-store.ts'
import { triageRoutes } from './triage/routes.ts'
import { createDecisionStore } from './triage/routing/decision-store.ts'
import { createRuleSetStore } from './triage/routing/rule-set-store.ts'
import { createEndpointStore } from './webhooks/endpoints/endpoint-store.ts'
import { webhookJobs } from './webhooks/jobs.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { createDeliveryStore, deliveryMetric } from './webhooks/sending/delivery-store.ts'
import { TIMEOUT_MS as WEBHOOK_TIMEOUT_MS } from './webhooks/sending/post-message.ts'
import { createSendQueue } from './webhooks/sending/send-queue.ts'
import { startSender } from './webhooks/sending/sender.ts'

/** Everything a process of Entraide is made of; closing it leaves nothing running. */
export type App = Awaited<ReturnType<typeof createApp>>

/** Builds the house on the configured database, and brings its schema up to date. */
export async function createApp(config: Config, clock = systemClock) {
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
  const texts = createTextWorker()
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
    heldOut: createHeldOutStore(db),
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
    evidence: createCitationStore(db, clock),
  }
  const webhooks = {
    ...triage,
    ...articles,
    versions: models.versions,
    privateHosts: config.privateHosts,
    outbound,
    wake: wakeups.wake,
    disableAfterDays: config.webhookDisableDays,
    endpoints: createEndpointStore(db, clock),
    deliveries: createDeliveryStore(db, clock),
    queue: createSendQueue(db, clock),
  }
  const insight = {
    ...models,
    ...triage,
    ...createInsightStores(db, clock, (version) => readHeldOutPredictions(models, version)),
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
    startJobRunner(concurrency = config.workerConcurrency): Worker | undefined {
      if (concurrency === 0) return undefined
      const worker = startJobRunner(
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
