import { setImmediate } from 'node:timers/promises'
import type { ThreadLabel } from '../labels/annotation.ts'
import { CATEGORY } from '../labels/facet.ts'
import type { ThreadLabelStore } from '../labels/thread-label-store.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { Search } from './search.ts'
import { threadDocument } from './thread-document.ts'

export interface IndexThreadsDeps {
  readonly search: Pick<Search, 'documents'>
  readonly threads: Pick<ThreadStore, 'facts' | 'postsOf' | 'idsAfter'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
}

/** Threads a transaction: some ten milliseconds on SQLite. */
const CHUNK = 20
const WALK = 500

/**
 * Makes threads findable as they now are, and those that are gone, or whose question is, not. Others have their turn
 * between any two transactions: SQLite answers without one.
 */
export async function indexThreads(
  { search: { documents }, threads, threadLabels }: IndexThreadsDeps,
  threadIds: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < threadIds.length; from += CHUNK) {
    await setImmediate()
    signal?.throwIfAborted()
    const ids = threadIds.slice(from, from + CHUNK)
    await documents.exclusively(async () => {
      const facts = await threads.facts(ids)
      const labels = await threadLabels.labelsOf(ids)
      const found = []
      for (const thread of facts) {
        const posts = await threads.postsOf(thread.id, 'internal')
        if (posts.some(({ kind }) => kind === 'question'))
          found.push(threadDocument(thread, posts, categoryOf(labels.get(thread.id))))
      }
      await documents.put(found)
      const there = new Set(found.map(({ id }) => id))
      await documents.remove(ids.filter((id) => !there.has(id)))
    })
  }
}

/** Indexes all threads of a source anew. */
export async function indexSource(
  deps: IndexThreadsDeps,
  sourceId: string,
  signal: AbortSignal,
): Promise<void> {
  for await (const ids of walk(deps, { sourceId })) await indexThreads(deps, ids, signal)
}

/** Indexes those threads anew that are filed under another category than their label says. */
export async function refreshCategories(deps: IndexThreadsDeps, signal: AbortSignal): Promise<void> {
  for await (const ids of walk(deps, {})) {
    signal.throwIfAborted()
    const labels = await deps.threadLabels.labelsOf(ids)
    const filed = await deps.search.documents.categoriesOf(ids)
    await indexThreads(
      deps,
      ids.filter((id) => categoryOf(labels.get(id)) !== filed.get(id)),
      signal,
    )
  }
}

async function* walk(
  { threads }: IndexThreadsDeps,
  within: { readonly sourceId?: string },
): AsyncGenerator<string[]> {
  for (let after: string | undefined; ; ) {
    const ids = await threads.idsAfter(after, WALK, within)
    if (ids.length > 0) yield ids
    if (ids.length < WALK) return
    after = ids.at(-1)
  }
}

function categoryOf(labels: readonly ThreadLabel[] | undefined): string | undefined {
  return labels?.find(({ facet }) => facet === CATEGORY)?.label
}
