/** Visits said that documents which they opened after a search solved their problem, or no longer say so. */
interface SearchesSolved {
  readonly type: 'searches.solved'
  readonly documentIds: readonly string[]
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'searches.solved': SearchesSolved
  }
}
