/** Labels began to disagree, or to be doubted: conflicts that one transaction opened. */
export interface ConflictsOpened {
  readonly type: 'conflicts.opened'
  readonly facetId: string
  readonly conflicts: readonly { readonly id: string; readonly threadId: string }[]
}

/** Someone reported a thread as misrouted. */
export interface MisrouteReported {
  readonly type: 'misroute.reported'
  readonly misrouteId: string
  readonly threadId: string
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'conflicts.opened': ConflictsOpened
    'misroute.reported': MisrouteReported
  }
}
