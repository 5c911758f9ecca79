import { system } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { DiscourseAccess } from '../../platform/config/discourse-answers.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import type { Outbound } from '../../platform/outbound.ts'
import type { Threads } from '../../threads/create-threads.ts'
import type { Thread } from '../../threads/thread.ts'
import type { Triage } from '../../triage/create-triage.ts'
import { createDiscourseClient, type PostedThere, type PostResult } from './discourse-client.ts'
import type { OutgoingAnswer } from './outgoing-answer.ts'
import type { OutgoingStore } from './outgoing-store.ts'

export const DELIVER_ANSWER = 'community.deliver-answer'

export interface DeliveryDeps {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly outbound: Pick<Outbound, 'fetch'>
  readonly outgoing: OutgoingStore
  readonly discourse: readonly DiscourseAccess[]
  readonly threads: Pick<Threads, 'find'>
  readonly storePost: Triage['storePost']
}

/** Attempts in all, after waits of 15 seconds, 30, one minute and so on, or as long as the community asks for. */
const MOST_ATTEMPTS = 10
const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 1_800_000

/** The account by which answers to a thread are posted; none where they have to be copied. */
export function accessFor(
  { discourse }: Pick<DeliveryDeps, 'discourse'>,
  { source, externalId }: Pick<Thread, 'source' | 'externalId'>,
): DiscourseAccess | undefined {
  return /^\d+$/.test(externalId) ? discourse.find((each) => each.source === source) : undefined
}

/**
 * Posts an answer in its community, once: an attempt is noted before it is made, and after one whose end is not known the
 * posts there are read before another.
 */
export async function deliverAnswer(
  deps: DeliveryDeps,
  answerId: string,
  signal?: AbortSignal,
): Promise<void> {
  const answer = await deps.outgoing.find(answerId)
  if (answer?.status !== 'sending') return
  const thread = await deps.threads.find(answer.threadId, 'internal')
  const access = thread && accessFor(deps, thread)
  if (thread === undefined || access === undefined) {
    const problem = thread === undefined ? 'topic' : 'no-key'
    await conclude(deps, answer, thread, { status: 'failed', problem })
    return
  }
  const client = createDiscourseClient(deps, access, signal)
  const { externalId: topicId } = thread
  const found =
    answer.attempts === 0
      ? undefined
      : await client.find(topicId, answer.body, await deps.outgoing.postsOf(thread.id))
  let result: PostResult
  if (found !== undefined && found.result !== 'absent') result = found
  else {
    await deps.outgoing.change(answer.id, 'sending', { attempts: answer.attempts + 1 })
    result = await client.post(topicId, answer.body)
  }
  const tried = { ...answer, attempts: answer.attempts + 1 }
  if (result.result === 'posted')
    await arrive(deps, tried, thread, result.post, client.addressOf(topicId, result.post))
  else if (result.result === 'held')
    await conclude(deps, tried, thread, { status: 'held', sentAt: isoNow(deps.clock) })
  else if (result.result === 'refused' || tried.attempts >= MOST_ATTEMPTS)
    await conclude(deps, tried, thread, { status: 'failed', problem: result.problem, said: result.said })
  else await tryLater(deps, tried, thread, result)
}

async function tryLater(
  deps: DeliveryDeps,
  answer: OutgoingAnswer,
  thread: Thread,
  { problem, said, afterMs }: Extract<PostResult, { result: 'later' }>,
): Promise<void> {
  const growing = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (answer.attempts - 1))
  const at = new Date(deps.clock.now().getTime() + (afterMs ?? growing))
  await deps.db.transaction(async () => {
    await conclude(deps, answer, thread, { status: 'sending', problem, said, nextAt: at.toISOString() })
    await deps.jobs.enqueue(singleJob(DELIVER_ANSWER, { answerId: answer.id }, at))
  })
}

/** The post is in the thread at once, under the id by which the next import will find it. */
async function arrive(
  deps: DeliveryDeps,
  answer: OutgoingAnswer,
  thread: Thread,
  { id, author, createdAt }: PostedThere,
  url: string,
): Promise<void> {
  await deps.db.transaction(async () => {
    const sentAt = isoNow(deps.clock)
    await conclude(deps, answer, thread, { status: 'sent', externalId: id, url, sentAt })
    await deps.storePost({
      threadId: thread.id,
      id,
      kind: 'answer',
      body: answer.body,
      format: 'markdown',
      createdAt: createdAt ?? sentAt,
      author,
      actor: system,
    })
  })
}

async function conclude(
  deps: DeliveryDeps,
  { id, attempts }: OutgoingAnswer,
  thread: Thread | undefined,
  end: Partial<OutgoingAnswer>,
): Promise<void> {
  await deps.db.transaction(async () => {
    await deps.outgoing.change(id, 'sending', { ...end, attempts })
    if (thread !== undefined) await deps.outbox.append({ type: 'inbox.changed', audience: thread.audience })
  })
}
