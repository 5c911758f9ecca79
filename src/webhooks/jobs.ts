import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import type { MessageDeps } from './deps.ts'
import {
  enqueueAcceptanceMessages,
  enqueueActivationMessages,
  enqueueDriftMessages,
  enqueueParityMessages,
  enqueueProposalMessages,
  enqueueRefusalMessages,
} from './learning-messages.ts'
import {
  enqueueFlagMessages,
  enqueuePublicationMessages,
  enqueueQuestionMessages,
  enqueueRoutingMessages,
  enqueueSlaMessages,
} from './messages.ts'
import { PRUNE, pruneDeliveries } from './sending/manage-deliveries.ts'

/** Makes messages of events. The sender sends them: a job would hold a worker's place meanwhile. */
export function webhookJobs(deps: MessageDeps): JobHandler[] {
  return [
    on('question.asked', {
      type: 'webhooks.enqueue-questions',
      perform: (event) => enqueueQuestionMessages(deps, event),
    }),
    on('routing.decided', {
      type: 'webhooks.enqueue-routing',
      perform: (event) => enqueueRoutingMessages(deps, event),
    }),
    on('routing.sla-breached', {
      type: 'webhooks.enqueue-sla-breaches',
      perform: (event) => enqueueSlaMessages(deps, event),
    }),
    on('model.activated', {
      type: 'webhooks.enqueue-activation',
      perform: (event) => enqueueActivationMessages(deps, event),
    }),
    on('model.refused', {
      type: 'webhooks.enqueue-refusal',
      perform: (event) => enqueueRefusalMessages(deps, event),
    }),
    on('insight.parity-alert', {
      type: 'webhooks.enqueue-parity',
      perform: (event) => enqueueParityMessages(deps, event),
    }),
    on('drift.found', {
      type: 'webhooks.enqueue-drift',
      perform: (event) => enqueueDriftMessages(deps, event),
    }),
    on('topic.proposed', {
      type: 'webhooks.enqueue-proposal',
      perform: (event) => enqueueProposalMessages(deps, event),
    }),
    on('topic.accepted', {
      type: 'webhooks.enqueue-acceptance',
      perform: (event) => enqueueAcceptanceMessages(deps, event),
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
