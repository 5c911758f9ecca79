import type { ArticlePublished, FlagsRaised } from '../articles/index.ts'
import type { ModelActivated } from '../models/index.ts'
import type { JobHandler } from '../platform/index.ts'
import type { RoutingDecided } from '../triage/index.ts'
import type { TellDeps } from './deps.ts'
import { PRUNE, pruneDeliveries } from './prune.ts'
import { tellActivation } from './tell-activation.ts'
import { tellFlags, tellPublication } from './tell-article.ts'
import { tellRouting } from './tell-routing.ts'

/** Makes what happened into messages. Sending them is the sender's: a job would hold a worker's place meanwhile. */
export function webhookJobs(deps: TellDeps): JobHandler[] {
  return [
    {
      type: 'webhooks.tell-routing',
      on: ['routing.decided'],
      perform: (payload) => tellRouting(deps, payload as unknown as RoutingDecided),
    },
    {
      type: 'webhooks.tell-activation',
      on: ['model.activated'],
      perform: (payload) => tellActivation(deps, payload as unknown as ModelActivated),
    },
    {
      type: 'webhooks.tell-publication',
      on: ['article.published'],
      perform: (payload) => tellPublication(deps, payload as unknown as ArticlePublished),
    },
    {
      type: 'webhooks.tell-flags',
      on: ['flags.raised'],
      perform: (payload) => tellFlags(deps, payload as unknown as FlagsRaised),
    },
    { type: PRUNE, perform: (_, signal) => pruneDeliveries(deps, signal) },
  ]
}
