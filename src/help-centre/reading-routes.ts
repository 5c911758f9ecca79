import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Audience } from '../access/audience.ts'
import type { Article } from '../articles/article.ts'
import type { ListedArticle } from '../articles/reading/published-articles.ts'
import type { ReadableArticle } from '../articles/reading/read-article.ts'
import type { SpokenLanguage } from '../text/language/preferred-language.ts'
import { createTermAnalyser } from '../text/terms/terms.ts'
import type { Thread } from '../threads/thread.ts'
import type { HelpCentreDeps } from './deps.ts'
import { articlePath, categoryKey, idIn, questionPath, spoken } from './pages/addresses.ts'
import { articlePage } from './pages/article-page.ts'
import { ARTICLES_A_PAGE, categoryPage } from './pages/category-page.ts'
import { FEEDBACK_STEPS, feedbackStep, LONGEST_REASON } from './pages/feedback-form.ts'
import { homePage } from './pages/home-page.ts'
import { createWordMarker } from './pages/mark-words.ts'
import { messagePage } from './pages/message-page.ts'
import { questionPage } from './pages/question-page.ts'
import type { Serving } from './serving.ts'
import { knownVisit, visitOf } from './visit.ts'

/** Votes a minute from one address. */
const VOTES = 30
const POPULAR = 8
const RELATED = 5
/** Articles that share most with one, itself among them, and what was hidden since. */
const ALIKE = 10
/** Pages of a topic: beyond, a search helps more. */
const LAST_PAGE = 2_000

const ANYONE = { allow: 'anyone' } as const
const Language = Type.Object({ language: Type.Enum(['en', 'fr']) })
const ArticleParams = Type.Object({
  language: Type.String({ pattern: '^[a-z]{2,3}$' }),
  article: Type.String(),
})
const Found = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 400 })),
  solved: Type.Optional(Type.Enum([...FEEDBACK_STEPS])),
})

/** The pages that people read: home, topics, articles and resolved threads. */
export function readingRoutes(
  context: HelpCentreDeps & { readonly serving: Serving },
): FastifyPluginAsyncTypebox {
  const { serving, articles, threads, search, signIn } = context
  const { published } = articles
  const analyser = createTermAnalyser()

  async function tell(
    request: FastifyRequest,
    reply: FastifyReply,
    language: SpokenLanguage,
    kind: 'notFound' | 'gone',
    title: string,
  ) {
    const site = await serving.siteFor(request, language)
    const words = title.replace(/(?:art|thr)_\w+$/, '').replace(/[^a-z0-9]+/gi, ' ')
    const page = messagePage(site, kind, words.trim().slice(0, 100))
    return serving.sendPage(request, reply.code(kind === 'gone' ? 410 : 404), site, page, 'nowhere')
  }

  async function relatedTo({ id, title, language }: Article, reader: Audience): Promise<ListedArticle[]> {
    const hits = await search.alike(title, { kind: 'article', language, limit: ALIKE, audience: reader })
    const others = hits.flatMap((hit) => (hit.id === id ? [] : [hit.id]))
    return (await published.listed(others, reader)).slice(0, RELATED)
  }

  return async (app) => {
    app.get(
      '/help/:language',
      { config: ANYONE, schema: { hide: true, params: Language } },
      async (request, reply) => {
        const { language } = request.params
        const { audience } = request.actor
        const site = await serving.siteFor(request, language)
        const render = async () =>
          homePage(site, {
            categories: await published.categories(language, audience),
            popular: await published.mostUsed(language, audience, POPULAR),
          })
        await serving.sendKept(request, reply, site, { key: 'home', render })
        return reply
      },
    )

    app.get(
      '/help/:language/categories/:category',
      {
        config: ANYONE,
        schema: {
          hide: true,
          params: Type.Object({ ...Language.properties, category: Type.String() }),
          querystring: Type.Object({ page: Type.Integer({ minimum: 1, maximum: LAST_PAGE, default: 1 }) }),
        },
      },
      async (request, reply) => {
        const { language, category: key } = request.params
        const { page } = request.query
        const { audience } = request.actor
        const site = await serving.siteFor(request, language)
        const render = async () => {
          const categories = await published.categories(language, audience)
          const found = categories.find(({ category }) => categoryKey(category) === key)
          const offset = (page - 1) * ARTICLES_A_PAGE
          if (found === undefined || offset >= found.articles) return undefined
          const limit = ARTICLES_A_PAGE
          const listed = await published.inCategory(found.category, language, audience, { offset, limit })
          return categoryPage(site, { found, articles: listed, page })
        }
        const wanted = { key: `category ${key} ${page}`, render }
        if (await serving.sendKept(request, reply, site, wanted)) return reply
        return tell(request, reply, language, 'notFound', key)
      },
    )

    app.get(
      '/help/:language/articles/:article',
      { config: ANYONE, schema: { hide: true, params: ArticleParams, querystring: Found } },
      async (request, reply) => {
        const { language, article: name } = request.params
        const { q, solved } = request.query
        const { audience } = request.actor
        const id = idIn(name)
        const site = await serving.siteFor(request, spoken(language))
        if (id === undefined) return tell(request, reply, site.language, 'notFound', name)

        let moved: string | undefined
        const read = async (): Promise<ReadableArticle | undefined> => {
          const found = await articles.readArticle({ id, reader: audience })
          if (found === undefined) return undefined
          const path = articlePath(found.article)
          if (path === `/help/${language}/articles/${name}`) return found
          moved = path
          return undefined
        }
        const render = async (found: ReadableArticle) =>
          articlePage(site, {
            ...found,
            related: await relatedTo(found.article, audience),
            marker: q === undefined ? undefined : createWordMarker(analyser, q, found.article.language),
            q,
            feedback: feedbackStep(solved),
          })

        if (q === undefined && solved === undefined) {
          const wanted = {
            key: `article ${language} ${name}`,
            render: async () => {
              const found = await read()
              return found && render(found)
            },
          }
          if (await serving.sendKept(request, reply, site, wanted)) {
            noteReading(request, id)
            return reply
          }
        } else {
          const found = await read()
          // Whoever says whether it helped has been counted as a reader.
          if (found !== undefined && solved === undefined) noteReading(request, id)
          if (found !== undefined) return serving.sendPage(request, reply, site, await render(found))
        }
        // Whoever shared the read of another request has not learned why it found nothing.
        if (moved === undefined) await read()
        if (moved !== undefined) return reply.redirect(moved + queryOf(request), 301)
        const former = await articles.findFormer({ id, reader: audience })
        if (former !== undefined && former !== 'gone')
          return reply.redirect(articlePath(former) + queryOf(request), 301)
        return tell(request, reply, site.language, former ?? 'notFound', name)
      },
    )

    app.post(
      '/help/:language/articles/:article/feedback',
      {
        config: { ...ANYONE, rateLimit: { max: VOTES, timeWindow: 60_000 } },
        schema: {
          hide: true,
          params: ArticleParams,
          body: Type.Object({
            solved: Type.Enum(['yes', 'no']),
            reason: Type.Optional(Type.String({ maxLength: LONGEST_REASON })),
          }),
        },
      },
      async (request, reply) => {
        const { params, body, actor, sessionId } = request
        const id = idIn(params.article) ?? ''
        const found = await published.find(id, actor.audience)
        if (found === undefined)
          return tell(request, reply, spoken(params.language), 'notFound', params.article)
        const reason = body.reason?.trim() ?? ''
        const readerId = sessionId === undefined ? undefined : actor.id
        const solved = body.solved === 'yes'
        const visit = visitOf(request, reply, signIn)
        const voter = readerId === undefined ? { visit } : { readerId }
        await articles.giveFeedback({ id, solved, comment: reason, actor, ...voter })
        search.noteOpening({ visit, audience: actor.audience, documentId: id, solved })
        const step = reason === '' ? body.solved : 'thanks'
        return reply.redirect(`${articlePath(found)}?solved=${step}#feedback`, 303)
      },
    )

    app.get(
      '/help/:language/questions/:question',
      {
        config: ANYONE,
        schema: {
          hide: true,
          params: Type.Object({ ...Language.properties, question: Type.String() }),
          querystring: Type.Object({ q: Found.properties.q }),
        },
      },
      async (request, reply) => {
        const { language, question: name } = request.params
        const { q } = request.query
        const { audience } = request.actor
        const thread = await findThread(idIn(name) ?? '', audience)
        if (thread?.resolved !== true) return tell(request, reply, language, 'notFound', name)
        const site = await serving.siteFor(request, language)
        const article = await articles.articles.ofThread(thread.id, {
          audience,
          seesDrafts: false,
        })
        const page = await questionPage(site, {
          thread,
          posts: await threads.postsOf(thread.id, audience),
          article,
          isNamed: (await articles.credits.find()) === 'shown',
          marker: q === undefined ? undefined : createWordMarker(analyser, q, thread.language),
          q,
        })
        const path = questionPath({ ...thread, title: page.title })
        if (path !== `/help/${language}/questions/${name}`)
          return reply.redirect(path + queryOf(request), 301)
        noteReading(request, thread.id)
        return serving.sendPage(request, reply, site, page)
      },
    )
  }

  /** The thread, or the one that it was merged into. */
  async function findThread(id: string, reader: Audience): Promise<Thread | undefined> {
    const thread = await threads.find(id, reader)
    return thread?.mergedInto === undefined ? thread : threads.find(thread.mergedInto, reader)
  }

  /** Counts a reading, which a search of the same visit may have led to. */
  function noteReading(request: FastifyRequest, documentId: string): void {
    const { audience } = request.actor
    if (documentId.startsWith('art_')) articles.noteReading(documentId)
    search.noteReading({ documentId, audience })
    const visit = knownVisit(request)
    if (visit !== undefined) search.noteOpening({ visit, audience, documentId })
  }
}

function queryOf({ url }: FastifyRequest): string {
  const at = url.indexOf('?')
  return at === -1 ? '' : url.slice(at)
}
