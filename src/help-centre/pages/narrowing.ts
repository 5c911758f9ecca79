import { type Html, html } from '../../text/html/html.ts'
import { fillIn, nameOfLanguage } from '../../text/language/written.ts'
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
  const group = <Name extends keyof Choices>(
    name: Name,
    title: string,
    nameOf: (value: Choices[Name][number]['value']) => string,
    current: string | undefined = chosen[name],
  ) => {
    const values: readonly Choice[] = choices[name]
    if (values.length < 2 && chosen[name] === undefined) return []
    return [
      html`<div class="choice"><span id="by-${name}">${title}</span><ul aria-labelledby="by-${name}">${values.map(
        ({ value, count }) => {
          const isChosen = value === current
          const path = searchPath(language, q, { ...chosen, [name]: isChosen ? undefined : value })
          const label = nameOf(value as Choices[Name][number]['value'])
          const counted = html`${label} <small>${NUMBERS[language].format(count)}</small>`
          return isChosen
            ? html`<li><a aria-current="true" aria-label="${fillIn(words.showAgain, { name: label })}" href="${path}">${counted} <span aria-hidden="true">×</span></a></li>`
            : html`<li><a href="${path}">${counted}</a></li>`
        },
      )}</ul></div>`,
    ]
  }
  const groups = [
    ...group('topic', words.topic, (value) => topicName(site, value)),
    ...group('kind', words.kind, (value) => kinds[value]),
    ...group('in', words.languages, nameOfLanguage),
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
  const row = ([written, meaning]: readonly [string, string]) =>
    html`<div><dt><code>${written}</code></dt><dd>${meaning}</dd></div>`
  return html`<details class="how"><summary>${words.howToSearch}</summary><dl>${[
    [words.exampleQuoted, words.meansQuoted] as const,
    [words.exampleWithout, words.meansWithout] as const,
    [words.exampleTitle, words.meansTitle] as const,
    [words.exampleLanguage, words.meansLanguage] as const,
  ].map(row)}</dl></details>`
}
