import { setImmediate } from 'node:timers/promises'
import type { ThreadLabel } from '../labels/annotation.ts'
import { CATEGORY } from '../labels/facet.ts'
import type { ThreadLabelStore } from '../labels/thread-label-store.ts'
import { plainText } from '../text/markdown/plain-text.ts'
import type { Post, ThreadFacts } from '../threads/thread.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { StoredDocument } from './document-store.ts'
import type { Search } from './search.ts'

export interface IndexThreadsDeps {
  readonly search: Pick<Search, 'documents'>
  readonly threads: Pick<ThreadStore, 'facts' | 'postsOf' | 'idsAfter'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
}

/** Threads a transaction: some ten milliseconds on SQLite. */
const CHUNK = 20
/** Ids read at once. */
const PAGE = 500

/**
 * Puts threads in the search index as they are now, and removes those that were removed or have no question. It yields
 * between transactions, because SQLite runs them on the event loop.
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

/** Indexes all threads of a source again. */
export async function indexSource(
  deps: IndexThreadsDeps,
  sourceId: string,
  signal: AbortSignal,
): Promise<void> {
  for await (const ids of walk(deps, { sourceId })) await indexThreads(deps, ids, signal)
}

/** Indexes the threads again whose document has another category than their label in force. */
export async function refreshCategories(deps: IndexThreadsDeps, signal: AbortSignal): Promise<void> {
  for await (const ids of walk(deps, {})) {
    signal.throwIfAborted()
    const labels = await deps.threadLabels.labelsOf(ids)
    const indexed = await deps.search.documents.categoriesOf(ids)
    await indexThreads(
      deps,
      ids.filter((id) => categoryOf(labels.get(id)) !== indexed.get(id)),
      signal,
    )
  }
}

async function* walk(
  { threads }: IndexThreadsDeps,
  within: { readonly sourceId?: string },
): AsyncGenerator<string[]> {
  for (let after: string | undefined; ; ) {
    const ids = await threads.idsAfter(after, PAGE, within)
    if (ids.length > 0) yield ids
    if (ids.length < PAGE) return
    after = ids.at(-1)
  }
}

function categoryOf(labels: readonly ThreadLabel[] | undefined): string | undefined {
  return labels?.find(({ facet }) => facet === CATEGORY)?.label
}

/** Characters indexed of a question, and of all answers together: beyond, a thread is a log and not a text. */
const LONGEST_ISSUE = 10_000
const LONGEST_BODY = 20_000

/** The search document of a thread: title, question, tags, and answers, the accepted ones first. */
function threadDocument(
  thread: ThreadFacts,
  posts: readonly Post[],
  category: string | undefined,
): StoredDocument {
  const { id, language, audience, tags, source, updatedAt } = thread
  const question = plainText(thread.question.slice(0, 2 * LONGEST_ISSUE))
  return {
    id,
    kind: 'thread',
    language,
    audience,
    tags,
    source,
    updatedAt,
    title: thread.title || firstLine(question),
    issue: question.slice(0, LONGEST_ISSUE),
    body: answersOf(posts),
    category,
  }
}

function answersOf(posts: readonly Post[]): string {
  const answers = posts.filter(({ kind }) => kind === 'answer')
  let text = ''
  for (const { body } of answers.sort((a, b) => Number(b.accepted) - Number(a.accepted))) {
    if (text.length >= LONGEST_BODY) break
    text += `${text === '' ? '' : '\n\n'}${plainText(body.slice(0, 2 * LONGEST_BODY))}`
  }
  return text.slice(0, LONGEST_BODY)
}

function firstLine(text: string): string {
  return text.slice(0, 120).split('\n', 1)[0] ?? ''
}
