import type { Access } from '../access/create-access.ts'
import type { Articles } from '../articles/create-articles.ts'
import type { Community } from '../community/create-community.ts'
import type { Insight } from '../insight/create-insight.ts'
import type { Labels } from '../labels/create-labels.ts'
import type { Models } from '../models/create-models.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { Threads } from '../threads/create-threads.ts'
import type { Triage } from '../triage/create-triage.ts'
import { presentEndpoints } from './endpoints/endpoint.ts'
import { createEndpointStore, type EndpointStore } from './endpoints/endpoint-store.ts'
import { changeEndpoint, createEndpoint, removeEndpoint, rotateSecret } from './endpoints/manage-endpoints.ts'
import { webhookJobs } from './jobs.ts'
import { createDeliveryStore, type DeliveryStore, deliveryMetric } from './sending/delivery-store.ts'
import { retryDeliveries } from './sending/manage-deliveries.ts'
import { createSendQueue } from './sending/send-queue.ts'
import { startSender } from './sending/sender.ts'
import { testEndpoint } from './sending/test-endpoint.ts'

export type Webhooks = ReturnType<typeof createWebhooks>

/** What other systems hear of: endpoints, the messages to them, and their deliveries. Last, so that it can hear all. */
export function createWebhooks(
  platform: Platform,
  earlier: {
    readonly access: Pick<Access, 'audit'>
    readonly threads: Pick<Threads, 'facts' | 'require' | 'find'>
    readonly labels: Pick<Labels, 'facets' | 'threadLabels'>
    readonly models: Pick<Models, 'versions'>
    readonly triage: Pick<Triage, 'decisions' | 'predictions' | 'measurements'>
    readonly articles: Pick<Articles, 'articles' | 'citations'>
    readonly community: Pick<Community, 'questions'>
    readonly insight: Pick<Insight, 'topics'>
  },
) {
  const { config, db, clock, jobs, log, wakeups, outbound } = platform
  const { access, threads, labels, models, triage, articles, community, insight } = earlier
  const endpointStore = createEndpointStore(db, clock)
  const deliveryStore = createDeliveryStore(db, clock)
  const { privateHosts } = config
  const endpoints: Pick<EndpointStore, 'list' | 'require' | 'withUrl'> = endpointStore
  const deliveries: Pick<DeliveryStore, 'list' | 'find'> = deliveryStore
  const deps = {
    db,
    clock,
    jobs,
    outbound,
    privateHosts,
    wake: wakeups.wake,
    audit: access.audit,
    endpoints: endpointStore,
    deliveries: deliveryStore,
    queue: createSendQueue(db, clock),
    disableAfterDays: config.webhookDisableDays,
    threads,
    facets: labels.facets,
    threadLabels: labels.threadLabels,
    versions: models.versions,
    decisions: triage.decisions,
    predictions: triage.predictions,
    measurements: triage.measurements,
    articles: articles.articles,
    citations: articles.citations,
    questions: community.questions,
    topics: insight.topics,
  }
  return {
    endpoints,
    deliveries,
    privateHosts,
    ...bindUseCases(deps, {
      createEndpoint,
      changeEndpoint,
      removeEndpoint,
      rotateSecret,
      testEndpoint,
      retryDeliveries,
      presentEndpoints,
    }),
    /** Sends what is due, beside the jobs: a message that waits for a server must not hold a worker's place. */
    startSender: () => startSender({ ...deps, wakeups, log }),
    metrics: [deliveryMetric(deliveryStore)],
    jobs: webhookJobs(deps),
    async routes() {
      const { webhookRoutes } = await import('./routes.ts')
      return [webhookRoutes(deps)]
    },
  } satisfies Module & Record<string, unknown>
}
