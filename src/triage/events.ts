/** These threads have a new prediction or were routed anew; one event a batch. */
export interface ThreadsTriaged {
  readonly type: 'threads.triaged'
  readonly threadIds: readonly string[]
}

/** These decisions are new: their threads go elsewhere than before, or with another urgency; one event a batch. */
export interface RoutingDecided {
  readonly type: 'routing.decided'
  readonly decisionIds: readonly string[]
}

/** The time limits of these decisions passed and nobody had answered their threads; once a time limit. */
export interface SlaBreached {
  readonly type: 'routing.sla-breached'
  readonly decisionIds: readonly string[]
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'threads.triaged': ThreadsTriaged
    'routing.decided': RoutingDecided
    'routing.sla-breached': SlaBreached
  }
}
