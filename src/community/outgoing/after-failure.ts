import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Database } from '../../platform/database/database.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import type { Threads } from '../../threads/create-threads.ts'
import { communityErrors } from '../errors.ts'
import { DELIVER_ANSWER } from './deliver-answer.ts'
import type { OutgoingAnswer } from './outgoing-answer.ts'
import type { OutgoingStore } from './outgoing-store.ts'

export interface FailureDeps {
  readonly db: Database
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly audit: AuditLog
  readonly outgoing: OutgoingStore
  readonly threads: Pick<Threads, 'requireShown'>
}

interface Failed {
  readonly threadId: string
  readonly answerId: string
  readonly actor: Actor
}

/**
 * Posts an answer again that failed. What may be there already is looked for first, whoever tried before.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, ANSWER_NOT_FOUND
 */
export async function retryAnswer(deps: FailureDeps, failed: Failed): Promise<void> {
  await deps.db.transaction(async () => {
    const { id } = await requireAnswer(deps, failed)
    // One attempt is on record, so that the posts there are read before the next.
    if (!(await deps.outgoing.change(id, 'failed', { status: 'sending', attempts: 1 }))) return
    await deps.jobs.enqueue(singleJob(DELIVER_ANSWER, { answerId: id }))
    await deps.audit.record('answer.retried', failed.actor, failed.threadId, { after: { outgoingId: id } })
  })
}

/**
 * Takes back an answer that failed, so that it can be written anew.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, ANSWER_NOT_FOUND, ANSWER_NOT_FAILED
 */
export async function withdrawAnswer(deps: FailureDeps, failed: Failed): Promise<void> {
  await deps.db.transaction(async () => {
    const { id } = await requireAnswer(deps, failed)
    if (!(await deps.outgoing.remove(id))) throw communityErrors.ANSWER_NOT_FAILED({ id })
    await deps.audit.record('answer.withdrawn', failed.actor, failed.threadId, { before: { outgoingId: id } })
  })
}

async function requireAnswer(
  { threads, outgoing }: FailureDeps,
  { threadId, answerId, actor }: Failed,
): Promise<OutgoingAnswer> {
  await threads.requireShown(threadId, actor.audience)
  const answer = await outgoing.find(answerId)
  if (answer?.threadId !== threadId) throw communityErrors.ANSWER_NOT_FOUND({ id: answerId })
  return answer
}
