import type { CategoryCount, ListedArticle } from '../../articles/reading/published-articles.ts'
import { type Html, html } from '../../text/html/html.ts'
import { articlePath, askPath, categoryPath, feedPath, homePath } from './addresses.ts'
import { counted, otherLanguage, type Page, type Site, searchBox } from './layout.ts'
import { topicName } from './topic-names.ts'
import { wordsIn } from './words.ts'

/** Where people begin: one search box, what helped most, and the topics. */
export function homePage(
  site: Site,
  {
    categories,
    popular,
  }: { readonly categories: readonly CategoryCount[]; readonly popular: readonly ListedArticle[] },
): Page {
  const { language, settings, base } = site
  const words = wordsIn(language)
  const name = settings.name[language]
  const path = homePath(language)
  const isEmpty = popular.length === 0
  return {
    title: name,
    description: `${name}. ${words.headline}`,
    canonical: base + path,
    translations: new Map([language, otherLanguage(language)].map((each) => [each, homePath(each)])),
    feed: feedPath(language),
    ownSearch: true,
    data: [{ '@type': 'WebSite', name, url: base + path, inLanguage: language }],
    main: html`<div class="welcome">
<h1>${words.headline}</h1>
${searchBox(site, { isLarge: true })}
<div class="recent"></div>
</div>
${isEmpty && html`<p class="quiet">${words.emptyCentre}</p>`}
${
  !isEmpty &&
  html`<section aria-labelledby="popular"><h2 id="popular">${words.popular}</h2>
<ul class="lines">${popular.map((article) => html`<li><a href="${articlePath(article)}">${article.title}</a></li>`)}</ul></section>`
}
${categories.length > 0 && topics(site, categories)}
${settings.asking.open && html`<p class="quiet">${words.notFoundHere} <a href="${askPath(language)}">${words.ask}</a></p>`}`,
  }
}

/** The topics with how many articles each has. */
export function topics(site: Site, categories: readonly CategoryCount[]): Html {
  const { language } = site
  const words = wordsIn(language)
  return html`<section aria-labelledby="topics"><h2 id="topics">${words.topics}</h2>
<ul class="topics">${categories.map(
    ({ category, articles }) =>
      html`<li><a href="${categoryPath(language, category)}"><span>${topicName(site, category)}</span> <small>${counted(articles, words.oneArticle, words.articles, language)}</small></a></li>`,
  )}</ul></section>`
}
