import { descriptionOf } from '../../articles/reading/describe-article.ts'
import type { CategoryCount, ListedArticle } from '../../articles/reading/published-articles.ts'
import { html } from '../../text/html/html.ts'
import { fillIn } from '../../text/language/written.ts'
import { articlePath, categoryPath, feedPath } from './addresses.ts'
import { breadcrumbs, counted, type Page, type Site, trailData } from './layout.ts'
import { topicName } from './topic-names.ts'
import { wordsIn } from './words.ts'

/** Articles on a page of a topic. */
export const ARTICLES_A_PAGE = 50

/** The articles of a topic, by title. */
export function categoryPage(
  site: Site,
  {
    found,
    articles,
    page,
  }: { readonly found: CategoryCount; readonly articles: readonly ListedArticle[]; readonly page: number },
): Page {
  const { language, base } = site
  const words = wordsIn(language)
  const name = topicName(site, found.category)
  const path = categoryPath(language, found.category)
  const at = (number: number) => (number === 1 ? path : `${path}?page=${number}`)
  const last = Math.ceil(found.articles / ARTICLES_A_PAGE)
  const title = page === 1 ? name : `${name} (${fillIn(words.pageOf, { page: String(page) })})`
  const trail = [{ name }]
  return {
    title,
    canonical: base + at(page),
    feed: found.category === undefined ? undefined : feedPath(language, found.category),
    data: [trailData(site, trail)],
    main: html`${breadcrumbs(site, trail)}
<h1>${title}</h1>
<p class="quiet">${counted(found.articles, words.oneArticle, words.articles, language)}</p>
<ul class="results">${articles.map(
      (article) =>
        html`<li><a href="${articlePath(article)}">${article.title}</a><p>${descriptionOf(article)}</p></li>`,
    )}</ul>
${
  last > 1 &&
  html`<nav class="pages" aria-label="${fillIn(words.pageOf, { page: `${page} / ${last}` })}">${
    page > 1 && html`<a rel="prev" href="${at(page - 1)}">← ${words.earlier}</a>`
  } <span>${page} / ${last}</span> ${page < last && html`<a rel="next" href="${at(page + 1)}">${words.later} →</a>`}</nav>`
}`,
  }
}
