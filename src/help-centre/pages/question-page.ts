import type { Article } from '../../articles/article.ts'
import { shortened } from '../../articles/reading/describe-article.ts'
import { withinPage } from '../../articles/reading/render-sections.ts'
import { type Html, html, safeHtml } from '../../text/html/html.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import { toHtml } from '../../text/markdown/to-html.ts'
import type { Post, Thread } from '../../threads/thread.ts'
import { articlePath, questionPath } from './addresses.ts'
import { dated } from './article-page.ts'
import { breadcrumbs, type Page, type Site, trailData } from './layout.ts'
import type { WordMarker } from './mark-words.ts'
import { quietOffer } from './offer.ts'
import { wordsIn } from './words.ts'

export interface QuestionView {
  readonly thread: Thread
  /** The question first. */
  readonly posts: readonly Post[]
  /** The article that was made from it, where the reader may see one. */
  readonly article?: Article
  /** Whether members are named. */
  readonly isNamed: boolean
  readonly marker?: WordMarker
  readonly q?: string
}

/** Answers beside the accepted ones: whoever wants all of them reads on in the community. */
const MOST_OTHERS = 5

/** A resolved thread: the question, what was accepted, and where the discussion is at home. */
export async function questionPage(site: Site, view: QuestionView): Promise<Page> {
  const { language, base } = site
  const { thread, posts, article, q } = view
  const words = wordsIn(language)
  const question = posts.find(({ id }) => id === thread.questionId)
  const answers = posts.filter(({ kind }) => kind === 'answer')
  const accepted = answers.filter((each) => each.accepted)
  const others = answers.filter((each) => !each.accepted).slice(0, MOST_OTHERS)
  const title = thread.title || shortened(plainText(question?.body ?? ''))
  const path = questionPath({ ...thread, title })
  const trail = [{ name: title }]
  const source = isWebAddress(thread.url) ? thread.url : undefined
  return {
    title,
    description: shortened(plainText(accepted[0]?.body ?? question?.body ?? '')),
    canonical: source ?? base + path,
    q,
    data: [
      questionData({ thread, title, question, accepted, others, isNamed: view.isNamed, url: base + path }),
      trailData(site, trail),
    ],
    main: html`${breadcrumbs(site, trail)}
<article class="question" lang="${thread.language}">
<h1>${title}</h1>
<p class="facts" lang="${language}">${dated(words.questionOf, language, thread.createdAt)}</p>
${
  article !== undefined &&
  html`<p class="notice" lang="${language}">${words.itsArticle} <a href="${articlePath(article)}">${article.title}</a></p>`
}
${question !== undefined && html`<div class="asked">${await bodyOf(question, view.marker)}</div>`}
${await Promise.all(
  accepted.map(
    async (post) =>
      html`<section class="accepted" id="${post.id}"><h2 lang="${language}">${words.acceptedAnswer}</h2>${await answerOf(site, view, post)}</section>`,
  ),
)}
${
  others.length > 0 &&
  html`<h2 lang="${language}">${words.otherAnswers}</h2>${await Promise.all(
    others.map(
      async (post) =>
        html`<section class="answer" id="${post.id}">${await answerOf(site, view, post)}</section>`,
    ),
  )}`
}
${source !== undefined && html`<p lang="${language}"><a href="${source}" rel="nofollow noopener">${words.answersElsewhere}</a></p>`}
</article>
${quietOffer(site, words.notFoundHere, { q, after: thread.id })}`,
  }
}

async function answerOf({ language }: Site, view: QuestionView, post: Post): Promise<Html> {
  const words = wordsIn(language)
  const name = (view.isNamed ? post.author?.name : undefined) ?? words.someone
  return html`${await bodyOf(post, view.marker)}<p class="facts" lang="${language}">${dated(
    words.by.replace('{name}', () => name),
    language,
    post.createdAt,
  )}</p>`
}

async function bodyOf({ body }: Post, marker: WordMarker | undefined): Promise<Html> {
  const rendered = withinPage(await toHtml(body))
  return safeHtml(marker === undefined ? rendered : marker.mark(rendered))
}

function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url)
}

/** A `QAPage` of schema.org. */
function questionData({
  thread,
  title,
  question,
  accepted,
  others,
  isNamed,
  url,
}: {
  readonly thread: Thread
  readonly title: string
  readonly question: Post | undefined
  readonly accepted: readonly Post[]
  readonly others: readonly Post[]
  readonly isNamed: boolean
  readonly url: string
}): object {
  const authorOf = ({ author }: Post) =>
    isNamed && author !== undefined ? { '@type': 'Person', name: author.name } : undefined
  const answer = (post: Post) => ({
    '@type': 'Answer',
    text: plainText(post.body),
    dateCreated: post.createdAt,
    upvoteCount: post.score,
    author: authorOf(post),
    url: `${url}#${post.id}`,
  })
  return {
    '@type': 'QAPage',
    inLanguage: thread.language,
    mainEntity: {
      '@type': 'Question',
      name: title,
      text: plainText(question?.body ?? title),
      dateCreated: thread.createdAt,
      answerCount: thread.answerCount,
      author: question && authorOf(question),
      acceptedAnswer: accepted.map(answer),
      suggestedAnswer: others.length === 0 ? undefined : others.map(answer),
    },
  }
}
