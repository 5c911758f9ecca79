import { groupBy } from '../../../platform/group-by.ts'
import { escapeHtml } from '../../../text/html/html.ts'
import { fillIn, listIn } from '../../../text/language/written.ts'
import { articleData } from '../../reading/article-data.ts'
import { descriptionOf } from '../../reading/describe-article.ts'
import { renderSections } from '../../reading/render-sections.ts'
import type { ShownArticle } from '../shown-articles.ts'
import { sitePage, updatedLine } from './site-html.ts'
import { siteWords } from './site-words.ts'

/** An article as lists name it. */
export interface ListedArticle {
  readonly id: string
  readonly title: string
  readonly language: string
  readonly updatedAt: string
  /** Its page below the folder of the site. */
  readonly path: string
  readonly category?: string
  readonly translationGroup?: string
}

/** What all pages of a site share. */
export interface Site {
  readonly title?: string
  /** Where it will be served, without a slash at its end. */
  readonly baseUrl?: string
  readonly languages: readonly string[]
}

/** @param translations the article itself and its translations, by language */
export async function articlePage(
  site: Site,
  { article, authors, category }: ShownArticle,
  path: string,
  translations: ReadonlyMap<string, string>,
): Promise<string> {
  const { language, title, updatedAt } = article
  const words = siteWords(language)
  const sections = await renderSections(article)
  const people = authors.map(({ name }) => name)
  const thanks = fillIn(escapeHtml(words.thanks), { names: escapeHtml(listIn(language, people)) })
  const addresses = new Map([...translations].map(([other, at]) => [other, addressOf(site, at)]))
  return sitePage({
    language,
    title,
    description: descriptionOf(article),
    root: '../',
    siteTitle: site.title,
    languages: site.languages,
    alternates: new Map([...translations].map(([other, at]) => [other, `../${at}`])),
    canonical: site.baseUrl && addressOf(site, path),
    hreflang: translations.size > 1 ? addresses : undefined,
    structuredData: {
      '@context': 'https://schema.org',
      ...articleData(article, { category, people, url: site.baseUrl && addressOf(site, path) }),
    },
    main: [
      `<article>\n<h1>${escapeHtml(title)}</h1>`,
      `<p class="quiet">${category === undefined ? '' : `${escapeHtml(category)} · `}${updatedLine(language, updatedAt)}</p>`,
      ...sections.map(({ name, markup }) => `<h2>${name}</h2>\n${markup}`),
      people.length === 0 ? '' : `<p class="quiet">${thanks}</p>`,
      '</article>',
    ].join('\n'),
  })
}

/** Where a page of the site is, seen from another page's folder if the site's address is not known. */
export function addressOf({ baseUrl }: Site, path: string): string {
  return baseUrl === undefined ? `../${path}` : `${baseUrl}/${path}`
}

/** All articles of a language, by category where there are any. */
export function listPage(site: Site, language: string, articles: readonly ListedArticle[]): string {
  const words = siteWords(language)
  const title = site.title ?? words.helpCentre
  const groups = groupBy(articles, ({ category }) => category)
  const collator = new Intl.Collator(language === 'fr' ? 'fr' : 'en')
  const named = [...groups.keys()].filter((category) => category !== undefined).sort(collator.compare)
  const others = groups.get(undefined) ?? []
  const lists = named.map(
    (category) => `<h2>${escapeHtml(category)}</h2>\n${listOf(groups.get(category) ?? [])}`,
  )
  if (others.length > 0) {
    if (named.length > 0) lists.push(`<h2>${words.otherArticles}</h2>`)
    lists.push(listOf(others))
  }
  if (lists.length === 0) lists.push(`<p>${words.noArticles}</p>`)
  return sitePage({
    language,
    title,
    root: '../',
    siteTitle: site.title,
    languages: site.languages,
    canonical: site.baseUrl && `${site.baseUrl}/${language}/index.html`,
    main: [`<h1>${escapeHtml(title)}</h1>`, ...lists].join('\n'),
  })

  function listOf(listed: readonly ListedArticle[]): string {
    const items = [...listed]
      .sort((a, b) => collator.compare(a.title, b.title))
      .map(({ title: name, path }) => `<li><a href="../${path}">${escapeHtml(name)}</a></li>`)
    return `<ul class="list">\n${items.join('\n')}\n</ul>`
  }
}

/** The page that finds articles of a language; its script has the index beside it. */
export function searchPage(site: Site, language: string): string {
  const words = siteWords(language)
  const texts = { empty: words.typeToSearch, none: words.noMatch, one: words.oneMatch, many: words.matches }
  const data = Object.entries(texts).map(([name, text]) => `data-${name}="${escapeHtml(text)}"`)
  const french = ['../assets/lunr.stemmer.support.js', '../assets/lunr.fr.js']
  return sitePage({
    language,
    title: words.search,
    root: '../',
    siteTitle: site.title,
    languages: site.languages,
    alternates: new Map(site.languages.map((other) => [other, `../${other}/search.html`])),
    scripts: [
      '../assets/lunr.js',
      ...(language === 'fr' ? french : []),
      'search-index.js',
      '../assets/search.js',
    ],
    main: [
      `<h1>${words.results}</h1>`,
      `<p id="status" role="status" ${data.join(' ')}></p>`,
      `<noscript><p>${words.needsScript}</p></noscript>`,
      '<ul class="list" id="results"></ul>',
    ].join('\n'),
  })
}
