import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Audience } from '../access/audience.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import { SEARCHES_IN_VAIN } from '../search/abandonment/giving-up.ts'
import type { SearchItem } from '../search/answer-query.ts'
import { type Suggestion, shareOut } from '../search/suggest.ts'
import type { SpokenLanguage } from '../text/language/preferred-language.ts'
import type { HelpCentreDeps } from './deps.ts'
import { allowOtherSites } from './embed-routes.ts'
import { articlePath, questionPath, searchPath } from './pages/addresses.ts'
import { mayOffer } from './pages/offer.ts'
import { type Results, resultsPage } from './pages/results-page.ts'
import { createReadableResults } from './readable-results.ts'
import type { Serving } from './serving.ts'
import { knownVisit, offerOnce, visitOf } from './visit.ts'

const A_PAGE = 20
/** Answers among which those of one topic are chosen. */
const AMONG = 100
const FROM_ELSEWHERE = 5
const MOST_NEAREST = 3
const LONGEST_QUERY = 400
/** Suggestions among which are threads that no page shows, and those that are shown. */
const SUGGESTIONS = 16
const SUGGESTIONS_SHOWN = 8
/** Topics that a reader chooses among. */
const MOST_TOPICS = 8

const Language = Type.Object({ language: Type.Enum(['en', 'fr']) })
const q = Type.Optional(Type.String({ maxLength: LONGEST_QUERY }))

interface Question {
  readonly q: string
  readonly language: SpokenLanguage
  readonly audience: Audience
  readonly topic?: string
  readonly after?: string
}

/** The results page, and suggestions while somebody types. */
export function searchRoutes(
  context: HelpCentreDeps & { readonly serving: Serving },
): FastifyPluginAsyncTypebox {
  const { serving, search, articles, signIn } = context
  const { withPages, resolvedAmong } = createReadableResults(context)

  async function answer(
    { q: asked, language, audience, topic, after }: Question,
    counters: Counters,
  ): Promise<Results & { readonly found: number; readonly failed: boolean }> {
    if (asked.trim() === '')
      return {
        q: '',
        items: [],
        nearest: [],
        topics: [],
        elsewhere: [],
        categories: [],
        found: 0,
        failed: false,
      }
    const limit = topic === undefined ? A_PAGE : AMONG
    const found = await search.query(
      { q: asked, audience, language, limit, cursor: after, record: false },
      counters,
    )
    const readable = await withPages(found.items, audience)
    const [all, nearest] = found.nearest === true ? [[], readable.slice(0, MOST_NEAREST)] : [readable, []]
    const items =
      topic === undefined ? all : all.filter(({ category }) => category === topic).slice(0, A_PAGE)
    const isEmpty = items.length === 0 && after === undefined
    const among = [...new Set(all.flatMap(({ category }) => category ?? []))]
    return {
      q: asked,
      topic,
      items,
      corrected: found.corrected,
      indexing: found.indexing,
      nearest,
      next: topic === undefined && items.length > 0 ? found.next : undefined,
      topics: among.slice(0, MOST_TOPICS),
      elsewhere: isEmpty ? await fromElsewhere(asked, language, audience, counters) : [],
      categories: isEmpty ? await articles.published.categories(language, audience) : [],
      found: found.total,
      failed: found.failed,
    }
  }

  async function fromElsewhere(
    asked: string,
    language: SpokenLanguage,
    audience: Audience,
    counters: Counters,
  ): Promise<SearchItem[]> {
    const found = await search.query({ q: asked, audience, limit: A_PAGE, record: false }, counters)
    if (found.nearest === true) return []
    const readable = await withPages(found.items, audience)
    return readable.filter((item) => item.language !== language).slice(0, FROM_ELSEWHERE)
  }

  /** Whether this search and those before it led nowhere, as far as the browser says which they were. */
  async function seemsToGiveUp(
    request: FastifyRequest,
    q: string,
    language: SpokenLanguage,
  ): Promise<boolean> {
    const visit = knownVisit(request)
    if (visit === undefined) return false
    return (await search.countInVain({ visit, q, language })) >= SEARCHES_IN_VAIN
  }

  return async (app) => {
    app.get(
      '/help/:language/search',
      {
        config: { allow: 'anyone' },
        schema: {
          hide: true,
          params: Language,
          querystring: Type.Object({
            q,
            topic: Type.Optional(Type.String({ maxLength: 500 })),
            after: Type.Optional(Type.String({ maxLength: 200 })),
          }),
        },
      },
      async (request, reply) => {
        const { language } = request.params
        const { q: asked = '', ...rest } = request.query
        const { audience } = request.actor
        const site = await serving.siteFor(request, language)
        const results = await answer({ q: asked, language, audience, ...rest }, await request.counters())
        let offersHelp = false
        if (asked.trim() !== '' && rest.topic === undefined && rest.after === undefined) {
          const { items, nearest, elsewhere, found, failed } = results
          const shown = [...items, ...nearest, ...elsewhere].map(({ id }) => id)
          if (items.length > 0 && mayOffer(site) && (await seemsToGiveUp(request, asked, language)))
            offersHelp = offerOnce(request, reply, signIn)
          const visit = visitOf(request, reply, signIn)
          search.noteSearch({ q: asked, language, audience, visit, found, failed, shown })
        }
        return serving.sendPage(request, reply, site, resultsPage(site, { ...results, offersHelp }))
      },
    )

    app.get(
      '/help/:language/suggestions',
      {
        config: { allow: 'anyone' },
        schema: { hide: true, params: Language, querystring: Type.Object({ q }) },
      },
      async (request, reply) => {
        const { language } = request.params
        const { audience } = request.actor
        const counters = await request.counters()
        const { q: typed = '' } = request.query
        const found = await search.suggest({ q: typed, audience, language, limit: SUGGESTIONS }, counters)
        const threadIds = found.flatMap((each) => (each.kind === 'thread' ? [each.id] : []))
        const resolved = await resolvedAmong(threadIds, audience)
        const readable = found.filter((each) => each.kind !== 'thread' || resolved.has(each.id))
        const items = shareOut(readable, typed, SUGGESTIONS_SHOWN).map((each) => ({
          kind: each.kind,
          text: each.text,
          marks: each.marks,
          path: pathOf(each, language),
        }))
        await allowOtherSites(serving, request, reply)
        return reply.header('cache-control', 'private, max-age=30').send({ items })
      },
    )
  }
}

/** The page that a suggestion leads to; a completion goes on being typed. */
function pathOf(suggestion: Suggestion, language: SpokenLanguage): string | undefined {
  switch (suggestion.kind) {
    case 'completion':
      return undefined
    case 'question':
      return searchPath(language, suggestion.text)
    case 'article':
      return articlePath({ ...suggestion, title: suggestion.text })
    case 'thread':
      return questionPath({ ...suggestion, title: suggestion.text })
  }
}
