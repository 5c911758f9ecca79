import { readFile } from 'node:fs/promises'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BUILT_FOLDER, type BuiltPage, builtPage } from '../platform/built-files.ts'
import { preferredLanguage } from '../text/language/preferred-language.ts'

const ENTRY = 'main.tsx'
/** Of the libraries within the scripts. */
const LICENCES = 'third-party-licences.txt'
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

/**
 * The workbench under `/app`: one page for all addresses, whose scripts are built files. Where nothing was built, as in
 * most tests, there is no workbench.
 */
export async function addWorkbench(app: FastifyInstance): Promise<void> {
  const built = builtPage(ENTRY)
  if (built === undefined) return
  await app.register(staticFiles, {
    root: `${BUILT_FOLDER}assets`,
    prefix: '/app/assets/',
    // Names hold a hash of the content.
    immutable: true,
    maxAge: YEAR_MS,
    preCompressed: true,
    index: false,
    decorateReply: false,
  })
  const page = pageOf(built)
  const hidden = { schema: { hide: true } }
  app.get('/app', hidden, (_request, reply) => reply.redirect('/app/'))
  app.get(`/app/${LICENCES}`, hidden, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(await readFile(`${BUILT_FOLDER}${LICENCES}`)),
  )
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

function pageOf({ script, styles, imports }: BuiltPage): (language: string, theme: string) => string {
  const links = [
    ...styles.map((file) => `<link rel="stylesheet" href="${file}">`),
    ...imports.map((file) => `<link rel="modulepreload" href="${file}">`),
  ]
  return (language, theme) => `<!doctype html>
<html lang="${language}" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Entraide</title>
<link rel="icon" href="data:,">
${links.join('\n')}
<script type="module" src="${script}"></script>
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
