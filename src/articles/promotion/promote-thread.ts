import type { Actor } from '../../access/actor.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import { appendArticleChanged } from '../append-changed.ts'
import type { Article, ArticleContent, Confidence } from '../article.ts'
import { bodyHash, type Citation, type CitationSection } from '../citation.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { FOLLOW_CITATIONS } from '../follow-citations.ts'
import { readerOf } from '../readable-articles.ts'
import { requireReleased } from '../require-released.ts'

export interface Promotion {
  readonly article: Article
  /** False when the thread had been promoted before. */
  readonly created: boolean
}

/**
 * Promotes a thread to a draft article. Promoting it again, even at the same time, returns that article. The draft has
 * the audience of who promotes, who sees the thread; publishing can widen it.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, THREAD_PROTECTED, ARTICLE_FORBIDDEN
 */
export async function promoteThread(
  deps: ArticleDeps,
  { threadId, actor }: { readonly threadId: string; readonly actor: Actor },
): Promise<Promotion> {
  const { title, language, tags } = await deps.threads.require(threadId, actor.audience)
  return deps.db.transaction(async () => {
    const before = await deps.articles.ofThread(threadId, readerOf(actor))
    if (before !== undefined) return { article: before, created: false }
    await deps.threads.requireShown(threadId, actor.audience)
    await requireReleased(deps, threadId)
    const posts = await deps.threads.postsOf(threadId, actor.audience)
    const { content, confidence, citations } = draftFromThread({ title, language, tags, posts })
    const article = await deps.articles.add(
      { ...content, threadId, confidence, audience: actor.audience },
      actor,
    )
    if (article === undefined) return { article: await existingArticle(), created: false }
    const cited = citations.map(({ postId }) => postId)
    const authors = posts.flatMap(({ id, author }) => (author && cited.includes(id) ? [author.id] : []))
    await deps.citations.add(article.id, citations, authors)
    await deps.jobs.enqueue({ type: FOLLOW_CITATIONS, payload: { postIds: cited } })
    await appendArticleChanged(deps, article)
    await deps.audit.record('article.promoted', actor, article.id, {
      after: { threadId, revision: article.revision, confidence, audience: article.audience },
    })
    return { article, created: true }
  })

  /** The article that another promotion made. */
  async function existingArticle(): Promise<Article> {
    const article = await deps.articles.ofThread(threadId, readerOf(actor))
    if (article === undefined) throw articleErrors.ARTICLE_FORBIDDEN({ id: threadId })
    return article
  }
}

/** What a draft is made from. Post bodies are Markdown. */
interface DraftMaterial {
  readonly title: string
  readonly language: string
  readonly tags: readonly string[]
  readonly posts: readonly DraftPost[]
}

interface DraftPost {
  readonly id: string
  readonly kind: 'question' | 'answer' | 'comment'
  readonly body: string
  readonly accepted: boolean
  readonly score?: number
  readonly createdAt: string
}

interface Draft {
  readonly content: ArticleContent
  readonly confidence: Confidence
  readonly citations: readonly Citation[]
}

const LONGEST_TITLE = 120
/** Stands between two accepted answers. */
const SEPARATOR = '\n\n---\n\n'

/**
 * A first draft: the question as it was asked, and every accepted answer, oldest first. Where no answer is accepted,
 * the draft has the answer with the best score and is work in progress. Tags become the environment. Facts about the
 * asker are left out.
 */
export function draftFromThread({ title, language, tags, posts }: DraftMaterial): Draft {
  const question = posts.find(({ kind }) => kind === 'question')
  const answers = posts.filter(({ kind }) => kind === 'answer').sort(byAge)
  const accepted = answers.filter((answer) => answer.accepted)
  const chosen = accepted.length > 0 ? accepted : answers.sort(byScore).slice(0, 1)
  const issue = question?.body ?? ''
  return {
    content: {
      title: title.trim() || firstLine(issue),
      issue,
      environment: tags.join(', '),
      resolution: chosen.map(({ body }) => body.trim()).join(SEPARATOR),
      cause: '',
      language,
    },
    confidence: accepted.length > 0 ? 'not_validated' : 'wip',
    citations: [
      ...(question === undefined ? [] : [cite('issue', question)]),
      ...chosen.map((answer) => cite('resolution', answer)),
    ],
  }
}

function cite(section: CitationSection, { id, body, accepted }: DraftPost): Citation {
  return { section, postId: id, hash: bodyHash(body), accepted }
}

function byAge(a: DraftPost, b: DraftPost): number {
  return a.createdAt === b.createdAt ? compare(a.id, b.id) : compare(a.createdAt, b.createdAt)
}

function byScore(a: DraftPost, b: DraftPost): number {
  return (b.score ?? 0) - (a.score ?? 0) || byAge(a, b)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function firstLine(markdown: string): string {
  const line = plainText(markdown).split('\n', 1)[0] ?? ''
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1).trimEnd()}…`
}
