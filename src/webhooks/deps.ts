import type { AuditLog } from '../access/audit-log.ts'
import type { ArticleStore } from '../articles/article-store.ts'
import type { CitationStore } from '../articles/citation-store.ts'
import type { Community } from '../community/create-community.ts'
import type { TopicStore } from '../insight/topics/topic-store.ts'
import type { FacetStore } from '../labels/facet-store.ts'
import type { ThreadLabelStore } from '../labels/thread-label-store.ts'
import type { VersionStore } from '../models/registry/version-store.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { Outbound } from '../platform/outbound.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { MeasurementStore } from '../triage/measurements/measurement-store.ts'
import type { PredictionStore } from '../triage/predictions/prediction-store.ts'
import type { DecisionStore } from '../triage/routing/decision-store.ts'
import type { EndpointStore } from './endpoints/endpoint-store.ts'
import type { DeliveryStore } from './sending/delivery-store.ts'
import type { SendQueue } from './sending/send-queue.ts'

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
  /** Wakes senders, because something is due. */
  readonly wake: () => void
}

/** What it takes to send. */
export interface SendDeps extends WebhookDeps {
  readonly queue: SendQueue
  /** What a message is about may have been closed since it was made. */
  readonly threads: Pick<ThreadStore, 'require'>
  readonly articles: Pick<ArticleStore, 'require'>
  readonly citations: Pick<CitationStore, 'of'>
  readonly topics: Pick<TopicStore, 'postsOf'>
  /** Days without one success after which an endpoint is disabled; 0 for never. */
  readonly disableAfterDays: number
}

/** What messages are made from. */
export interface MessageDeps extends WebhookDeps {
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly threads: Pick<ThreadStore, 'facts' | 'require' | 'find'>
  readonly questions: Community['questions']
  readonly decisions: Pick<DecisionStore, 'stillCurrent' | 'byIds'>
  readonly predictions: Pick<PredictionStore, 'of'>
  readonly measurements: Pick<MeasurementStore, 'current'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  readonly facets: Pick<FacetStore, 'require'>
  readonly versions: Pick<VersionStore, 'require'>
  readonly topics: Pick<TopicStore, 'require' | 'postsOf'>
  readonly articles: Pick<ArticleStore, 'require'>
  readonly citations: Pick<CitationStore, 'of'>
}
