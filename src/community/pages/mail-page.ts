import { otherLanguage, type Page, type Site } from '../../help-centre/pages/layout.ts'
import { html } from '../../text/html/html.ts'
import { fillIn } from '../../text/language/written.ts'
import { followPath, mailPath } from './paths.ts'
import { askingWordsIn } from './words.ts'

/** Where an address is confirmed or deleted. Nothing happens by opening it: programs open links in mails too. */
export function mailPage(
  site: Site,
  {
    number,
    secret,
    state,
    mayFollow,
  }: {
    readonly number: string
    readonly secret: string
    readonly state: 'unconfirmed' | 'confirmed' | 'none'
    /** Whether the link leads to the question. */
    readonly mayFollow: boolean
  },
): Page {
  const { language } = site
  const words = askingWordsIn(language)
  const title = fillIn(words.mailTitle, { number })
  const text = { unconfirmed: words.confirmText, confirmed: words.stopText, none: words.stopped }[state]
  return {
    title,
    isIndexed: false,
    inOther: mailPath(otherLanguage(language), secret),
    main: html`<div class="welcome"><h1>${title}</h1><p role="status">${text}</p>
${
  state !== 'none' &&
  html`<form method="post" action="${mailPath(language, secret)}">${
    state === 'unconfirmed' && html`<p><button name="do" value="confirm">${words.confirm}</button></p>`
  }<button class="plain" name="do" value="stop">${state === 'unconfirmed' ? words.notMe : words.mailStop}</button></form>`
}
${mayFollow && html`<p><a href="${followPath(language, secret)}">${words.toQuestion}</a></p>`}</div>`,
  }
}
