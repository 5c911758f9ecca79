import { escapeHtml, jsonForHtml } from '../../../text/html/html.ts'
import { dateIn, fillIn, nameOfLanguage } from '../../../text/language/written.ts'
import { siteWords } from './site-words.ts'

export interface SitePage {
  readonly language: string
  readonly title: string
  readonly description?: string
  /** What the whole site is called. */
  readonly siteTitle?: string
  /** The way from the page to the folder of the site: empty, or `../`. */
  readonly root: string
  /** The same page in other languages, by language. */
  readonly alternates?: ReadonlyMap<string, string>
  /** The addresses of the page and its translations for search engines, where the address of the site is known. */
  readonly canonical?: string
  readonly hreflang?: ReadonlyMap<string, string>
  /** Languages of the site, for its header. */
  readonly languages: readonly string[]
  readonly structuredData?: object
  readonly scripts?: readonly string[]
  readonly main: string
}

/** A page of the site. It works from files, asks nobody for anything, and runs no script but its own. */
export function sitePage(page: SitePage): string {
  const { language, root } = page
  const words = siteWords(language)
  const siteTitle = page.siteTitle ?? words.helpCentre
  const here = `${root}${language}`
  const title = page.title === siteTitle ? siteTitle : `${page.title} · ${siteTitle}`
  const links = [...(page.hreflang ?? [])].map(
    ([other, url]) => `<link rel="alternate" hreflang="${escapeHtml(other)}" href="${escapeHtml(url)}">`,
  )
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; script-src 'self' file:; form-action 'self' file:; base-uri 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)}</title>`,
    page.description ? `<meta name="description" content="${escapeHtml(page.description)}">` : '',
    page.canonical ? `<link rel="canonical" href="${escapeHtml(page.canonical)}">` : '',
    ...links,
    `<link rel="stylesheet" href="${root}assets/site.css">`,
    page.structuredData
      ? `<script type="application/ld+json">${jsonForHtml(page.structuredData)}</script>`
      : '',
    ...(page.scripts ?? []).map((script) => `<script src="${escapeHtml(script)}" defer></script>`),
  ]
  const switches = page.languages
    .filter((other) => other !== language)
    .map((other) => {
      const href = page.alternates?.get(other) ?? `${root}${other}/index.html`
      return `<li><a href="${escapeHtml(href)}" lang="${other}" hreflang="${other}">${escapeHtml(nameOfLanguage(other))}</a></li>`
    })
  return `<!doctype html>
<html lang="${language}">
<head>
${head.filter((line) => line !== '').join('\n')}
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header>
<a class="site" href="${here}/index.html">${escapeHtml(siteTitle)}</a>
<form action="${here}/search.html" role="search"><label for="q">${words.searchLabel}</label><input id="q" name="q" type="search" autocomplete="off"><button>${words.search}</button></form>
${switches.length === 0 ? '' : `<nav aria-label="${words.languages}"><ul>${switches.join('')}</ul></nav>`}
</header>
<main id="content" tabindex="-1">
${page.main}
</main>
<footer><a href="${here}/index.html">${words.allArticles}</a> <span>${words.madeWith}</span> <a href="${root}licences.txt">${words.licences}</a></footer>
</body>
</html>
`
}

/** *Updated on …*, as HTML. */
export function updatedLine(language: string, iso: string): string {
  const date = `<time datetime="${escapeHtml(iso)}">${escapeHtml(dateIn(language, iso))}</time>`
  return fillIn(siteWords(language).updated, { date })
}
