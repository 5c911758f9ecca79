import { commandLine } from '../../src/access/actor.ts'
import { createArticleStore } from '../../src/articles/article-store.ts'
import { createCitationStore } from '../../src/articles/citation-store.ts'
import { createQuestionStore } from '../../src/community/question-store.ts'
import { createTopicStore } from '../../src/insight/topics/topic-store.ts'
import { createVersionStore } from '../../src/models/registry/version-store.ts'
import { createOutbound } from '../../src/platform/outbound.ts'
import { createMeasurementStore } from '../../src/triage/measurements/measurement-store.ts'
import { createPredictionStore } from '../../src/triage/predictions/prediction-store.ts'
import { createDecisionStore } from '../../src/triage/routing/decision-store.ts'
import type { MessageDeps } from '../../src/webhooks/deps.ts'
import { EVENT_TYPES } from '../../src/webhooks/endpoints/endpoint.ts'
import { createEndpointStore } from '../../src/webhooks/endpoints/endpoint-store.ts'
import { createEndpoint, type EndpointDefinition } from '../../src/webhooks/endpoints/manage-endpoints.ts'
import { webhookJobs } from '../../src/webhooks/jobs.ts'
import { createDeliveryStore } from '../../src/webhooks/sending/delivery-store.ts'

type Given = Pick<MessageDeps, 'db' | 'clock' | 'audit' | 'jobs' | 'threads' | 'threadLabels' | 'facets'>

export interface Received {
  readonly to: string
  readonly type: string
  readonly data: Record<string, never>
}

/** Endpoints that receive messages about what other modules do, without a sender. */
export function setUpReceivers(given: Given) {
  const { db, clock } = given
  const deps: MessageDeps = {
    ...given,
    privateHosts: [],
    wake: () => undefined,
    outbound: createOutbound({ privateHosts: [] }),
    endpoints: createEndpointStore(db, clock),
    deliveries: createDeliveryStore(db, clock),
    decisions: createDecisionStore(db, clock),
    predictions: createPredictionStore(db, clock),
    measurements: createMeasurementStore(db, clock),
    versions: createVersionStore(db, clock),
    questions: createQuestionStore(db, clock),
    topics: createTopicStore(db, clock),
    articles: createArticleStore(db, clock),
    citations: createCitationStore(db),
  }
  return {
    ...deps,
    handlers: webhookJobs(deps),

    add: (name: string, definition: Partial<EndpointDefinition> = {}) =>
      createEndpoint(deps, {
        url: `https://${name}.example/`,
        types: EVENT_TYPES,
        audience: 'internal',
        actor: commandLine,
        ...definition,
      }),

    /** The messages enqueued to each endpoint since the last call, in their order. */
    async received(): Promise<Received[]> {
      const rows: { url: string; payload: string }[] = await db
        .sql('webhook_deliveries as d')
        .join('webhook_messages as m', 'm.id', 'd.message_id')
        .join('webhook_endpoints as e', 'e.id', 'd.endpoint_id')
        .orderBy(['e.url', 'd.id'])
        .select('e.url', 'm.payload')
      await db.sql('webhook_deliveries').delete()
      return rows.map(({ url, payload }) => ({
        to: new URL(url).hostname.replace('.example', ''),
        ...JSON.parse(payload),
      }))
    },
  }
}
