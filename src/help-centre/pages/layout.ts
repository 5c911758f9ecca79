import { type Html, html, jsonForHtml, safeHtml } from '../../text/html/html.ts'
import type { SpokenLanguage } from '../../text/language/preferred-language.ts'
import { fillIn, nameOfLanguage } from '../../text/language/written.ts'
import type { Settings, SettingsLink } from '../settings/settings.ts'
import { feedPath, homePath, searchPath } from './addresses.ts'
import { wordsIn } from './words.ts'

/** What all pages of one site have in common, for one reader and language. */
export interface Site {
  readonly settings: Settings
  readonly language: SpokenLanguage
  /** Where browsers reach the site, without a slash at its end. */
  readonly base: string
  readonly isSignedIn: boolean
  /** Addresses of what each page loads. */
  readonly assets: { readonly styles: readonly string[]; readonly script?: string; readonly logo?: string }
}

/** A page and what search engines learn of it. */
export interface Page {
  readonly title: string
  readonly main: Html
  readonly description?: string
  /** Its own address, or where its content is at home. */
  readonly canonical?: string
  /** Its translations and itself, by language. */
  readonly translations?: ReadonlyMap<string, string>
  /** The same place in the other language, for the switch; the home page if absent. */
  readonly inOther?: string
  /** schema.org. */
  readonly data?: readonly object[]
  readonly feed?: string
  readonly kind?: 'article' | 'website'
  readonly isIndexed?: boolean
  /** Whether the page has its search box in its content. */
  readonly ownSearch?: boolean
  readonly q?: string
}

const OTHER: Readonly<Record<SpokenLanguage, SpokenLanguage>> = { en: 'fr', fr: 'en' }

/** The other of the two languages. */
export function otherLanguage(language: SpokenLanguage): SpokenLanguage {
  return OTHER[language]
}

/** A whole page. It is complete without its script, and loads nothing from elsewhere. */
export function renderPage(site: Site, page: Page): string {
  const { language } = site
  const words = wordsIn(language)
  const markup = html`<!doctype html>
<html lang="${language}">
${headOf(site, page)}
<body>
<a class="skip" href="#content">${words.skip}</a>
${headerOf(site, page)}
<main id="content" tabindex="-1">
${page.main}
</main>
${footerOf(site)}
</body>
</html>
`
  return markup.markup
}

function headOf(site: Site, page: Page): Html {
  const { settings, language, base, assets } = site
  const name = settings.name[language]
  const title = page.title === name ? name : `${page.title} · ${name}`
  const { canonical, description, kind = 'website', isIndexed = true } = page
  const translations = [...(page.translations ?? [])]
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${description && html`<meta name="description" content="${description}">\n`}${!isIndexed && html`<meta name="robots" content="noindex">\n`}${
  canonical && html`<link rel="canonical" href="${canonical}">\n`
}${
  translations.length > 1 &&
  translations.map(
    ([other, path]) => html`<link rel="alternate" hreflang="${other}" href="${base}${path}">\n`,
  )
}${
  isIndexed && [
    html`<meta property="og:title" content="${page.title}">\n`,
    html`<meta property="og:site_name" content="${name}">\n`,
    html`<meta property="og:type" content="${kind}">\n`,
    html`<meta property="og:locale" content="${language === 'fr' ? 'fr_FR' : 'en_GB'}">\n`,
    description && html`<meta property="og:description" content="${description}">\n`,
    canonical && html`<meta property="og:url" content="${canonical}">\n`,
    assets.logo?.endsWith('.png') && html`<meta property="og:image" content="${base}${assets.logo}">\n`,
  ]
}${page.feed && html`<link rel="alternate" type="application/atom+xml" href="${page.feed}" title="${name}">\n`}${assets.styles.map(
  (file) => html`<link rel="stylesheet" href="${file}">\n`,
)}<link rel="icon" href="${assets.logo ?? 'data:,'}">
${assets.script && html`<script type="module" src="${assets.script}"></script>\n`}${
  page.data !== undefined && page.data.length > 0 && structuredData(page.data)
}</head>`
}

function structuredData(data: readonly object[]): Html {
  const graph = { '@context': 'https://schema.org', '@graph': data }
  return safeHtml(`<script type="application/ld+json">${jsonForHtml(graph)}</script>\n`)
}

function headerOf(site: Site, page: Page): Html {
  const { settings, language, assets, isSignedIn } = site
  const words = wordsIn(language)
  const name = settings.name[language]
  const other = otherLanguage(language)
  const elsewhere = page.inOther ?? homePath(other)
  return html`<header class="top">
<a class="brand" href="${homePath(language)}">${
    assets.logo === undefined ? name : html`<img src="${assets.logo}" alt="${name}" height="32">`
  }</a>
${!page.ownSearch && searchBox(site, { q: page.q })}
<nav class="places" aria-label="${words.places}"><ul>${settings.header.map((link) => html`<li>${linkTo(link, language)}</li>`)}
<li><a href="${elsewhere}" lang="${other}" hreflang="${other}">${nameOfLanguage(other)}</a></li>${
    isSignedIn
      ? html`<li><form method="post" action="${homePath(language)}/sign-out"><button class="plain">${words.signOut}</button></form></li>`
      : settings.access === 'signed-in' &&
        html`<li><a href="${homePath(language)}/sign-in">${words.signIn}</a></li>`
  }</ul></nav>
</header>`
}

function footerOf({ settings, language, isSignedIn }: Site): Html {
  const words = wordsIn(language)
  const isOpen = settings.access === 'public' || isSignedIn
  return html`<footer class="end"><ul>
${settings.footer.map((link) => html`<li>${linkTo(link, language)}</li>\n`)}${
  settings.contact !== '' && html`<li><a href="${settings.contact}">${words.contact}</a></li>\n`
}${isOpen && html`<li><a href="${feedPath(language)}">${words.feed}</a></li>\n`}<li>${words.madeWith}</li>
</ul></footer>`
}

function linkTo({ label, url }: SettingsLink, language: SpokenLanguage): Html {
  return html`<a href="${url}">${label[language]}</a>`
}

/** The search box. What the script says of suggestions stands beside it, in the page's language. */
export function searchBox(
  { language }: Pick<Site, 'language'>,
  { q = '', isLarge = false }: { readonly q?: string; readonly isLarge?: boolean } = {},
): Html {
  const words = wordsIn(language)
  return html`<form class="${isLarge ? 'search large' : 'search'}" action="${searchPath(language)}" role="search" data-suggestions="${homePath(language)}/suggestions" data-none="${words.noSuggestion}" data-one="${words.oneSuggestion}" data-many="${words.suggestions}" data-all="${words.allResults}" data-completion="${words.goOn}" data-question="${words.oftenAsked}" data-article="${words.articlesFound}" data-thread="${words.fromCommunity}" data-recent="${words.recent}" data-forget="${words.forget}">
<label for="q">${words.searchLabel}</label>
<input id="q" name="q" type="search" value="${q}" placeholder="${words.searchHint}" autocomplete="off" maxlength="400" enterkeyhint="search">
<button>${words.search}</button>
<p class="unseen" role="status"></p>
</form>`
}

/** Where a page is below the home page: names with their paths, the page itself last and without one. */
export type Trail = readonly { readonly name: string; readonly path?: string }[]

export function breadcrumbs({ language }: Pick<Site, 'language'>, trail: Trail): Html {
  const words = wordsIn(language)
  const steps = [{ name: words.home, path: homePath(language) }, ...trail]
  return html`<nav class="trail" aria-label="${words.breadcrumbs}"><ol>${steps.map(({ name, path }) =>
    path === undefined
      ? html`<li aria-current="page">${name}</li>`
      : html`<li><a href="${path}">${name}</a></li>`,
  )}</ol></nav>`
}

/** The same for search engines. */
export function trailData({ language, base }: Pick<Site, 'language' | 'base'>, trail: Trail): object {
  const steps = [{ name: wordsIn(language).home, path: homePath(language) }, ...trail]
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ name, path }, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      name,
      item: path === undefined ? undefined : `${base}${path}`,
    })),
  }
}

export const NUMBERS = { en: new Intl.NumberFormat('en-GB'), fr: new Intl.NumberFormat('fr') } as const

/** *1 article*, *12 articles*: a number in a sentence. */
export function counted(count: number, one: string, many: string, language: SpokenLanguage): string {
  // French counts nothing as one.
  if (count === 1 || (count === 0 && language === 'fr')) return one.replace('1', String(count))
  return fillIn(many, { count: NUMBERS[language].format(count) })
}
