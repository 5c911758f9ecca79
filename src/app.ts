import { createAccess } from './access/create-access.ts'
import { createArticles } from './articles/create-articles.ts'
import { createCommunity } from './community/create-community.ts'
import { createHelpCentre } from './help-centre/create-help-centre.ts'
import { createIngest } from './ingest/create-ingest.ts'
import { createInsight } from './insight/create-insight.ts'
import { createLabels } from './labels/create-labels.ts'
import { createLive } from './live/create-live.ts'
import { migrations } from './migrations.ts'
import { createModels } from './models/create-models.ts'
import { createOperations } from './operations/create-operations.ts'
import { systemClock } from './platform/clock.ts'
import type { Config } from './platform/config/config.ts'
import type { JobHandler } from './platform/jobs/job-handler.ts'
import { startJobRunner, type Worker } from './platform/jobs/job-runner.ts'
import { closePlatform, openPlatform } from './platform/platform.ts'
import { createReview } from './review/create-review.ts'
import { createSearchModule } from './search/create-search-module.ts'
import { buildApp } from './server/app.ts'
import { createLog } from './server/log.ts'
import { databaseMetrics, jobMetrics } from './server/metrics.ts'
import { type Serving, serve } from './server/serve.ts'
import { redactText } from './text/personal-data/redact.ts'
import { createThreads } from './threads/create-threads.ts'
import { createTriage } from './triage/create-triage.ts'
import { createWebhooks } from './webhooks/create-webhooks.ts'

/** All modules of a process on one database. */
export type App = Awaited<ReturnType<typeof createApp>>

/**
 * The composition root: opens the database, brings its schema up to date, and creates each module with the earlier
 * ones that it works with. Closing it leaves nothing running.
 */
export async function createApp(config: Config, clock = systemClock) {
  const log = createLog({ level: config.logLevel })
  const platform = await openPlatform(config, { clock, log, migrations })
  const access = createAccess(platform)
  const ingest = createIngest(platform, access)
  const threads = createThreads(platform, { access, ingest })
  const labels = createLabels(platform, { access, ingest, threads })
  const models = createModels(platform, { access, threads, labels })
  const search = createSearchModule(platform, { access, threads, labels })
  const triage = createTriage(platform, { access, ingest, threads, labels, models, search })
  const review = createReview(platform, { access, ingest, threads, labels, models, triage })
  const articles = createArticles(platform, { access, threads, labels, search, triage })
  const helpCentre = createHelpCentre(platform, { access, threads, search, articles })
  const community = createCommunity(platform, {
    access,
    ingest,
    threads,
    search,
    triage,
    articles,
    helpCentre,
  })
  const insight = createInsight(platform, { access, ingest, threads, labels, models, triage })
  const webhooks = createWebhooks(platform, {
    access,
    threads,
    labels,
    models,
    triage,
    articles,
    community,
    insight,
  })
  const operations = createOperations(platform, {
    access,
    search,
    migrations,
    bulkTypes: () => handlers.filter(({ bulk }) => bulk === true).map(({ type }) => type),
  })
  const live = createLive(platform, { ingest, review, articles })
  const modules = {
    access,
    ingest,
    threads,
    labels,
    models,
    search,
    triage,
    review,
    articles,
    helpCentre,
    community,
    insight,
    webhooks,
    operations,
    live,
  }
  const handlers: readonly JobHandler[] = Object.values(modules).flatMap((module) => module.jobs)
  let closed: Promise<void> | undefined

  const app = {
    ...modules,
    platform,
    handlers,

    /** Starts to answer HTTP. @throws CodedError PORT_TAKEN */
    async serve(): Promise<Serving> {
      if (!config.demo) await access.endDemoSessions()
      const routes = await Promise.all(Object.values(modules).map((module) => module.routes()))
      const metrics = [
        ...databaseMetrics(platform.db),
        ...jobMetrics(platform.db, platform.jobs),
        ...models.metrics,
        ...webhooks.metrics,
      ]
      const { identification } = access
      const parts = { config, db: platform.db, clock, log, migrations, identification, metrics }
      const pages = (await Promise.all([helpCentre.pages(), community.pages()])).flat()
      const serving = await serve(await buildApp({ ...parts, routes: routes.flat(), pages }), config)
      try {
        await Promise.all([models.registry.active(), search.warm()])
      } catch (error) {
        await serving.close()
        throw error
      }
      return serving
    },

    /** Starts to run jobs, and to send webhooks beside them. */
    startJobRunner(concurrency = config.workerConcurrency): Worker | undefined {
      if (concurrency === 0) return undefined
      const runner = startJobRunner({ ...platform, handlers, tidy: redactText }, { concurrency })
      const sender = webhooks.startSender()
      return {
        async stop(graceMs) {
          await Promise.all([runner.stop(graceMs), sender.stop(graceMs)])
        },
      }
    },

    close(): Promise<void> {
      closed ??= Promise.all([search.close(), ingest.close(), review.close(), articles.close()])
        .then(() => undefined)
        .finally(() => closePlatform(platform))
      return closed
    },
  }
  try {
    await labels.ensureFacets()
  } catch (error) {
    await app.close()
    throw error
  }
  return app
}
