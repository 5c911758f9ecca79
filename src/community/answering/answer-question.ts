import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { DiscourseAccess } from '../../platform/config/discourse-answers.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import type { Threads } from '../../threads/create-threads.ts'
import { threadsMergedInto } from '../../threads/thread-queries.ts'
import type { Triage } from '../../triage/create-triage.ts'
import { communityErrors } from '../errors.ts'
import { type FollowDeps, followThreads } from '../inbox/follow-threads.ts'
import { SEND_ANSWER } from '../mail/send-mails.ts'
import { accessFor, DELIVER_ANSWER } from '../outgoing/deliver-answer.ts'
import type { OutgoingAnswer } from '../outgoing/outgoing-answer.ts'
import type { OutgoingStore } from '../outgoing/outgoing-store.ts'
import type { AskedQuestion } from '../question.ts'
import type { QuestionStore } from '../question-store.ts'
import type { AnswerLocks, LockHolder } from './answer-locks.ts'

export interface AnswerDeps extends FollowDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly threads: FollowDeps['threads'] & Pick<Threads, 'requireShown' | 'find'>
  readonly outgoing: OutgoingStore
  readonly discourse: readonly DiscourseAccess[]
  readonly audit: AuditLog
  readonly questions: QuestionStore
  readonly locks: AnswerLocks
  readonly storePost: Triage['storePost']
}

/** The questions of customers that a thread shows, and who is answering them. */
export interface Answering {
  readonly questions: readonly AskedQuestion[]
  /** Somebody else who is writing an answer, or has the thread in the inbox. */
  readonly lockedBy?: LockHolder
  /**
   * How an answer gets to the asker: `here` it is shown to who asked in the help centre, `discourse` posts it in the
   * community by its API, `copy` leaves it to the colleague.
   */
  readonly channel: 'here' | 'discourse' | 'copy'
  /** Whether it waits for colleagues. */
  readonly isInInbox: boolean
  /** Answers on their way to its community, or there; the latest first. */
  readonly outgoing: readonly OutgoingAnswer[]
  /** What askers said of answers: whether each was useful. */
  readonly marks: readonly { readonly postId: string; readonly useful: boolean }[]
}

/** What became of an answer: a post, or on its way to a community. */
export interface Answered {
  readonly postId?: string
  readonly outgoingId?: string
}

/** @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED */
export async function showAnswering(deps: AnswerDeps, threadId: string, actor: Actor): Promise<Answering> {
  const thread = await deps.threads.requireShown(threadId, actor.audience)
  const questions = await questionsShownBy(deps, threadId)
  const inInbox = await deps.inbox.find(threadId, actor.audience)
  const holders = [inInbox?.assignee, await deps.locks.holder(threadId)]
  const marks = await Promise.all(questions.map(({ id }) => deps.questions.marksOf(id)))
  const isElsewhere = accessFor(deps, thread) === undefined ? 'copy' : 'discourse'
  return {
    questions,
    // Whoever took it over writes: their own lock comes before what the other had.
    lockedBy: holders.find((holder) => holder !== undefined && holder.id !== actor.id),
    channel: questions.length > 0 ? 'here' : isElsewhere,
    isInInbox: inInbox !== undefined,
    outgoing: await deps.outgoing.ofThread(threadId),
    marks: marks.flatMap((of) => [...of].map(([postId, useful]) => ({ postId, useful }))),
  }
}

/**
 * Says that the actor is writing an answer, unless somebody else writes one or has the thread in the inbox. Whoever takes it
 * over has it in the inbox, too.
 *
 * @returns who writes it now
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED
 */
export async function lockForAnswer(
  deps: AnswerDeps,
  {
    threadId,
    actor,
    takeOver,
  }: { readonly threadId: string; readonly actor: Actor; readonly takeOver: boolean },
): Promise<LockHolder> {
  return deps.db.transaction(async () => {
    const { audience } = await deps.threads.requireShown(threadId, actor.audience)
    await deps.decisions.lock([threadId])
    const known = (await deps.inbox.of([threadId])).get(threadId)
    const { assignee } = known ?? {}
    const isOthers = known?.state !== 'left' && assignee !== undefined && assignee.id !== actor.id
    if (isOthers && !takeOver) return assignee
    const before = await deps.locks.holder(threadId)
    const holder = await deps.locks.take(threadId, actor, takeOver)
    const { id, name } = actor
    if (isOthers && known !== undefined) {
      await deps.inbox.put({ ...known, assignee: { id, name } })
      await deps.audit.record('inbox.taken', actor, threadId, {
        before: { queue: known.queue, assignee: assignee.name },
        after: { queue: known.queue, assignee: name },
      })
    }
    const isNews = known !== undefined && (isOthers || before?.id !== holder.id)
    if (isNews) await deps.outbox.append({ type: 'inbox.changed', audience })
    return holder
  })
}

/** Says that the actor writes no answer any more; the rules may then move the thread. */
export async function unlockAnswer(deps: AnswerDeps, threadId: string, actor: Actor): Promise<void> {
  await deps.db.transaction(async () => {
    if (!(await deps.locks.release(threadId, actor))) return
    await followThreads(deps, [threadId])
    const thread = await deps.inbox.find(threadId, 'internal')
    if (thread !== undefined) await deps.outbox.append({ type: 'inbox.changed', audience: thread.audience })
  })
}

/**
 * Answers the questions that a thread shows: as a post of a colleague in the thread, on the page of each asker, and by
 * mail to those who confirmed an address. A thread of a Discourse community of which an account is configured is answered
 * there. Whoever answers a thread that nobody has in the inbox has it from then on.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, THREAD_NOT_ASKED_HERE, ANSWER_LOCKED, POST_SOURCE_REFUSED
 */
export async function answerQuestion(
  deps: AnswerDeps,
  { threadId, body, actor }: { readonly threadId: string; readonly body: string; readonly actor: Actor },
): Promise<Answered> {
  const { questions, lockedBy, channel } = await showAnswering(deps, threadId, actor)
  if (channel === 'copy') throw communityErrors.THREAD_NOT_ASKED_HERE({ id: threadId })
  if (lockedBy !== undefined) throw communityErrors.ANSWER_LOCKED({ name: lockedBy.name })
  return deps.db.transaction(async () => {
    await haveInInbox(deps, threadId, actor)
    await deps.locks.release(threadId, actor)
    if (channel === 'discourse') {
      const outgoingId = await deps.outgoing.add(threadId, body, actor)
      await deps.jobs.enqueue(singleJob(DELIVER_ANSWER, { answerId: outgoingId }))
      await deps.audit.record('answer.sent', actor, threadId, { after: { outgoingId } })
      return { outgoingId }
    }
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
    await followThreads(deps, [threadId])
    return { postId }
  })
}

/** @throws CodedError ANSWER_LOCKED where a colleague took it a moment before */
async function haveInInbox(deps: AnswerDeps, threadId: string, { id, name }: Actor): Promise<void> {
  await deps.decisions.lock([threadId])
  const known = (await deps.inbox.of([threadId])).get(threadId)
  if (known === undefined || known.state === 'left' || known.assignee?.id === id) return
  if (known.assignee !== undefined) throw communityErrors.ANSWER_LOCKED({ name: known.assignee.name })
  await deps.inbox.put({ ...known, assignee: { id, name } })
}

/** Those of the thread itself, and of threads that colleagues merged into it. */
async function questionsShownBy(
  { db, questions }: Pick<AnswerDeps, 'db' | 'questions'>,
  threadId: string,
): Promise<AskedQuestion[]> {
  return questions.ofThreads([threadId, ...(await threadsMergedInto(db, threadId))])
}
