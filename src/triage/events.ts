import type { DomainEvent } from '../platform/index.ts'

/** These threads have a new prediction or were routed anew; one event a batch. */
export interface ThreadsTriaged extends DomainEvent {
  readonly type: 'threads.triaged'
  readonly threadIds: readonly string[]
}
