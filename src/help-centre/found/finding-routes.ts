import { setImmediate } from 'node:timers/promises'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { descriptionOf } from '../../articles/reading/describe-article.ts'
import { mapEntry, siteMapIndex, siteMapOf } from '../../articles/reading/site-map.ts'
import type { SpokenLanguage } from '../../text/language/preferred-language.ts'
import type { HelpCentreDeps } from '../deps.ts'
import { helpCentreErrors } from '../errors.ts'
import { articlePath, categoryKey, categoryPath, feedPath, homePath } from '../pages/addresses.ts'
import type { Site } from '../pages/layout.ts'
import { topicName } from '../pages/topic-names.ts'
import type { Serving } from '../serving.ts'
import { atomFeed } from './atom.ts'

const XML = 'application/xml; charset=utf-8'
const ATOM = 'application/atom+xml; charset=utf-8'
/** Addresses of one site map; sitemaps.org lets 50,000. */
const MOST_OF_ALL = 50_000
const A_PART = 25_000
/** Addresses written between two yields to the event loop: some milliseconds. */
const A_TURN = 500
const A_FEED = 50
const LANGUAGES: readonly SpokenLanguage[] = ['en', 'fr']

const ANYONE = { allow: 'anyone' } as const
const Language = Type.Object({ language: Type.Enum(['en', 'fr']) })

/** The numbers of the site maps that so many addresses take: one where they fit in it. */
export function siteMapParts(addresses: number): readonly number[] {
  const parts = addresses <= MOST_OF_ALL ? 1 : Math.ceil(addresses / A_PART)
  return Array.from({ length: parts }, (_, at) => at + 1)
}

/** What search engines and feed readers ask for. */
export function findingRoutes(
  context: HelpCentreDeps & { readonly serving: Serving },
): FastifyPluginAsyncTypebox {
  const { serving, articles } = context
  const { published } = articles

  async function part(
    site: Site,
    audience: Parameters<typeof published.mapped>[0],
    offset: number,
    limit: number,
  ) {
    const found = await published.mapped(audience, { offset, limit })
    const entries: string[] = []
    for (const [at, article] of found.entries()) {
      if (at % A_TURN === 0) await setImmediate()
      entries.push(mapEntry({ url: site.base + articlePath(article), changedAt: article.updatedAt }))
    }
    return entries
  }

  /** Sends what is kept. @throws CodedError HELP_PAGE_NOT_FOUND */
  async function sendXml(
    request: FastifyRequest,
    reply: FastifyReply,
    site: Site,
    wanted: {
      readonly key: string
      readonly type: string
      readonly render: () => Promise<string | undefined>
    },
  ) {
    if (!(await serving.sendKept(request, reply, site, wanted))) throw helpCentreErrors.HELP_PAGE_NOT_FOUND()
    return reply
  }

  return async (app) => {
    app.get(
      '/robots.txt',
      { config: { ...ANYONE, isForStrangers: true }, schema: { hide: true } },
      async (request, reply) => {
        const site = await serving.siteFor(request, 'en')
        const rules =
          site.settings.access === 'signed-in'
            ? ['Disallow: /']
            : [
                'Disallow: /api/',
                'Disallow: /app/',
                'Disallow: /help/preview/',
                ...LANGUAGES.flatMap((each) => [
                  `Disallow: ${homePath(each)}/search`,
                  `Disallow: ${homePath(each)}/suggestions`,
                ]),
                '',
                `Sitemap: ${site.base}/sitemap.xml`,
              ]
        reply.header('cache-control', 'public, max-age=3600')
        return reply.type('text/plain; charset=utf-8').send(['User-agent: *', ...rules, ''].join('\n'))
      },
    )

    app.get('/sitemap.xml', { config: ANYONE, schema: { hide: true } }, async (request, reply) => {
      const site = await serving.siteFor(request, 'en')
      const { audience } = request.actor
      const render = async () => {
        const count = await published.count(audience)
        const homes = LANGUAGES.map((each) => mapEntry({ url: site.base + homePath(each) }))
        const parts = siteMapParts(count + homes.length)
        if (parts.length === 1) return siteMapOf([...homes, ...(await part(site, audience, 0, MOST_OF_ALL))])
        return siteMapIndex(parts.map((each) => `${site.base}/help/sitemap-${each}.xml`))
      }
      return sendXml(request, reply, site, { key: 'map', type: XML, render })
    })

    app.get(
      '/help/sitemap-:part.xml',
      {
        config: ANYONE,
        schema: { hide: true, params: Type.Object({ part: Type.Integer({ minimum: 1, maximum: 10_000 }) }) },
      },
      async (request, reply) => {
        const site = await serving.siteFor(request, 'en')
        const { part: number } = request.params
        const render = async () => {
          const entries = await part(site, request.actor.audience, (number - 1) * A_PART, A_PART)
          return entries.length === 0 ? undefined : siteMapOf(entries)
        }
        return sendXml(request, reply, site, { key: `map ${number}`, type: XML, render })
      },
    )

    app.get(
      '/help/:language/feed.xml',
      { config: ANYONE, schema: { hide: true, params: Language } },
      async (request, reply) => {
        const { language } = request.params
        const site = await serving.siteFor(request, language)
        const render = () => feed(site, request)
        return sendXml(request, reply, site, { key: 'feed', type: ATOM, render })
      },
    )

    app.get(
      '/help/:language/categories/:category/feed.xml',
      {
        config: ANYONE,
        schema: { hide: true, params: Type.Object({ ...Language.properties, category: Type.String() }) },
      },
      async (request, reply) => {
        const { language, category: key } = request.params
        const site = await serving.siteFor(request, language)
        const render = async () => {
          const categories = await published.categories(language, request.actor.audience)
          const found = categories.find(
            ({ category }) => category !== undefined && categoryKey(category) === key,
          )
          return found && feed(site, request, found.category)
        }
        return sendXml(request, reply, site, { key: `feed ${key}`, type: ATOM, render })
      },
    )
  }

  async function feed(site: Site, { actor }: FastifyRequest, category?: string): Promise<string> {
    const { language, base, settings } = site
    const name = settings.name[language]
    const newest = await published.newest(language, actor.audience, { category, limit: A_FEED })
    return atomFeed({
      title: category === undefined ? name : `${topicName(site, category)} · ${name}`,
      author: name,
      language,
      url: base + feedPath(language, category),
      home: base + (category === undefined ? homePath(language) : categoryPath(language, category)),
      entries: newest.map((article) => ({
        ...article,
        url: base + articlePath(article),
        summary: descriptionOf(article),
      })),
    })
  }
}
