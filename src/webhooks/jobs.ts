import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import type { MessageDeps } from './deps.ts'
import {
  enqueueActivationMessages,
  enqueueFlagMessages,
  enqueuePublicationMessages,
  enqueueRoutingMessages,
} from './messages.ts'
import { PRUNE, pruneDeliveries } from './sending/manage-deliveries.ts'

/** Makes messages of events. The sender sends them: a job would hold a worker's place meanwhile. */
export function webhookJobs(deps: MessageDeps): JobHandler[] {
  return [
    on('routing.decided', {
      type: 'webhooks.enqueue-routing',
      perform: (event) => enqueueRoutingMessages(deps, event),
    }),
    on('model.activated', {
      type: 'webhooks.enqueue-activation',
      perform: (event) => enqueueActivationMessages(deps, event),
    }),
    on('article.published', {
      type: 'webhooks.enqueue-publication',
      perform: (event) => enqueuePublicationMessages(deps, event),
    }),
    on('flags.raised', {
      type: 'webhooks.enqueue-flags',
      perform: (event) => enqueueFlagMessages(deps, event),
    }),
    { type: PRUNE, bulk: true, perform: (_, signal) => pruneDeliveries(deps, signal) },
  ]
}
