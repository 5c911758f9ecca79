import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import type { Threads } from '../../threads/create-threads.ts'
import { threadsMergedInto } from '../../threads/thread-queries.ts'
import type { Triage } from '../../triage/create-triage.ts'
import { communityErrors } from '../errors.ts'
import { SEND_ANSWER } from '../mail/send-mails.ts'
import type { AskedQuestion } from '../question.ts'
import type { QuestionStore } from '../question-store.ts'
import type { AnswerLocks, LockHolder } from './answer-locks.ts'

export interface AnswerDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly threads: Pick<Threads, 'requireShown'>
  readonly questions: QuestionStore
  readonly locks: AnswerLocks
  readonly storePost: Triage['storePost']
}

/** The questions of customers that a thread shows, and who is answering them. */
export interface Answering {
  readonly questions: readonly AskedQuestion[]
  /** Somebody else who is writing an answer. */
  readonly lockedBy?: LockHolder
}

/** @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED */
export async function showAnswering(deps: AnswerDeps, threadId: string, actor: Actor): Promise<Answering> {
  await deps.threads.requireShown(threadId, actor.audience)
  const questions = await questionsShownBy(deps, threadId)
  const lock = await deps.locks.holder(threadId)
  return { questions, lockedBy: lock?.id === actor.id ? undefined : lock }
}

/**
 * Answers the questions that a thread shows: as a post of a colleague in the thread, on the page of each asker, and by
 * mail to those who confirmed an address.
 *
 * @returns the id of the post
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, THREAD_NOT_ASKED_HERE, ANSWER_LOCKED, POST_SOURCE_REFUSED
 */
export async function answerQuestion(
  deps: AnswerDeps,
  { threadId, body, actor }: { readonly threadId: string; readonly body: string; readonly actor: Actor },
): Promise<{ readonly postId: string }> {
  const { questions, lockedBy } = await showAnswering(deps, threadId, actor)
  if (questions.length === 0) throw communityErrors.THREAD_NOT_ASKED_HERE({ id: threadId })
  if (lockedBy !== undefined) throw communityErrors.ANSWER_LOCKED({ name: lockedBy.name })
  return deps.db.transaction(async () => {
    const { postId } = await deps.storePost({
      threadId,
      id: newId('answer', deps.clock.now()),
      kind: 'answer',
      body,
      format: 'markdown',
      createdAt: isoNow(deps.clock),
      author: { id: actor.id, name: actor.name, role: 'staff' },
      actor,
    })
    for (const { id } of questions) {
      await deps.questions.addAnswer(id, postId)
      await deps.jobs.enqueue(singleJob(SEND_ANSWER, { questionId: id, postId }))
    }
    await deps.locks.release(threadId, actor)
    return { postId }
  })
}

/** Those of the thread itself, and of threads that colleagues merged into it. */
async function questionsShownBy(
  { db, questions }: Pick<AnswerDeps, 'db' | 'questions'>,
  threadId: string,
): Promise<AskedQuestion[]> {
  return questions.ofThreads([threadId, ...(await threadsMergedInto(db, threadId))])
}
