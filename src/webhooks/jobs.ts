import type { ArticlePublished, FlagsRaised } from '../articles/events.ts'
import type { ModelActivated } from '../models/events.ts'
import type { JobHandler } from '../platform/jobs/job-runner.ts'
import type { RoutingDecided } from '../triage/events.ts'
import type { MessageDeps } from './deps.ts'
import {
  enqueueActivationMessages,
  enqueueFlagMessages,
  enqueuePublicationMessages,
  enqueueRoutingMessages,
} from './messages.ts'
import { PRUNE, pruneDeliveries } from './sending/manage-deliveries.ts'

/** Makes what happened into messages. Sending them is the sender's: a job would hold a worker's place meanwhile. */
export function webhookJobs(deps: MessageDeps): JobHandler[] {
  return [
    {
      type: 'webhooks.tell-routing',
      on: ['routing.decided'],
      perform: (payload) => enqueueRoutingMessages(deps, payload as unknown as RoutingDecided),
    },
    {
      type: 'webhooks.tell-activation',
      on: ['model.activated'],
      perform: (payload) => enqueueActivationMessages(deps, payload as unknown as ModelActivated),
    },
    {
      type: 'webhooks.tell-publication',
      on: ['article.published'],
      perform: (payload) => enqueuePublicationMessages(deps, payload as unknown as ArticlePublished),
    },
    {
      type: 'webhooks.tell-flags',
      on: ['flags.raised'],
      perform: (payload) => enqueueFlagMessages(deps, payload as unknown as FlagsRaised),
    },
    { type: PRUNE, perform: (_, signal) => pruneDeliveries(deps, signal) },
  ]
}
