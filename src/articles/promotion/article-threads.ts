import type { Database } from '../../platform/database/database.ts'

interface Row {
  thread_id: string
  article_id: string
  position: number
}

/** Which threads became which article; a thread becomes one only. */
export function createArticleThreads(db: Database) {
  const rows = () => db.sql<Row>('article_threads')

  return {
    /**
     * Makes threads those of a new article, the lead first. Call it in a transaction.
     *
     * @returns false where one of them has an article, even one that another process has just added
     */
    async claim(articleId: string, threadIds: readonly string[]): Promise<boolean> {
      if (threadIds.length === 0) return true
      const claimed = threadIds.map(
        (id, position): Row => ({ thread_id: id, article_id: articleId, position }),
      )
      // In one order, so that two promotions never wait for each other.
      claimed.sort((a, b) => (a.thread_id < b.thread_id ? -1 : 1))
      const added: unknown[] = await rows()
        .insert(claimed)
        .onConflict('thread_id')
        .ignore()
        .returning('thread_id')
      return added.length === claimed.length
    },

    /** Those of these threads that have become articles, with the ids of these, whoever may see them. */
    async articleIdsOf(threadIds: readonly string[]): Promise<Map<string, string>> {
      const found = await rows().whereIn('thread_id', threadIds)
      return new Map(found.map(({ thread_id, article_id }) => [thread_id, article_id]))
    },

    /** The threads that an article was made from, the lead first. */
    threadsOf: (articleId: string): Promise<string[]> =>
      rows().where({ article_id: articleId }).orderBy('position').pluck('thread_id'),
  }
}
