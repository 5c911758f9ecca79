import type { Audience } from '../access/audience.ts'
import type { Articles } from '../articles/create-articles.ts'
import type { DocumentKind } from '../search/engine/document.ts'
import type { Threads } from '../threads/create-threads.ts'

interface Result {
  readonly id: string
  readonly kind: DocumentKind
  readonly category?: string | undefined
}

export type ReadableResults = ReturnType<typeof createReadableResults>

/** What of the search's answers has a page that a customer can open. */
export function createReadableResults({
  threads,
  articles,
}: {
  readonly threads: Pick<Threads, 'facts'>
  readonly articles: { readonly published: Pick<Articles['published'], 'categoriesOf' | 'sourcesOf'> }
}) {
  async function resolvedAmong(threadIds: readonly string[], reader: Audience): Promise<Set<string>> {
    if (threadIds.length === 0) return new Set()
    const facts = await threads.facts(threadIds, reader)
    return new Set(facts.flatMap(({ id, resolved }) => (resolved ? [id] : [])))
  }

  return {
    resolvedAmong,

    /**
     * Those that have a page: articles, and threads that are resolved; articles with the category that pages give them. A
     * thread says no more than the article that was made from it.
     */
    async withPages<T extends Result>(items: readonly T[], reader: Audience): Promise<T[]> {
      const ids = (kind: DocumentKind) => items.flatMap((item) => (item.kind === kind ? [item.id] : []))
      const resolved = await resolvedAmong(ids('thread'), reader)
      const categories = await articles.published.categoriesOf(ids('article'))
      const told = await articles.published.sourcesOf(ids('article'), reader)
      return items.flatMap((item) => {
        if (item.kind === 'article') return [{ ...item, category: categories.get(item.id) }]
        return resolved.has(item.id) && !told.has(item.id) ? [item] : []
      })
    },
  }
}
