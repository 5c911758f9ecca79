import { html } from '../../text/html/html.ts'
import { type Page, type Site, searchBox } from './layout.ts'
import { wordsIn } from './words.ts'

/** What a page that cannot be shown says. What is absent and what is forbidden are told alike. */
export const MESSAGES = {
  notFound: { title: 'notFound', text: 'notFoundWhat', searches: true },
  gone: { title: 'gone', text: 'goneWhat', searches: true },
  failed: { title: 'failed', text: 'failedWhat', searches: false },
  refused: { title: 'refused', text: 'refusedWhat', searches: false },
  busy: { title: 'busy', text: 'busyWhat', searches: false },
} as const

/** A page in the place of one that cannot be shown, which says so and searches. */
export function messagePage(site: Site, kind: keyof typeof MESSAGES, q: string): Page {
  const words = wordsIn(site.language)
  const { title, text, searches } = MESSAGES[kind]
  return {
    title: words[title],
    isIndexed: false,
    ownSearch: true,
    main: html`<div class="welcome"><h1>${words[title]}</h1>
<p>${words[text]}</p>
${searches && searchBox(site, { q, isLarge: true })}</div>`,
  }
}

/** A refusal in the words of the error. */
export function refusalPage(site: Site, detail: string): Page {
  const words = wordsIn(site.language)
  return {
    title: words.refused,
    isIndexed: false,
    main: html`<div class="welcome"><h1>${words.refused}</h1><p>${detail}</p></div>`,
  }
}
