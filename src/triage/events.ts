import type { DomainEvent } from '../platform/jobs/events.ts'

/** These threads have a new prediction or were routed anew; one event a batch. */
export interface ThreadsTriaged extends DomainEvent {
  readonly type: 'threads.triaged'
  readonly threadIds: readonly string[]
}

/** These decisions are new: their threads go elsewhere than before, or with another urgency; one event a batch. */
export interface RoutingDecided extends DomainEvent {
  readonly type: 'routing.decided'
  readonly decisionIds: readonly string[]
}
