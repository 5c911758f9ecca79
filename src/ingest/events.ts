import type { PostChangeSummary } from './rows/post-changes.ts'

/**
 * Threads that one commit added, changed (their own fields, question, answers or acceptances), removed, restored, merged
 * or split. Comments do not affect how a thread is classified: {@link PostsChanged} alone reports them. A new view count
 * is reported by {@link ThreadsViewed}.
 */
export interface ThreadsChanged {
  readonly type: 'threads.changed'
  readonly sourceId: string
  /** Absent where the change does not come from an import. */
  readonly importId?: string
  readonly threadIds: readonly string[]
}

/** Threads whose view count changed, and nothing else. */
export interface ThreadsViewed {
  readonly type: 'threads.viewed'
  readonly sourceId: string
  readonly threadIds: readonly string[]
}

/** Posts of any kind that were added, changed, accepted, un-accepted, removed or restored; one event per commit. */
export interface PostsChanged {
  readonly type: 'posts.changed'
  readonly postIds: readonly string[]
  /** What happened to posts that existed before; `post_changes` holds the texts. */
  readonly changes: readonly PostChangeSummary[]
}

/** A source's audience or label setting changed, which concerns all of its threads. */
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
