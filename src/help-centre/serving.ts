import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { anonymous } from '../access/actor.ts'
import { addressOf } from '../access/sessions/cookie.ts'
import { builtPage } from '../platform/built-files.ts'
import { type Kept, keepUntilChanged } from '../platform/database/change-counters.ts'
import { preferredLanguage, type SpokenLanguage } from '../text/language/preferred-language.ts'
import type { HelpCentreDeps } from './deps.ts'
import { createPageCache, type KeptPage, toPage } from './page-cache.ts'
import { logoPath } from './pages/addresses.ts'
import { type Page, renderPage, type Site } from './pages/layout.ts'
import { themeStyle } from './pages/theme.ts'
import type { Logo, Settings } from './settings/settings.ts'

/** What the browser's script begins with. */
const ENTRY = 'help-centre/help-centre.ts'

/** Nothing inline, nothing from elsewhere. Data for search engines is no script. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'none'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** Counters of what pages of articles are made of, and of who may see them. */
const COUNTERS = ['help_pages', 'sources', 'locks'] as const
/** What no counter counts, such as the names of members, is read again after so long. */
const LONGEST_KEPT_MS = 60_000

/** How a page may be kept by browsers and by caches in between; a secret one is whoever’s who knows its address. */
export type Keeping = 'shared' | 'browser' | 'nowhere' | 'secret'

const CACHE_CONTROL: Readonly<Record<Keeping, string>> = {
  shared: 'public, max-age=60, stale-while-revalidate=300',
  browser: 'private, no-cache',
  nowhere: 'no-store',
  secret: 'no-store',
}

/** The company's settings with its logo. */
interface Look {
  readonly settings: Settings
  readonly logo?: Logo
  readonly theme: { readonly path: string; readonly style: string }
}

export type Serving = ReturnType<typeof createServing>

/** How pages are rendered for whoever asks, kept, and sent. */
export function createServing({
  db,
  clock,
  settings,
  signIn,
}: Pick<HelpCentreDeps, 'db' | 'clock' | 'signIn'> & {
  readonly settings: Pick<HelpCentreDeps['settings'], 'find' | 'findLogo'>
}) {
  const built = builtPage(ENTRY)
  const cache = createPageCache()
  const look: Kept<Look> = keepUntilChanged(db, ['help_pages'], async () => {
    const stored = await settings.find()
    const style = themeStyle(stored.settings.colours)
    const hash = createHash('sha256').update(style).digest('hex').slice(0, 12)
    const theme = { path: `/help/assets/theme-${hash}.css`, style }
    return { settings: stored.settings, logo: await settings.findLogo(), theme }
  })

  async function siteFor(request: FastifyRequest, language: SpokenLanguage): Promise<Site> {
    const { settings: chosen, logo, theme } = await look.current(await request.counters())
    return {
      settings: chosen,
      language,
      base: addressOf(request, signIn),
      isSignedIn: request.sessionId !== undefined,
      assets: {
        styles: [...(built?.styles ?? []), theme.path],
        script: built?.script,
        logo: logo && logoPath(logo),
      },
    }
  }

  /** What pages of articles are made of, as of the request. */
  async function stateFor(request: FastifyRequest): Promise<string> {
    const counters = await request.counters()
    const minute = Math.floor(clock.now().getTime() / LONGEST_KEPT_MS)
    return [...COUNTERS.map((name) => counters[name]), minute].join()
  }

  /** Sends a page, or that the browser has it. */
  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    page: KeptPage,
    keeping: Keeping,
    type: string,
  ) {
    reply.headers({
      'cache-control': CACHE_CONTROL[keeping],
      vary: 'accept-encoding, cookie',
      'content-security-policy': POLICY,
      // A browser says no `Origin` of a form where it may never say whence: its own site may know.
      'referrer-policy': keeping === 'secret' ? 'same-origin' : 'strict-origin-when-cross-origin',
      etag: page.etag,
    })
    if (keeping === 'secret') reply.header('x-robots-tag', 'noindex')
    return sendFile(request, reply, page, type)
  }

  /** Sends what has its headers, or that the browser has it. */
  function sendFile(request: FastifyRequest, reply: FastifyReply, page: KeptPage, type: string) {
    if (reply.statusCode === 200 && isKnown(request, page.etag)) return reply.code(304).send()
    reply.type(type)
    if (!acceptsGzip(request)) return reply.send(page.body)
    return reply.header('content-encoding', 'gzip').send(page.gzipped)
  }

  const HTML = 'text/html; charset=utf-8'

  return {
    look: async (request: FastifyRequest) => look.current(await request.counters()),
    siteFor,
    sendFile,

    /** Sends a page that is rendered anew. */
    async sendPage(
      request: FastifyRequest,
      reply: FastifyReply,
      site: Site,
      page: Page,
      keeping: Keeping = 'browser',
    ) {
      return send(request, reply, toPage(renderPage(site, page)), keeping, HTML)
    },

    /**
     * Sends what may be kept for all readers of one audience.
     *
     * @param key what tells it from others of the same site, audience and language
     * @param render undefined where there is none
     * @returns false where nothing was sent, because there is none
     */
    async sendKept(
      request: FastifyRequest,
      reply: FastifyReply,
      site: Site,
      {
        key,
        type = HTML,
        render,
      }: {
        readonly key: string
        readonly type?: string
        readonly render: () => Promise<Page | string | undefined>
      },
    ): Promise<boolean> {
      const { audience } = request.actor
      const whole = JSON.stringify([key, site.language, audience, site.isSignedIn, site.base])
      const page = await cache.get(await stateFor(request), whole, async () => {
        const rendered = await render()
        return rendered === undefined || typeof rendered === 'string' ? rendered : renderPage(site, rendered)
      })
      if (page === undefined) return false
      send(request, reply, page, isForAll(request, site) ? 'shared' : 'browser', type)
      return true
    },
  }
}

/** Whether everybody who is not signed in gets the same. */
function isForAll({ actor }: FastifyRequest, { settings }: Site): boolean {
  return settings.access === 'public' && actor.id === anonymous.id
}

function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const given = headers['if-none-match']
  return given?.split(',').some((each) => each.trim() === etag) === true
}

function acceptsGzip({ headers }: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/i.test(String(headers['accept-encoding'] ?? ''))
}

/** The language chosen in this browser, or else the one that it asks for. */
export function languageOf({ cookies, headers }: FastifyRequest): SpokenLanguage {
  const chosen = cookies.entraide_language
  if (chosen === 'en' || chosen === 'fr') return chosen
  return preferredLanguage(headers['accept-language'])
}
