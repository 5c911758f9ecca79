import type { CategoryCount } from '../../articles/reading/published-articles.ts'
import { groupBy } from '../../platform/group-by.ts'
import type { SearchItem } from '../../search/answer-query.ts'
import { type Html, html } from '../../text/html/html.ts'
import { fillIn, nameOfLanguage } from '../../text/language/written.ts'
import type { Choices, Narrowing } from '../narrow-results.ts'
import { articlePath, askPath, questionPath, searchPath } from './addresses.ts'
import { topics } from './home-page.ts'
import { counted, otherLanguage, type Page, type Site } from './layout.ts'
import { FOUND } from './mark-words.ts'
import { narrowing, searchHelp } from './narrowing.ts'
import { openOffer, quietOffer } from './offer.ts'
import { topicName } from './topic-names.ts'
import { type Words, wordsIn } from './words.ts'

export interface Results {
  readonly q: string
  /** What the reader chose. */
  readonly chosen: Narrowing
  readonly choices: Choices
  /** Those of this page, best first. */
  readonly items: readonly SearchItem[]
  /** Those of all pages. */
  readonly count: number
  /** Whether more fit, which no page shows. */
  readonly more: boolean
  /** What misspelt words of the question were taken for, the question whole. */
  readonly corrected?: string
  /** Whether more may be found in a while. */
  readonly indexing?: boolean
  /** What comes nearest, where nothing fits. */
  readonly nearest: readonly SearchItem[]
  /** Where the next ones begin. */
  readonly next?: number
  /** What was found in other languages, where this one has nothing. */
  readonly elsewhere: readonly SearchItem[]
  /** Topics to browse where nothing was found. */
  readonly categories: readonly CategoryCount[]
  /** Whether help is offered before the answers, because the reader seems to give up. */
  readonly offersHelp?: boolean
}

/** What was found, by topic; what there is in the other language; or that there is nothing, and what comes of it. */
export function resultsPage(site: Site, results: Results): Page {
  const { language } = site
  const { q } = results
  const words = wordsIn(language)
  return {
    title: q === '' ? words.resultsTitle : fillIn(words.results, { q }),
    isIndexed: false,
    inOther: searchPath(otherLanguage(language), q),
    q,
    main:
      q === ''
        ? nothingAsked(site, words)
        : results.items.length > 0 || results.choices.kind.length + results.choices.topic.length > 0
          ? found(site, results)
          : nothing(site, results),
  }
}

function nothingAsked(site: Site, words: Words): Html {
  return html`<h1>${words.resultsTitle}</h1><p>${words.typeToSearch}</p>${searchHelp(site)}`
}

function found(site: Site, results: Results): Html {
  const { q, corrected, indexing, chosen, choices, items, count, more, next, offersHelp = false } = results
  const { language } = site
  const words = wordsIn(language)
  const groups = groupBy(items, ({ kind, category }) =>
    kind === 'thread' ? words.fromCommunity : topicName(site, category),
  )
  const isOne = groups.size === 1 && items.every(({ kind }) => kind === 'article')
  return html`<h1>${fillIn(words.results, { q })}</h1>
<p class="quiet" role="status">${counted(count, words.oneResult, more ? words.bestResults : words.resultCount, language)}${
    corrected !== undefined && html` ${fillIn(words.readAs, { q: corrected })}`
  }${indexing && html` ${words.indexing}`}</p>
${offersHelp && openOffer(site, { q })}${narrowing(site, q, chosen, choices)}
${[...groups].map(
  ([name, group]) =>
    html`<section class="group">${!isOne && html`<h2>${name}</h2>`}${list(group, q, language)}</section>`,
)}
${
  next !== undefined &&
  html`<p><a class="button" href="${searchPath(language, q, { ...chosen, after: next })}">${words.more}</a></p>`
}
${searchHelp(site)}
${!offersHelp && quietOffer(site, words.notFoundHere, { q })}`
}

function nothing(site: Site, { q, indexing, nearest, elsewhere, categories }: Results): Html {
  const { language, settings } = site
  const words = wordsIn(language)
  return html`<h1>${fillIn(indexing ? words.nothingSoFar : words.nothing, { q })}</h1>
${
  elsewhere.length > 0
    ? html`<section class="group"><h2>${words.elsewhere}</h2><p role="status">${words.inOther}</p>${list(elsewhere, q, language)}</section>`
    : html`<p role="status">${indexing ? words.indexing : words.nothingYet}</p>`
}
${
  nearest.length > 0 &&
  html`<section class="group"><h2>${words.nearest}</h2>${list(nearest, q, language)}</section>`
}
${
  settings.asking.open
    ? html`<p><a class="button" href="${askPath(language, q)}">${words.askThis}</a></p><p class="quiet">${words.askPromise}</p>`
    : html`<p>${words.tryOther}</p>`
}
${settings.chat.url !== '' && html`<p><a class="button" href="${settings.chat.url}">${settings.chat.label[language]}</a></p>`}
${settings.contact !== '' && html`<p><a class="button" href="${settings.contact}">${words.contact}</a></p>`}
${searchHelp(site)}
${categories.length > 0 && topics(site, categories)}`
}

/** @param around the language of the page */
function list(items: readonly SearchItem[], q: string, around: string): Html {
  return html`<ul class="results">${items.map((item) => {
    const path = item.kind === 'article' ? articlePath(item) : questionPath(item)
    const inLanguage = item.language === around ? undefined : item.language
    return html`<li${inLanguage && html` lang="${inLanguage}"`}><a href="${path}?q=${encodeURIComponent(q)}#${FOUND}">${marked(
      item.title,
      item.titleMarks,
    )}</a>${inLanguage && html` <small>${nameOfLanguage(inLanguage)}</small>`}<p>${marked(item.snippet.text, item.snippet.marks)}</p></li>`
  })}</ul>`
}

/** A text with its matches marked. */
function marked(text: string, marks: readonly (readonly [number, number])[]): Html {
  let at = 0
  const pieces = marks.map(([start, end]) => {
    const before = text.slice(at, start)
    at = end
    return html`${before}<mark>${text.slice(start, end)}</mark>`
  })
  return html`${pieces}${text.slice(at)}`
}
