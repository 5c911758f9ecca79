import { escapeHtml } from '../../../text/html/html.ts'
import { nameOfLanguage } from '../../../text/language/written.ts'
import { mapEntry, siteMapOf } from '../../reading/site-map.ts'
import type { ListedArticle, Site } from './site-pages.ts'
import { siteWords } from './site-words.ts'

/** The first page: it leads on to the only language, or lets readers choose. */
export function languagePage({ title, languages }: Site): string {
  const [first = 'en', ...others] = languages
  const words = siteWords(first)
  const items = languages.map(
    (each) =>
      `<li><a href="${each}/index.html" lang="${each}" hreflang="${each}">${escapeHtml(nameOfLanguage(each))}</a></li>`,
  )
  const isOne = languages.length > 0 && others.length === 0
  const shown = escapeHtml(title ?? words.helpCentre)
  return `<!doctype html>
<html lang="${first}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${isOne ? `<meta http-equiv="refresh" content="0; url=${first}/index.html">\n` : ''}<title>${shown}</title>
<link rel="stylesheet" href="assets/site.css">
</head>
<body>
<main>
<h1>${shown}</h1>
${languages.length === 0 ? `<p>${words.noArticles}</p>` : `<ul class="list">\n${items.join('\n')}\n</ul>`}
</main>
</body>
</html>
`
}

/** The site map for search engines, with the translations of each page. */
export function siteMap(
  { baseUrl, languages }: Site,
  articles: readonly ListedArticle[],
  translations: ReadonlyMap<string, ReadonlyMap<string, string>>,
): string {
  const at = (path: string) => `${baseUrl}/${path}`
  const lists = languages.map((language) => mapEntry({ url: at(`${language}/index.html`) }))
  const pages = articles.map(({ id, path, updatedAt }) => {
    const others = [...(translations.get(id) ?? [])].map(
      ([language, other]) => [language, at(other)] as const,
    )
    return mapEntry({ url: at(path), changedAt: updatedAt, translations: new Map(others) })
  })
  return siteMapOf([...lists, ...pages])
}
