/** These threads were locked because they are sensitive, or no longer are: other people may see them than before. */
export interface ThreadsProtected {
  readonly type: 'threads.protected'
  readonly threadIds: readonly string[]
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'threads.protected': ThreadsProtected
  }
}
