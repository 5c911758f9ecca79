import type { AuditLog } from '../access/index.ts'
import type { ArticleStore, EvidenceStore } from '../articles/index.ts'
import type { FacetStore, ThreadLabelStore } from '../labels/index.ts'
import type { VersionStore } from '../models/index.ts'
import type { Clock, Database, JobStore, Outbound } from '../platform/index.ts'
import type { ThreadStore } from '../threads/index.ts'
import type { DecisionStore, PredictionStore } from '../triage/index.ts'
import type { DeliveryStore } from './delivery-store.ts'
import type { EndpointStore } from './endpoint-store.ts'
import type { SendQueue } from './send-queue.ts'

/** What the use cases of endpoints work with. */
export interface WebhookDeps {
  readonly db: Database
  readonly clock: Clock
  readonly endpoints: EndpointStore
  readonly deliveries: DeliveryStore
  readonly audit: AuditLog
  readonly outbound: Outbound
  /** Hosts that may be private, and called without TLS. */
  readonly privateHosts: readonly string[]
  /** Tells senders that something is due. */
  readonly wake: () => void
}

/** What it takes to send. */
export interface SendDeps extends WebhookDeps {
  readonly queue: SendQueue
  /** Days without one success after which an endpoint is disabled; 0 for never. */
  readonly disableAfterDays: number
}

/** What messages are made from. */
export interface TellDeps extends WebhookDeps {
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly threads: Pick<ThreadStore, 'facts' | 'require'>
  readonly decisions: Pick<DecisionStore, 'stillCurrent'>
  readonly predictions: Pick<PredictionStore, 'of'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  readonly facets: Pick<FacetStore, 'require'>
  readonly versions: Pick<VersionStore, 'require'>
  readonly articles: Pick<ArticleStore, 'require'>
  readonly evidence: Pick<EvidenceStore, 'of'>
}
