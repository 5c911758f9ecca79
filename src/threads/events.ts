/**
 * Other people may see these threads than before: they, or threads that they show by a merge, were locked because they are
 * sensitive, or no longer are.
 */
export interface ThreadsProtected {
  readonly type: 'threads.protected'
  readonly threadIds: readonly string[]
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'threads.protected': ThreadsProtected
  }
}
