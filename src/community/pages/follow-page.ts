import type { ListedArticle } from '../../articles/reading/published-articles.ts'
import { withinPage } from '../../articles/reading/render-sections.ts'
import { articlePath } from '../../help-centre/pages/addresses.ts'
import { dated } from '../../help-centre/pages/article-page.ts'
import { otherLanguage, type Page, type Site } from '../../help-centre/pages/layout.ts'
import { topicName } from '../../help-centre/pages/topic-names.ts'
import { wordsIn } from '../../help-centre/pages/words.ts'
import { type Html, html, safeHtml } from '../../text/html/html.ts'
import { fillIn } from '../../text/language/written.ts'
import { toHtml } from '../../text/markdown/to-html.ts'
import type { Expected } from '../following/expected-answer.ts'
import type { FollowedPost, FollowedQuestion } from '../following/followed-question.ts'
import { LONGEST_TEXT } from '../question.ts'
import { followPath, mailPath } from './paths.ts'
import { type AskingWords, askingWordsIn, durationIn } from './words.ts'

export interface FollowView extends FollowedQuestion {
  readonly secret: string
  /** A category that may be shown. */
  readonly topic?: string
  readonly expected?: Expected
  /** Articles that answer the question. */
  readonly articles: readonly ListedArticle[]
  /** Whether there is an e-mail address, and it is confirmed. */
  readonly mail: 'none' | 'unconfirmed' | 'confirmed'
  /** Signed, of the form for a reply. */
  readonly token: string
  /** What was typed and could not be taken. */
  readonly typed?: string
  readonly problem?: string
  /** Whether a reply was taken just now. */
  readonly isReplied?: boolean
  readonly now: Date
}

/** The page that an asker keeps: what became of the question, the answers, and what to say to them. */
export async function followPage(site: Site, view: FollowView): Promise<Page> {
  const { language } = site
  const { question, title, body, posts, secret } = view
  const words = askingWordsIn(language)
  const isOpen = question.status === 'passed-on' && view.thread !== undefined
  const number = `${question.number.slice(0, 4)}\u00a0${question.number.slice(4)}`
  return {
    title: title === '' ? words.ask : title,
    isIndexed: false,
    inOther: followPath(otherLanguage(language), secret),
    main: html`<article class="question followed"><h1>${title === '' ? fillIn(words.mailTitle, { number }) : title}</h1>
<p class="facts">${dated(fillIn(words.number, { number }), language, question.askedAt)}${
      view.topic !== undefined && html` · ${fillIn(words.topicIs, { topic: topicName(site, view.topic) })}`
    }</p>
${standing(site, view, words)}
${
  view.articles.length > 0 &&
  html`<p class="notice">${words.article} ${view.articles.map((article) => html`<a href="${articlePath(article)}" lang="${article.language}">${article.title}</a> `)}</p>`
}
${body !== '' && body !== title && html`<section class="asked"><h2>${words.details_}</h2>${await markdown(body)}</section>`}
${await Promise.all(posts.map((each) => shownPost(site, view, each, words)))}
${isOpen && replyForm(site, view, words)}
</article>`,
  }
}

function standing(site: Site, view: FollowView, words: AskingWords): Html {
  const { question, thread, posts, articles } = view
  const contact = site.settings.contact
  if (question.status === 'rejected')
    return html`<div class="notice" role="note"><p>${words.rejected}</p>${contact !== '' && html`<p><a class="button" href="${contact}">${wordsIn(site.language).contact}</a></p>`}</div>`
  if (question.status === 'held')
    return html`<div class="notice" role="note"><h2>${words.heldTitle}</h2><p>${words.held}</p>${steps([words.nextPage, words.nextSecret])}</div>`
  if (thread === undefined && question.status === 'passed-on')
    return html`<p class="notice" role="note">${words.gone}</p>`
  if (posts.some(({ post }) => post.accepted))
    return html`<div class="notice good" role="note"><h2>${words.solved}</h2></div>`
  const isAnswered = articles.length > 0 || posts.some(({ isOwn }) => !isOwn)
  if (isAnswered)
    return html`<div class="notice" role="note"><h2>${words.answered}</h2>${mailPart(site, view, words)}</div>`
  return html`<div class="notice" role="note"><h2>${words.waiting}</h2>
${expectedPart(site, view, words)}
<h3>${words.next}</h3>${steps([words.nextRead, words.nextPage, words.nextSecret])}
${mailPart(site, view, words)}</div>`
}

function steps(listed: readonly string[]): Html {
  return html`<ul>${listed.map((each) => html`<li>${each}</li>`)}</ul>`
}

function expectedPart({ language }: Site, { expected, now }: FollowView, words: AskingWords): Html | false {
  if (expected === undefined) return false
  if (expected.kind === 'usual')
    return html`<p>${fillIn(words.usual, { time: durationIn(language, expected.minutes) })}</p>`
  if (expected.isLate) return html`<p>${dated(words.late, language, expected.at)}</p>`
  const minutes = (Date.parse(expected.at) - now.getTime()) / 60_000
  return html`<p><time datetime="${expected.at}">${fillIn(words.due, { time: durationIn(language, minutes) })}</time></p>`
}

function mailPart({ language }: Site, { mail, secret }: FollowView, words: AskingWords): Html | false {
  if (mail === 'none') return false
  return html`<p>${mail === 'confirmed' ? words.nextMail : words.unconfirmed}</p>
<form method="post" action="${mailPath(language, secret)}"><button class="plain" name="do" value="stop">${words.mailStop}</button></form>`
}

async function shownPost(
  { language }: Site,
  { secret, thread }: FollowView,
  { post, isOwn, useful }: FollowedPost,
  words: AskingWords,
): Promise<Html> {
  const path = followPath(language, secret)
  const by = dated(isOwn ? words.you : words.answerOf, language, post.createdAt)
  if (isOwn)
    return html`<section class="reply" id="${post.id}">${await markdown(post.body)}<p class="facts">${by}</p>
<form method="post" action="${path}/withdrawals"><input type="hidden" name="post" value="${post.id}"><button class="plain">${words.takeBack}</button></form></section>`
  const button = (value: string, label: string, kind = '') =>
    html`<button${kind !== '' && html` class="${kind}"`} name="useful" value="${value}">${label}</button>`
  return html`<section class="${post.accepted ? 'accepted' : 'answer'}" id="${post.id}"><h2>${words.answer}</h2><div${thread !== undefined && html` lang="${thread.language}"`}>${await markdown(post.body)}</div><p class="facts">${by}</p>
<div class="feedback"><form method="post" action="${path}/marks"><input type="hidden" name="post" value="${post.id}">${
    useful === undefined
      ? html`<h3>${words.useful}</h3>${button('yes', words.yes)} ${button('no', words.no)}`
      : html`<p role="status">${useful ? words.saidYes : words.saidNo}</p> ${button('undo', words.undo, 'plain')}`
  }</form></div></section>`
}

function replyForm({ language }: Site, view: FollowView, words: AskingWords): Html {
  const { secret, token, typed = '', problem, isReplied } = view
  return html`<section id="reply"><h2>${words.reply}</h2>
${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
${isReplied === true && html`<p role="status">${words.replied}</p>`}
<form class="reply-form" method="post" action="${followPath(language, secret)}/replies"><input type="hidden" name="token" value="${token}">
<label for="text">${words.replyLabel}</label>
<textarea id="text" name="text" rows="4" required maxlength="${LONGEST_TEXT}"${problem !== undefined && html` aria-invalid="true"`}>
${typed}</textarea>
<button>${words.replySend}</button></form></section>`
}

async function markdown(text: string): Promise<Html> {
  return safeHtml(withinPage(await toHtml(text)))
}
