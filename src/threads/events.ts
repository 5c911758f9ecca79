/**
 * One committed batch of an import brought threads that are new or whose frame, question, answers or acceptance
 * changed. Comments change nothing that a thread is judged by and are told by {@link PostsChanged} alone.
 */
export interface ThreadsImported {
  readonly type: 'threads.imported'
  readonly sourceId: string
  readonly importId: string
  readonly threadIds: readonly string[]
}

/** Posts of any kind that are new, changed, accepted or no longer accepted; one event a committed batch. */
export interface PostsChanged {
  readonly type: 'posts.changed'
  readonly postIds: readonly string[]
}

/** A source's audience changed, or where its labels come from: all of its threads are seen by others than before. */
export interface SourceChanged {
  readonly type: 'source.changed'
  readonly sourceId: string
}
