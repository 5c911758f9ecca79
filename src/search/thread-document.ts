import { plainText } from '../text/markdown/plain-text.ts'
import type { Post, ThreadFacts } from '../threads/thread.ts'
import type { StoredDocument } from './document-store.ts'

/** Letters kept of a question, and of all answers together: beyond, a thread is a log and not a text. */
const LONGEST_ISSUE = 10_000
const LONGEST_BODY = 20_000

/** What is searched of a thread: title, question, tags, and its answers, the accepted ones first. */
export function threadDocument(
  thread: ThreadFacts,
  posts: readonly Post[],
  category: string | undefined,
): StoredDocument {
  const { id, language, audience, tags, source, updatedAt } = thread
  const question = plainText(thread.question.slice(0, 2 * LONGEST_ISSUE))
  return {
    id,
    kind: 'thread',
    language,
    audience,
    tags,
    source,
    updatedAt,
    title: thread.title || firstLine(question),
    issue: question.slice(0, LONGEST_ISSUE),
    body: answersOf(posts),
    ...(category === undefined ? {} : { category }),
  }
}

function answersOf(posts: readonly Post[]): string {
  const answers = posts.filter(({ kind }) => kind === 'answer')
  let text = ''
  for (const { body } of answers.sort((a, b) => Number(b.accepted) - Number(a.accepted))) {
    if (text.length >= LONGEST_BODY) break
    text += `${text === '' ? '' : '\n\n'}${plainText(body.slice(0, 2 * LONGEST_BODY))}`
  }
  return text.slice(0, LONGEST_BODY)
}

function firstLine(text: string): string {
  return text.slice(0, 120).split('\n', 1)[0] ?? ''
}
