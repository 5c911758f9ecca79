import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Audience } from '../../../access/audience.ts'
import { groupBy } from '../../../platform/group-by.ts'
import { plainText } from '../../../text/markdown/plain-text.ts'
import type { Article } from '../../article.ts'
import type { ArticleDeps } from '../../deps.ts'
import { descriptionOf } from '../../reading/describe-article.ts'
import { SECTIONS } from '../../section-names.ts'
import { pathOf } from '../markdown-file.ts'
import { type AddFile, replaceFolder } from '../replace-path.ts'
import { eachArticle, showArticle } from '../shown-articles.ts'
import { createSearchIndex } from './search-index.ts'
import { SEARCH_SCRIPT } from './search-script.ts'
import { languagePage, siteMap } from './site-index.ts'
import { articlePage, type ListedArticle, listPage, type Site, searchPage } from './site-pages.ts'
import { redirectPage, redirects } from './site-redirects.ts'
import { SITE_STYLE } from './site-style.ts'

export interface SiteExport {
  /** The folder, which an earlier export may have made. */
  readonly path: string
  /** Whose help centre it is. */
  readonly audience: Audience
  readonly language?: string
  readonly title?: string
  /** Where it will be served; without it there is no site map. */
  readonly baseUrl?: string
}

const packages = createRequire(import.meta.url)

/**
 * Exports the published articles as a help centre of static pages, which works from a file server and from files.
 *
 * @throws CodedError EXPORT_PATH_FOREIGN
 */
export async function exportSite(
  deps: ArticleDeps,
  { path, audience, language, title, baseUrl }: SiteExport,
): Promise<{ readonly articles: number; readonly languages: readonly string[] }> {
  const filters = { audience, language }
  return replaceFolder(path, 'site', async (add) => {
    const listed = new Map<string, ListedArticle>()
    for await (const article of eachArticle(deps, filters)) {
      const { category, translationGroup } = await showArticle(deps, article, audience)
      listed.set(article.id, { ...entryOf(article), category, translationGroup })
    }
    const byLanguage = groupBy([...listed.values()], (each) => each.language)
    const languages = [...byLanguage.keys()].sort()
    const site: Site = { title, baseUrl: baseUrl?.replace(/\/+$/, ''), languages }
    const translations = translationsOf([...listed.values()])

    const indexes = new Map(languages.map((each) => [each, createSearchIndex(each)]))
    const written: ListedArticle[] = []
    for await (const article of eachArticle(deps, filters)) {
      const entry = listed.get(article.id)
      // Published, or moved to another language, since the lists were made: the next export has it.
      if (entry?.language !== article.language) continue
      const shown = await showArticle(deps, article, audience)
      await add(
        entry.path,
        await articlePage(site, shown, entry.path, translations.get(entry.id) ?? new Map()),
      )
      indexes.get(article.language)?.add(resultOf(article, entry), bodyOf(article))
      written.push(entry)
    }

    for (const each of languages) {
      await add(
        `${each}/index.html`,
        listPage(
          site,
          each,
          written.filter((entry) => entry.language === each),
        ),
      )
      await add(`${each}/search.html`, searchPage(site, each))
      await add(`${each}/search-index.js`, indexes.get(each)?.script() ?? '')
    }
    for await (const { path: from, to } of redirects(deps, written, audience))
      await add(from, redirectPage(site, from, to))
    await add('index.html', languagePage(site))
    if (site.baseUrl !== undefined) await add('sitemap.xml', siteMap(site, written, translations))
    await addAssets(add)
    return { articles: written.length, languages }
  })
}

function entryOf(article: Article): ListedArticle {
  const { id, title, language, updatedAt } = article
  return { id, title, language, updatedAt, path: pathOf(article, 'html') }
}

function resultOf(article: Article, { path, title }: ListedArticle) {
  return { title, href: `../${path}`, excerpt: descriptionOf(article) }
}

function bodyOf(article: Article): string {
  return SECTIONS.map((section) => plainText(article[section])).join('\n')
}

/** Article id → the pages of the article and its translations, by language. */
function translationsOf(articles: readonly ListedArticle[]): Map<string, Map<string, string>> {
  const pages = new Map<string, Map<string, string>>()
  const translated = articles.filter(({ translationGroup }) => translationGroup !== undefined)
  for (const group of groupBy(translated, (each) => each.translationGroup).values()) {
    const byLanguage = new Map(group.map(({ language, path }) => [language, path]))
    for (const { id, language, path } of group) pages.set(id, new Map([...byLanguage, [language, path]]))
  }
  return pages
}

async function addAssets(add: AddFile): Promise<void> {
  const text = (file: string) => readFile(packages.resolve(file), 'utf8')
  await add('assets/site.css', SITE_STYLE)
  await add('assets/search.js', SEARCH_SCRIPT)
  await add('assets/lunr.js', await text('lunr/lunr.min.js'))
  await add('assets/lunr.stemmer.support.js', await text('lunr-languages/lunr.stemmer.support.js'))
  await add('assets/lunr.fr.js', await text('lunr-languages/lunr.fr.js'))
  await add('licences.txt', await licences())
}

/** The licences of the libraries among the assets, each with its whole text. */
async function licences(): Promise<string> {
  const texts = ['lunr', 'lunr-languages'].map(async (name) => {
    const file = packages.resolve(`${name}/package.json`)
    const { version, license } = JSON.parse(await readFile(file, 'utf8'))
    const text = await readFile(join(dirname(file), 'LICENSE'), 'utf8')
    return `${name} ${version} (${license})\n\n${text.trim()}\n`
  })
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`)
}
