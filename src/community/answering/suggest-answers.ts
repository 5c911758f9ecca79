import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { Articles } from '../../articles/create-articles.ts'
import type { SearchModule } from '../../search/create-search-module.ts'
import type { Threads } from '../../threads/create-threads.ts'

/** What may answer a question, with the words to insert. */
export interface SuggestedAnswer {
  readonly kind: 'article' | 'thread'
  readonly id: string
  readonly title: string
  readonly language: string
  /** Who may see it: what is not public should not be quoted to everybody. */
  readonly audience: Audience
  /** Markdown: the resolution of an article, the accepted answer of a thread. */
  readonly text: string
}

export interface SuggestDeps {
  readonly threads: Pick<Threads, 'requireShown' | 'postsOf' | 'find'>
  readonly published: Pick<Articles['published'], 'find'>
  readonly search: Pick<SearchModule, 'alike'>
}

const MOST = 3
/** Of what is found, some have no answer. */
const FOUND = 12

/**
 * Published articles and resolved threads that the actor may see, in the language of the thread, those that share most with
 * its title first.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED
 */
export async function suggestAnswers(
  deps: SuggestDeps,
  { threadId, actor: { audience } }: { readonly threadId: string; readonly actor: Actor },
): Promise<SuggestedAnswer[]> {
  const { title, language } = await deps.threads.requireShown(threadId, audience)
  if (title.trim() === '') return []
  const [articles = [], threads = []] = await Promise.all(
    (['article', 'thread'] as const).map(async (kind) => {
      const hits = await deps.search.alike(title, { kind, language, limit: FOUND, audience })
      const answers: SuggestedAnswer[] = []
      for (const { id } of hits) {
        if (answers.length === MOST) break
        const answer = id === threadId ? undefined : await answerOf(deps, { kind, id }, audience)
        if (answer !== undefined) answers.push(answer)
      }
      return answers
    }),
  )
  const others = threads.slice(0, Math.max(1, MOST - articles.length))
  return [...articles.slice(0, MOST - others.length), ...others]
}

async function answerOf(
  { threads, published }: SuggestDeps,
  { kind, id }: Pick<SuggestedAnswer, 'kind' | 'id'>,
  reader: Audience,
): Promise<SuggestedAnswer | undefined> {
  if (kind === 'article') {
    const article = await published.find(id, reader)
    const text = article?.resolution.trim() || article?.issue.trim()
    if (article === undefined || !text) return undefined
    const { title, language, audience = 'internal' } = article
    return { kind, id, title, language, audience, text }
  }
  const thread = await threads.find(id, reader)
  if (thread?.resolved !== true) return undefined
  const text = (await threads.postsOf(id, reader)).find(({ accepted }) => accepted)?.body.trim()
  const { title, language, audience } = thread
  return text ? { kind, id, title, language, audience, text } : undefined
}
