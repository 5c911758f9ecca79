import { type Html, html } from '../../text/html/html.ts'
import { nameOfLanguage } from '../../text/language/written.ts'
import type { Choice, Choices, Narrowing } from '../narrow-results.ts'
import { searchPath } from './addresses.ts'
import { NUMBERS, type Site } from './layout.ts'
import { topicName } from './topic-names.ts'
import { wordsIn } from './words.ts'

/** Links that narrow results, with how many each leaves; the one that was chosen leads back. */
export function narrowing(site: Site, q: string, chosen: Narrowing, choices: Choices): Html {
  const { language } = site
  const words = wordsIn(language)
  const kinds = { article: words.kindArticle, thread: words.kindThread }
  const group = (name: keyof Choices, title: string, nameOf: (value: string) => string, usual?: string) => {
    const values: readonly Choice[] = choices[name]
    if (values.length < 2 && chosen[name] === undefined) return []
    const links = values.map(({ value, count }) => {
      const isChosen = value === chosen[name]
      const isCurrent = value === (chosen[name] ?? usual)
      const without = isChosen || value === usual
      const path = searchPath(language, q, { ...chosen, [name]: without ? undefined : value })
      return html`<li><a${isCurrent && html` aria-current="true"`} href="${path}">${nameOf(value)} <small>${NUMBERS[language].format(count)}</small>${
        isChosen && html`<span class="unseen"> (${words.showAgain})</span> <span aria-hidden="true">×</span>`
      }</a></li>`
    })
    return [
      html`<div class="choice"><span id="by-${name}">${title}</span><ul aria-labelledby="by-${name}">${links}</ul></div>`,
    ]
  }
  const groups = [
    ...group('topic', words.topic, (value) => topicName(site, value)),
    ...group('kind', words.kind, (value) => kinds[value === 'article' ? 'article' : 'thread']),
    ...group('in', words.languages, nameOfLanguage, language),
  ]
  const isNarrowed = Object.values(chosen).some((each) => each !== undefined)
  if (!isNarrowed && groups.length === 0) return html``
  return html`<nav class="narrow" aria-label="${words.topicsFound}">${groups}${
    isNarrowed && html`<p><a href="${searchPath(language, q)}">${words.showAll}</a></p>`
  }</nav>`
}

/** How a search is written, for those who want to say more than words. */
export function searchHelp(site: Site): Html {
  const words = wordsIn(site.language)
  const examples = [
    [words.exampleQuoted, words.meansQuoted],
    [words.exampleWithout, words.meansWithout],
    [words.exampleTitle, words.meansTitle],
    [words.exampleLanguage, words.meansLanguage],
  ]
  return html`<details class="how"><summary>${words.howToSearch}</summary><dl>${examples.map(
    ([written = '', meaning = '']) => html`<div><dt><code>${written}</code></dt><dd>${meaning}</dd></div>`,
  )}</dl></details>`
}
