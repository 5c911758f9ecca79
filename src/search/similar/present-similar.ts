import type { Counters } from '../../platform/database/change-counters.ts'
import { detectLanguage } from '../../text/language/detect-language.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import { pathOf } from '../answer-query.ts'
import type { Search } from '../search.ts'
import { type SimilarDocument, type SimilarRequest, SURENESS } from './find-similar.ts'

interface SimilarDeps {
  readonly search: Pick<Search, 'similar'>
  readonly threads: Pick<ThreadStore, 'facts'>
}

/** Threads looked at for each that is shown: resolved ones come first. */
const LOOKED_AT = 20

/** What may answer a post: articles, and threads with how far they are answered. */
export async function presentSimilar(
  { search, threads }: SimilarDeps,
  request: Omit<SimilarRequest, 'language'> & { readonly language?: string },
  counters: Counters,
) {
  const { title, text = '', limit = 5 } = request
  const language = request.language ?? detectLanguage(`${title}\n${text}`)
  const found = await search.similar({ ...request, language, limit: LOOKED_AT }, counters)
  const facts = new Map(
    (await threads.facts(found.flatMap(({ kind, id }) => (kind === 'thread' ? [id] : [])))).map((each) => [
      each.id,
      each,
    ]),
  )
  const asked = found.flatMap((document) => {
    const { resolved, answerCount } = facts.get(document.id) ?? {}
    if (resolved === undefined || answerCount === undefined || document.source === undefined) return []
    return [{ ...presented(document), source: document.source, resolved, answerCount }]
  })
  const order = ({ sureness, resolved, answerCount }: (typeof asked)[number]) =>
    3 * SURENESS.indexOf(sureness) + (resolved ? 0 : answerCount > 0 ? 1 : 2)
  return {
    language,
    articles: found
      .filter(({ kind }) => kind === 'article')
      .slice(0, limit)
      .map(presented),
    threads: asked.sort((a, b) => order(a) - order(b)).slice(0, limit),
  }
}

function presented({ kind, source: _, ...document }: SimilarDocument) {
  return { ...document, path: pathOf(kind, document.id) }
}
