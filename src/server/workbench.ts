import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { preferredLanguage } from '../text/language/preferred-language.ts'

/** Where `npm run build` puts the pages; the same from `src/` and from `dist/`. */
const BUILT = fileURLToPath(new URL('../../dist/web/', import.meta.url))
const ENTRY = 'main.tsx'
const YEAR_MS = 31_536_000_000

/** Nothing inline, nothing from elsewhere; HTML is set through the one policy of `parts/trusted-html.tsx`. */
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
  "trusted-types entraide-rendered 'allow-duplicates'",
].join('; ')

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
}

type Manifest = Readonly<Record<string, Chunk>>

/**
 * The workbench under `/app`: one page for all addresses, whose scripts are built files. Where nothing was built, as in
 * most tests, there is no workbench.
 */
export async function addWorkbench(app: FastifyInstance): Promise<void> {
  const manifestFile = `${BUILT}.vite/manifest.json`
  if (!existsSync(manifestFile)) return
  const manifest: Manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
  await app.register(staticFiles, {
    root: `${BUILT}assets`,
    prefix: '/app/assets/',
    // Names hold a hash of the content.
    immutable: true,
    maxAge: YEAR_MS,
    preCompressed: true,
    index: false,
    decorateReply: false,
  })
  const page = pageOf(manifest)
  const hidden = { schema: { hide: true } }
  app.get('/', hidden, (_request, reply) => reply.redirect('/app/'))
  app.get('/app', hidden, (_request, reply) => reply.redirect('/app/'))
  app.get('/app/*', hidden, (request, reply) =>
    reply
      .headers({
        'content-security-policy': POLICY,
        'cache-control': 'no-cache',
        vary: 'cookie, accept-language',
      })
      .type('text/html; charset=utf-8')
      .send(page(languageOf(request), themeOf(request))),
  )
}

function pageOf(manifest: Manifest): (language: string, theme: string) => string {
  const entry = manifest[ENTRY]
  if (entry === undefined) throw new Error(`no ${ENTRY} in ${BUILT}.vite/manifest.json`)
  const styles = (entry.css ?? []).map((file) => `<link rel="stylesheet" href="/app/${file}">`)
  const scripts = (entry.imports ?? []).flatMap((name) => manifest[name]?.file ?? [])
  const preloads = scripts.map((file) => `<link rel="modulepreload" href="/app/${file}">`)
  return (language, theme) => `<!doctype html>
<html lang="${language}" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Entraide</title>
<link rel="icon" href="data:,">
${[...styles, ...preloads].join('\n')}
<script type="module" src="/app/${entry.file}"></script>
</head>
<body>
<div id="root"></div>
<noscript>${WITHOUT_SCRIPTS[language === 'fr' ? 'fr' : 'en']}</noscript>
</body>
</html>
`
}

const WITHOUT_SCRIPTS = {
  en: 'The workbench needs JavaScript.',
  fr: 'L’espace de travail a besoin de JavaScript.',
}

/** The language chosen in this browser, or else the one that it asks for. */
function languageOf(request: FastifyRequest): 'en' | 'fr' {
  const chosen = request.cookies.entraide_language
  if (chosen === 'en' || chosen === 'fr') return chosen
  return preferredLanguage(request.headers['accept-language'])
}

function themeOf(request: FastifyRequest): string {
  const chosen = request.cookies.entraide_theme
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}
