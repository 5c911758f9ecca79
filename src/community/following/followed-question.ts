import { sourceIds } from '../../ingest/rows/source-ids.ts'
import type { Threads } from '../../threads/create-threads.ts'
import type { Post, Thread } from '../../threads/thread.ts'
import { type AskedQuestion, askerOf } from '../question.ts'
import type { QuestionStore } from '../question-store.ts'

/** A post of a question as its asker reads it. */
export interface FollowedPost {
  readonly post: Post
  /** Whether the asker wrote it. */
  readonly isOwn: boolean
  /** What the asker said of an answer: whether it was useful. */
  readonly useful?: boolean
}

/** A question with what its asker may read of its thread. */
export interface FollowedQuestion {
  readonly question: AskedQuestion
  readonly title: string
  /** Markdown. */
  readonly body: string
  /** The thread that shows the question; absent while there is none, or after it was removed. */
  readonly thread?: Thread
  /** Answers and the asker's own words, the oldest first. */
  readonly posts: readonly FollowedPost[]
}

export interface FollowDeps {
  readonly questions: QuestionStore
  readonly threads: Pick<Threads, 'find' | 'postsOf'>
}

/**
 * What the asker may read: the own words, answers in the question's own thread, and answers that were given after a
 * colleague merged it into another. What other customers wrote there, and what they were told before, is not the asker's.
 */
export async function followQuestion(
  { questions, threads }: FollowDeps,
  question: AskedQuestion,
): Promise<FollowedQuestion> {
  const { title = '', body = '' } = question
  const own = await threads.find(question.threadId, 'internal')
  const thread = own?.mergedInto === undefined ? own : await threads.find(own.mergedInto, 'internal')
  if (own === undefined || thread === undefined) return { question, title, body, posts: [] }
  const answered = await questions.answersOf(question.id)
  const marks = await questions.marksOf(question.id)
  const asker = sourceIds(question.source).member(askerOf(question))
  const stored = await threads.postsOf(thread.id, 'internal')
  const asked = stored.find(
    (post) => post.kind === 'question' && (post.homeThreadId ?? thread.id) === question.threadId,
  )
  const posts = stored.flatMap((post): FollowedPost[] => {
    const isOwn = post.author?.id === asker
    const isHome = (post.homeThreadId ?? thread.id) === question.threadId
    const isAnswer = post.kind === 'answer' && (isHome || answered.has(post.id))
    if (post.id === asked?.id || !(isOwn || isAnswer)) return []
    return [{ post, isOwn, useful: marks.get(post.id) }]
  })
  return { question, title: own.title, body: asked?.body ?? '', thread, posts }
}
