import { commandLine } from '../../src/access/index.ts'
import { createArticleStore, createEvidenceStore } from '../../src/articles/index.ts'
import { createVersionStore } from '../../src/models/index.ts'
import { createOutbound } from '../../src/platform/index.ts'
import { createDecisionStore, createPredictionStore } from '../../src/triage/index.ts'
import {
  createDeliveryStore,
  createEndpoint,
  createEndpointStore,
  type EndpointDefinition,
  EVENT_TYPES,
  type TellDeps,
  webhookJobs,
} from '../../src/webhooks/index.ts'

type Given = Pick<TellDeps, 'db' | 'clock' | 'audit' | 'jobs' | 'threads' | 'threadLabels' | 'facets'>

export interface Told {
  readonly to: string
  readonly type: string
  readonly data: Record<string, never>
}

/** Endpoints beside the slices that have news for them, without anybody who sends. */
export function listenTo(given: Given) {
  const { db, clock } = given
  const deps: TellDeps = {
    ...given,
    privateHosts: [],
    wake: () => undefined,
    outbound: createOutbound({ privateHosts: [] }),
    endpoints: createEndpointStore(db, clock),
    deliveries: createDeliveryStore(db, clock),
    decisions: createDecisionStore(db, clock),
    predictions: createPredictionStore(db, clock),
    versions: createVersionStore(db, clock),
    articles: createArticleStore(db, clock),
    evidence: createEvidenceStore(db, clock),
  }
  return {
    ...deps,
    handlers: webhookJobs(deps),

    add: (name: string, definition: Partial<EndpointDefinition> = {}) =>
      createEndpoint(deps, {
        ...{ url: `https://${name}.example/`, types: EVENT_TYPES, audience: 'internal', actor: commandLine },
        ...definition,
      }),

    /** What each endpoint is to be told, in the order in which it happened; forgotten when it was read. */
    async told(): Promise<Told[]> {
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
