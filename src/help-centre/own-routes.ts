import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { anonymous } from '../access/actor.ts'
import { ownPath } from '../access/oidc/own-path.ts'
import { clearSessionCookie, originOf, setSessionCookie } from '../access/sessions/cookie.ts'
import { CodedError } from '../platform/errors.ts'
import type { HelpCentreDeps } from './deps.ts'
import { helpCentreErrors } from './errors.ts'
import { homePath, logoPath, spoken } from './pages/addresses.ts'
import { previewPage } from './pages/article-page.ts'
import { messagePage } from './pages/message-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { openPreview } from './previews/share-preview.ts'
import { languageOf, type Serving } from './serving.ts'

const STRANGERS = { allow: 'anyone', isForStrangers: true } as const
const hidden = { hide: true } as const
const YEAR_S = 31_536_000
const Language = Type.Object({ language: Type.Enum(['en', 'fr']) })
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

/** A logo is a picture: where it is opened by itself, nothing in it runs or loads either. */
const LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** Where the site begins, its look, signing in and out, and previews. */
export function ownRoutes(
  context: HelpCentreDeps & { readonly serving: Serving },
): FastifyPluginAsyncTypebox {
  const { serving, access, signIn: config } = context

  return async (app) => {
    app.get('/', { config: STRANGERS, schema: hidden }, async (request, reply) => {
      const { settings } = await serving.look(request)
      return reply.redirect(settings.start === 'workbench' ? '/app/' : '/help')
    })

    app.get('/help', { config: STRANGERS, schema: hidden }, async (request, reply) =>
      reply.header('vary', 'accept-language, cookie').redirect(homePath(languageOf(request))),
    )

    app.get(
      '/help/assets/:file',
      { config: STRANGERS, schema: { ...hidden, params: Type.Object({ file: Type.String() }) } },
      async (request, reply) => {
        const { logo, theme } = await serving.look(request)
        const path = `/help/assets/${request.params.file}`
        const keep = (isSame: boolean) =>
          reply.header(
            'cache-control',
            isSame ? `public, max-age=${YEAR_S}, immutable` : 'public, max-age=60',
          )
        // A page that a cache still has may name an earlier one.
        if (/^theme-\w+\.css$/.test(request.params.file))
          return keep(path === theme.path)
            .type('text/css; charset=utf-8')
            .send(theme.style)
        if (logo === undefined || !/^logo-\w+\.(png|svg)$/.test(request.params.file))
          throw helpCentreErrors.HELP_PAGE_NOT_FOUND()
        keep(path === logoPath(logo)).header('content-security-policy', LOGO_POLICY)
        return reply.type(logo.type).send(logo.bytes)
      },
    )

    app.get(
      '/help/:language/sign-in',
      {
        config: STRANGERS,
        schema: { ...hidden, params: Language, querystring: Type.Object({ to: text(2_000) }) },
      },
      async (request, reply) => {
        const { language } = request.params
        const to = pathInCentre(request.query.to, homePath(language))
        if (request.actor.id !== anonymous.id) return reply.redirect(to)
        const site = await serving.siteFor(request, language)
        return serving.sendPage(request, reply, site, signInPage(site, { ways: ways(), to }), 'nowhere')
      },
    )

    app.post(
      '/help/:language/sign-in',
      {
        config: STRANGERS,
        schema: {
          ...hidden,
          params: Language,
          body: Type.Object({ email: text(320), password: text(1_000), to: text(2_000) }),
        },
      },
      async (request, reply) => {
        const { language } = request.params
        const { email = '', password = '' } = request.body
        const to = pathInCentre(request.body.to, homePath(language))
        try {
          const signedIn = await access.signIn({ email, password, origin: originOf(request) })
          setSessionCookie(request, reply, signedIn, config)
          return reply.redirect(to, 303)
        } catch (error) {
          if (!(error instanceof CodedError)) throw error
          const { status, detail: problem, retryAfterS } = app.explain(error, request, language)
          if (retryAfterS !== undefined) reply.header('retry-after', retryAfterS)
          const site = await serving.siteFor(request, language)
          const page = signInPage(site, { ways: ways(), to, email, problem })
          return serving.sendPage(request, reply.code(status), site, page, 'nowhere')
        }
      },
    )

    app.post(
      '/help/:language/sign-out',
      { config: STRANGERS, schema: { ...hidden, params: Language } },
      async (request, reply) => {
        const { actor, sessionId, params } = request
        if (sessionId !== undefined) await access.endSession({ actor, sessionId })
        clearSessionCookie(request, reply, config)
        return reply.redirect(homePath(params.language), 303)
      },
    )

    app.get(
      '/help/preview/:token',
      { config: STRANGERS, schema: { ...hidden, params: Type.Object({ token: Type.String() }) } },
      async (request, reply) => {
        const preview = await openPreview(context, request.params.token)
        const language = preview === undefined ? languageOf(request) : spoken(preview.content.language)
        const site = await serving.siteFor(request, language)
        const page =
          preview === undefined ? messagePage(site, 'notFound', '') : await previewPage(site, preview)
        if (preview === undefined) reply.code(404)
        reply.header('x-robots-tag', 'noindex')
        const sent = await serving.sendPage(request, reply, site, page, 'nowhere')
        return sent
      },
    )
  }

  function ways() {
    return { password: config.password, provider: config.oidc?.name }
  }
}

/** Where a sign-in leads: a page of the help centre. */
function pathInCentre(given: string | undefined, home: string): string {
  const path = ownPath(given)
  return path.startsWith('/help') ? path : home
}
