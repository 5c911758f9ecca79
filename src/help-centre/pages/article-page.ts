import type { Article, ArticleContent } from '../../articles/article.ts'
import { articleData } from '../../articles/reading/article-data.ts'
import { descriptionOf, repeatsTitle } from '../../articles/reading/describe-article.ts'
import type { ListedArticle } from '../../articles/reading/published-articles.ts'
import type { ReadableArticle } from '../../articles/reading/read-article.ts'
import { renderSections } from '../../articles/reading/render-sections.ts'
import type { Section } from '../../articles/section-names.ts'
import { type Html, html, safeHtml } from '../../text/html/html.ts'
import { dateIn, fillIn, listIn, nameOfLanguage } from '../../text/language/written.ts'
import { articlePath, categoryPath } from './addresses.ts'
import { type Anchor, addAnchors } from './anchors.ts'
import { type FeedbackStep, feedbackForm } from './feedback-form.ts'
import { breadcrumbs, otherLanguage, type Page, type Site, type Trail, trailData } from './layout.ts'
import type { WordMarker } from './mark-words.ts'
import { topicName } from './topic-names.ts'
import { type Words, wordsIn } from './words.ts'

export interface ArticleView extends ReadableArticle {
  readonly related: readonly ListedArticle[]
  /** Marks what was searched for. */
  readonly marker?: WordMarker
  readonly q?: string
  readonly feedback: FeedbackStep
}

/** Contents are of use from so many headings on. */
const LEAST_CONTENTS = 3
/** Sections under headings that say to customers what they are; the issue comes first and needs none. */
const HEADINGS: Readonly<Partial<Record<Section, keyof Words>>> = {
  environment: 'environment',
  resolution: 'resolution',
  cause: 'cause',
}

/** The page of a published article. */
export async function articlePage(site: Site, view: ArticleView): Promise<Page> {
  const { language, base } = site
  const { article, checkedAt, category, helpers, translations, related, marker, feedback } = view
  const words = wordsIn(language)
  const path = articlePath(article)
  const trail: Trail = [
    ...(category === undefined
      ? []
      : [{ name: topicName(site, category), path: categoryPath(language, category) }]),
    { name: article.title },
  ]
  const body = await bodyOf(article, words, marker)
  const others = [...translations].filter(([each]) => each !== article.language)
  const inOther = translations.get(otherLanguage(language))
  return {
    title: article.title,
    description: descriptionOf(article),
    canonical: base + path,
    translations: new Map([...translations].map(([each, one]) => [each, articlePath(one)])),
    inOther: inOther && articlePath(inOther),
    kind: 'article',
    q: view.q,
    data: [
      articleData(article, {
        category: category && topicName(site, category),
        people: helpers,
        url: base + path,
      }),
      trailData(site, trail),
    ],
    main: html`${breadcrumbs(site, trail)}
<article class="columns" lang="${article.language}">
<header><h1>${article.title}</h1>
<p class="facts">${dated(words.checked, language, checkedAt)}${others.map(
      ([each, one]) =>
        html` <a href="${articlePath(one)}" lang="${each}" hreflang="${each}">${fillIn(words.otherLanguage, { language: nameOfLanguage(each) })}</a>`,
    )}</p></header>
${contents(body.anchors, words)}
<div class="body">${body.markup}
${helpers.length > 0 && html`<p class="facts">${fillIn(words.helped, { names: listIn(language, helpers) })}</p>`}</div>
</article>
${feedbackForm(site, { path, id: article.id, step: feedback })}
${related.length > 0 && relatedList(related, words)}`,
  }
}

/** The page of a draft, as it would be published, for whoever has its link. */
export async function previewPage(
  site: Site,
  { content, expiresAt }: { readonly content: ArticleContent; readonly expiresAt: string },
): Promise<Page> {
  const words = wordsIn(site.language)
  const body = await bodyOf(content, words, undefined)
  return {
    title: content.title,
    isIndexed: false,
    main: html`<p class="notice" role="note">${dated(words.preview, site.language, expiresAt)}</p>
<article class="columns" lang="${content.language}">
<header><h1>${content.title}</h1></header>
${contents(body.anchors, words)}
<div class="body">${body.markup}</div>
</article>`,
  }
}

async function bodyOf(
  content: ArticleContent | Article,
  words: Words,
  marker: WordMarker | undefined,
): Promise<{ readonly markup: Html; readonly anchors: readonly Anchor[] }> {
  const sections = await renderSections(content)
  const anchors: Anchor[] = []
  let markup = ''
  for (const { section, markup: rendered } of sections) {
    if (section === 'issue' && repeatsTitle(content)) continue
    const heading = HEADINGS[section]
    const part = addAnchors(rendered, section)
    if (heading === undefined) markup += `<div class="lead">${part.markup}</div>\n`
    else {
      anchors.push({ id: section, text: html`${words[heading]}`.markup })
      markup += `<section class="${section}"><h2 id="${section}">${html`${words[heading]}`}</h2>\n${part.markup}</section>\n`
    }
    anchors.push(...part.anchors)
  }
  return { markup: safeHtml(marker === undefined ? markup : marker.mark(markup)), anchors }
}

function contents(anchors: readonly Anchor[], words: Words): Html | undefined {
  if (anchors.length < LEAST_CONTENTS) return undefined
  return html`<nav class="contents" aria-labelledby="contents"><h2 id="contents">${words.onThisPage}</h2>
<ul>${anchors.map(({ id, text }) => html`<li><a href="#${id}">${safeHtml(text)}</a></li>`)}</ul></nav>`
}

function relatedList(related: readonly ListedArticle[], words: Words): Html {
  return html`<section class="related" aria-labelledby="related"><h2 id="related">${words.related}</h2>
<ul class="lines">${related.map((each) => html`<li><a href="${articlePath(each)}">${each.title}</a></li>`)}</ul></section>`
}

/** A sentence with a date that machines read too. */
export function dated(sentence: string, language: string, iso: string): Html {
  const [before = '', after = ''] = sentence.split('{date}')
  return html`${before}<time datetime="${iso}">${dateIn(language, iso)}</time>${after}`
}
