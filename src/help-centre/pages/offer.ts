import { type Html, html } from '../../text/html/html.ts'
import { askPath } from './addresses.ts'
import type { Site } from './layout.ts'
import { wordsIn } from './words.ts'

/** Where somebody may turn to who seems to give up. */
interface Turn {
  /** What they searched for. */
  readonly q?: string
  /** The id of the page that they read. */
  readonly after?: string
}

/** Where people answer: the form for a question and the company's chat, as far as there are any. */
function waysOut({ settings, language }: Pick<Site, 'settings' | 'language'>, { q, after }: Turn): Html[] {
  const { asking, chat } = settings
  const ways: Html[] = []
  if (asking.open) ways.push(html`<a href="${askPath(language, q, after)}">${wordsIn(language).ask}</a>`)
  if (chat.url !== '') ways.push(html`<a href="${chat.url}">${chat.label[language]}</a>`)
  return ways
}

/** Whether there is anything to offer. */
export function mayOffer(site: Site): boolean {
  return waysOut(site, {}).length > 0
}

/** A line that offers help, out of the way; nothing where nobody would answer. */
export function quietOffer(site: Site, lead: string, turn: Turn): Html | false {
  const ways = waysOut(site, turn)
  return ways.length > 0 && html`<p class="quiet ways">${lead} ${ways}</p>`
}

/** A box that offers help, which closes without a script; nothing where nobody would answer. */
export function openOffer(site: Site, turn: Turn): Html | false {
  const words = wordsIn(site.language)
  const ways = waysOut(site, turn)
  if (ways.length === 0) return false
  return html`<details class="offer" open><summary>${words.notFinding} <small>${words.hide}</small></summary>
<p class="ways">${ways}</p></details>
`
}
