import { articlePath, askPath, questionPath } from '../../help-centre/pages/addresses.ts'
import { otherLanguage, type Page, type Site } from '../../help-centre/pages/layout.ts'
import { topicName } from '../../help-centre/pages/topic-names.ts'
import type { SearchItem } from '../../search/answer-query.ts'
import { type Html, html } from '../../text/html/html.ts'
import { LONGEST_TEXT, LONGEST_TITLE } from '../question.ts'
import { type AskingWords, askingWordsIn } from './words.ts'

/** What somebody typed so far. */
export interface TypedQuestion {
  readonly title: string
  readonly body: string
  /** Empty to leave it to us. */
  readonly topic: string
  readonly email: string
}

/** Which field a problem is about. */
export type ProblemField = 'title' | 'body' | 'email' | 'form'

export interface AskView {
  readonly typed: TypedQuestion
  /** Signed, of this form. */
  readonly token: string
  /** Categories to choose among. */
  readonly topics: readonly string[]
  /** `check` while the words were not compared with what there is; then `send`. */
  readonly step: 'check' | 'send'
  /** What may answer the question already. */
  readonly beside: readonly SearchItem[]
  readonly mayMail: boolean
  /** The id of the page that was read before. */
  readonly after?: string
  readonly problem?: { readonly text: string; readonly field: ProblemField }
}

/** The form by which customers ask. Sent once, it comes back with a topic and with what may answer; sent again, it is asked. */
export function askPage(site: Site, view: AskView): Page {
  const { language, settings } = site
  const { typed, token, step, after, problem } = view
  const words = askingWordsIn(language)
  const title = step === 'check' ? words.ask : words.check
  const wrong = (field: ProblemField) => problem?.field === field && html` aria-invalid="true"`
  return {
    title,
    isIndexed: step === 'check' && problem === undefined && typed.title === '',
    inOther: askPath(otherLanguage(language), typed.title.slice(0, LONGEST_TITLE), after),
    main: html`<div class="ask"><div><h1>${title}</h1>
${problem !== undefined && html`<p class="problem" role="alert" id="problem">${problem.text}</p>`}
<form method="post" action="${askPath(language)}" data-proposal="${askPath(language)}/proposal" data-send="${words.send}">
<input type="hidden" name="token" value="${token}"><input type="hidden" name="step" value="${step}">${after !== undefined && html`<input type="hidden" name="after" value="${after}">`}
<p class="trap" aria-hidden="true"><label for="website">${words.leaveEmpty}</label><input id="website" name="website" tabindex="-1" autocomplete="off"></p>
<label for="title">${words.question}</label>
<input id="title" name="title" required maxlength="${LONGEST_TITLE}" value="${typed.title}" autocomplete="off"${wrong('title')}>
<label for="body">${words.details}</label>
<textarea id="body" name="body" rows="6" maxlength="${LONGEST_TEXT}" aria-describedby="body-hint"${wrong('body')}>
${typed.body}</textarea>
<p class="quiet" id="body-hint">${words.detailsHint} ${words.attachments}</p>
${topicField(site, view, words)}
${
  view.mayMail &&
  html`<label for="email">${words.email}</label>
<input id="email" name="email" type="email" autocomplete="email" maxlength="254" value="${typed.email}" aria-describedby="email-hint"${wrong('email')}>
<p class="quiet" id="email-hint">${words.emailHint}</p>`
}
<p class="quiet">${words[`who_${settings.asking.audience}`]}</p>
<button>${step === 'check' ? words.goOn : words.send}</button></form></div>
${besidePart(view.beside, words)}</div>`,
  }
}

function topicField(site: Site, { topics, typed, step }: AskView, words: AskingWords): Html | false {
  if (topics.length === 0) return false
  const option = (value: string, name: string) =>
    value === typed.topic
      ? html`<option value="${value}" selected>${name}</option>`
      : html`<option value="${value}">${name}</option>`
  return html`<label for="topic">${words.topic}</label>
<select id="topic" name="topic"${step === 'send' && typed.topic !== '' && html` aria-describedby="topic-hint"`}>
${option('', words.anyTopic)}${topics.map((topic) => option(topic, topicName(site, topic)))}</select>
${step === 'send' && typed.topic !== '' && html`<p class="quiet" id="topic-hint">${words.topicHint}</p>`}`
}

/** Beside the form on a wide screen, after it on a small one: never in the way of asking. */
function besidePart(items: readonly SearchItem[], words: AskingWords): Html {
  return html`<aside class="beside" aria-labelledby="beside" aria-live="polite"${items.length === 0 && html` hidden`}>
<h2 id="beside">${words.beside}</h2><ul>${items.map(
    (item) =>
      html`<li><a href="${pathOf(item)}" target="_blank" rel="noopener" lang="${item.language}">${item.title}</a></li>`,
  )}</ul></aside>`
}

export function pathOf(item: Pick<SearchItem, 'kind' | 'id' | 'title' | 'language'>): string {
  return item.kind === 'article' ? articlePath(item) : questionPath(item)
}
