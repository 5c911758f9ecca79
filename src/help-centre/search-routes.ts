import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Audience } from '../access/audience.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import { SEARCHES_IN_VAIN } from '../search/abandonment/giving-up.ts'
import type { SearchItem } from '../search/answer-query.ts'
import type { About } from '../search/engine/document-table.ts'
import { readQuery } from '../search/engine/operators/read-query.ts'
import { type Suggestion, shareOut } from '../search/suggest.ts'
import type { SpokenLanguage } from '../text/language/preferred-language.ts'
import type { HelpCentreDeps } from './deps.ts'
import { allowOtherSites } from './embed-routes.ts'
import { type Choices, type Narrowing, narrowResults } from './narrow-results.ts'
import { articlePath, questionPath, searchPath } from './pages/addresses.ts'
import { otherLanguage } from './pages/layout.ts'
import { mayOffer } from './pages/offer.ts'
import { type Results, resultsPage } from './pages/results-page.ts'
import { createReadableResults } from './readable-results.ts'
import type { Serving } from './serving.ts'
import { knownVisit, offerOnce, visitOf } from './visit.ts'

const A_PAGE = 20
/** The best results, which pages show and choices count. */
const AMONG = 200
const FROM_ELSEWHERE = 5
const MOST_NEAREST = 3
const LONGEST_QUERY = 400
/** Suggestions among which are threads that no page shows, and those that are shown. */
const SUGGESTIONS = 16
const SUGGESTIONS_SHOWN = 8

const Language = Type.Object({ language: Type.Enum(['en', 'fr']) })
const q = Type.Optional(Type.String({ maxLength: LONGEST_QUERY }))

interface Question {
  readonly q: string
  readonly language: SpokenLanguage
  readonly audience: Audience
  readonly chosen: Narrowing
  /** Results that earlier pages show. */
  readonly after?: number
}

const NOTHING = {
  q: '',
  chosen: {},
  choices: { kind: [], topic: [], in: [] },
  items: [],
  count: 0,
  more: false,
  nearest: [],
  elsewhere: [],
  categories: [],
  found: 0,
  failed: false,
}

/** The results page, and suggestions while somebody types. */
export function searchRoutes(
  context: HelpCentreDeps & { readonly serving: Serving },
): FastifyPluginAsyncTypebox {
  const { serving, search, articles, signIn } = context
  const { withPages, resolvedAmong } = createReadableResults(context)

  async function answer(
    { q: asked, language, audience, chosen, after = 0 }: Question,
    counters: Counters,
  ): Promise<Results & { readonly found: number; readonly failed: boolean }> {
    if (asked.trim() === '') return NOTHING
    let readable: readonly (About & { readonly id: string })[] = []
    const narrowed = () => narrowResults(readable, chosen)
    const found = await search.query(
      {
        q: asked,
        audience,
        language: namesLanguage(asked) ? undefined : (chosen.in ?? language),
        limit: AMONG,
        record: false,
        async choose(best) {
          readable = await withPages(best, audience)
          return narrowed()
            .items.slice(after, after + A_PAGE)
            .map(({ id }) => id)
        },
      },
      counters,
    )
    const { items: all, kind, topic } = narrowed()
    const categories = new Map(all.map(({ id, category }) => [id, category]))
    const shown = found.items.map((item) => ({ ...item, category: categories.get(item.id) }))
    const fits = found.nearest !== true
    const items = fits ? shown : []
    const isEmpty = items.length === 0 && after === 0
    const end = after + A_PAGE
    return {
      q: asked,
      chosen,
      choices: fits
        ? { kind, topic, in: await languages({ q: asked, language, audience, chosen }, all.length, counters) }
        : NOTHING.choices,
      items,
      count: all.length,
      more: found.total > AMONG,
      corrected: found.corrected,
      indexing: found.indexing,
      nearest: fits ? [] : shown.slice(0, MOST_NEAREST),
      next: items.length > 0 && end < all.length ? end : undefined,
      elsewhere: isEmpty ? await fromElsewhere(asked, language, audience, counters) : [],
      categories: isEmpty ? await articles.published.categories(language, audience) : [],
      found: found.total,
      failed: found.failed,
    }
  }

  /** How many results each language of the pages has, that of the results among them. */
  async function languages(
    { q: asked, language, audience, chosen }: Question,
    count: number,
    counters: Counters,
  ): Promise<Choices['in']> {
    if (namesLanguage(asked)) return []
    const current = chosen.in ?? language
    const other = otherLanguage(current)
    let others = 0
    const { nearest } = await search.query(
      {
        q: asked,
        audience,
        language: other,
        limit: AMONG,
        record: false,
        async choose(best) {
          others = narrowResults(await withPages(best, audience), chosen).items.length
          return []
        },
      },
      counters,
    )
    const counts = [
      { value: current, count },
      { value: other, count: nearest === true ? 0 : others },
    ]
    return counts
      .filter((each) => each.count > 0)
      .sort((a, b) => (a.value === language ? -1 : b.value === language ? 1 : 0))
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
            kind: Type.Optional(Type.Enum(['article', 'thread'])),
            in: Type.Optional(Type.Enum(['en', 'fr'])),
            after: Type.Optional(Type.Integer({ minimum: 0, maximum: AMONG })),
          }),
        },
      },
      async (request, reply) => {
        const { language } = request.params
        const { q: asked = '', after, ...chosen } = request.query
        const { audience } = request.actor
        const site = await serving.siteFor(request, language)
        const results = await answer(
          { q: asked, language, audience, chosen, after },
          await request.counters(),
        )
        let offersHelp = false
        if (asked.trim() !== '' && after === undefined && Object.keys(chosen).length === 0) {
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

/** Whether a search says itself which language it is for. */
function namesLanguage(q: string): boolean {
  return readQuery(q).conditions.languages.length > 0
}
