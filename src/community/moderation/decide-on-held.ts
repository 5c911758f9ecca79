import type { Actor } from '../../access/actor.ts'
import { visibleTo } from '../../access/audience.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { PASS_ON, type PassOnDeps, passOn } from '../asking/pass-on.ts'
import { communityErrors } from '../errors.ts'
import { SEND_CONFIRMATION } from '../mail/send-mails.ts'
import type { AskedQuestion } from '../question.ts'
import type { QuestionStore } from '../question-store.ts'

export interface ModerationDeps extends PassOnDeps {
  readonly questions: QuestionStore
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly audit: AuditLog
}

/** Held questions on one page: whoever has decided on them gets the next. */
const MOST_HELD = 100

/** The questions that wait for a decision, of audiences that the actor belongs to; the oldest first. */
export async function listHeld({ questions }: ModerationDeps, actor: Actor): Promise<AskedQuestion[]> {
  return questions.held(visibleTo(actor.audience), MOST_HELD)
}

/**
 * Releases a held question, which becomes a thread at once, or rejects it. A rejected one can be released after all until
 * its text is deleted.
 *
 * @throws CodedError QUESTION_NOT_FOUND, QUESTION_NOT_HELD
 */
export async function decideOnHeld(
  deps: ModerationDeps,
  {
    id,
    decision,
    actor,
  }: { readonly id: string; readonly decision: 'release' | 'reject'; readonly actor: Actor },
): Promise<void> {
  const question = await deps.questions.find(id)
  if (question === undefined || !visibleTo(actor.audience).includes(question.audience))
    throw communityErrors.QUESTION_NOT_FOUND({ id })
  const to = decision === 'release' ? 'waiting' : 'rejected'
  if (question.status === to || (to === 'waiting' && question.status === 'passed-on')) return
  await deps.db.transaction(async () => {
    const moved =
      (await deps.questions.move(id, 'held', to)) ||
      (decision === 'release' &&
        question.title !== undefined &&
        (await deps.questions.move(id, 'rejected', to)))
    if (!moved) throw communityErrors.QUESTION_NOT_HELD({ id })
    await deps.audit.record(decision === 'release' ? 'question.released' : 'question.rejected', actor, id)
    if (decision === 'reject') return
    await deps.jobs.enqueue(singleJob(PASS_ON, { questionId: id }))
    await deps.jobs.enqueue(singleJob(SEND_CONFIRMATION, { questionId: id }))
  })
  if (decision === 'release') await passOn(deps, id)
}
