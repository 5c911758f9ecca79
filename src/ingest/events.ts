import type { PostChangeSummary } from './rows/post-changes.ts'

/**
 * One commit brought threads that are new or whose frame, question, answers or acceptance changed, that are gone or
 * back, or that were merged or split. Comments change nothing that a thread is judged by and are told by
 * {@link PostsChanged} alone, a new number of views by {@link ThreadsViewed}.
 */
export interface ThreadsChanged {
  readonly type: 'threads.changed'
  readonly sourceId: string
  /** Absent where no import brought it. */
  readonly importId?: string
  readonly threadIds: readonly string[]
}

/** These threads have another number of views, and are otherwise as they were. */
export interface ThreadsViewed {
  readonly type: 'threads.viewed'
  readonly sourceId: string
  readonly threadIds: readonly string[]
}

/** Posts of any kind that are new, changed, accepted or no longer accepted, gone or back; one event a commit. */
export interface PostsChanged {
  readonly type: 'posts.changed'
  readonly postIds: readonly string[]
  /** What happened to those that were there before; the texts of before and after are with the changes. */
  readonly changes: readonly PostChangeSummary[]
}

/** A source's audience changed, or where its labels come from: all of its threads are seen by others than before. */
export interface SourceChanged {
  readonly type: 'source.changed'
  readonly sourceId: string
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'threads.changed': ThreadsChanged
    'threads.viewed': ThreadsViewed
    'posts.changed': PostsChanged
    'source.changed': SourceChanged
  }
}
