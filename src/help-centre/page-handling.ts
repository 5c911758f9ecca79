import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { anonymous } from '../access/actor.ts'
import { preferredLanguage, type SpokenLanguage } from '../text/language/preferred-language.ts'
import { homePath } from './pages/addresses.ts'
import type { Page, Site } from './pages/layout.ts'
import { messagePage, refusalPage } from './pages/message-page.ts'
import { languageOf, type Serving } from './serving.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a help centre for people who are signed in shows it to strangers too. */
    readonly isForStrangers?: boolean
  }
}

/** Fields of a form, without script; a route whose form has more says so (`bodyLimit`). */
const LARGEST_FORM = 16_384

/** Sends a page in the place of one that cannot be shown. */
export async function sendInstead(
  serving: Serving,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  page: (site: Site) => Page,
) {
  const site = await serving.siteFor(request, languageAt(request))
  reply.code(status)
  return serving.sendPage(request, reply, site, page(site), 'nowhere')
}

/** What all pages of customers have in common: forms, failures told as pages, and a door where the company wants one. */
export function addPageHandling(app: FastifyInstance, serving: Serving): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LARGEST_FORM },
    (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(String(text)))),
  )

  app.setErrorHandler(async (error, request, reply) => {
    const language = languageAt(request)
    const { status, code, detail, retryAfterS } = app.explain(error, request, language)
    const isNowhere = status === 404 || (code === 'VALIDATION_FAILED' && request.method === 'GET')
    if (retryAfterS !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', retryAfterS)
    return sendInstead(serving, request, reply, isNowhere ? 404 : status, (site) => {
      if (isNowhere) return messagePage(site, 'notFound', wordsOfAddress(request))
      if (status === 429 || status === 503) return messagePage(site, 'busy', '')
      if (code === 'VALIDATION_FAILED') return messagePage(site, 'refused', '')
      return code === 'INTERNAL' ? messagePage(site, 'failed', '') : refusalPage(site, detail)
    })
  })

  // Strangers learn nothing of a help centre that is not for them, not even which pages there are.
  app.addHook('preHandler', async (request, reply) => {
    if (request.actor.id !== anonymous.id || request.routeOptions.config.isForStrangers === true) return
    const { settings } = await serving.look(request)
    if (settings.access === 'public') return
    const to = request.method === 'GET' ? request.url : homePath(languageAt(request))
    return reply.redirect(`${homePath(languageAt(request))}/sign-in?to=${encodeURIComponent(to)}`, 303)
  })
}

/** The language of an address; for one without, that of the reader. */
function languageAt(request: FastifyRequest): SpokenLanguage {
  const given = /^\/help\/(en|fr)(?:[/?]|$)/.exec(request.url)?.[1]
  if (given === 'en' || given === 'fr') return given
  return request.cookies === undefined
    ? preferredLanguage(request.headers['accept-language'])
    : languageOf(request)
}

/** What the last part of an address may have meant, for a search. */
export function wordsOfAddress({ url }: Pick<FastifyRequest, 'url'>): string {
  const last = url.split('?', 1)[0]!.split('/').at(-1) ?? ''
  const words = last.replace(/(?:art|thr)_\w+$/, '').replace(/[^a-z0-9]+/gi, ' ')
  return words.trim().slice(0, 100)
}
