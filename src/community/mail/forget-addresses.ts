import type { HelpCentre } from '../../help-centre/create-help-centre.ts'
import type { Clock } from '../../platform/clock.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import type { Threads } from '../../threads/create-threads.ts'
import type { QuestionStore } from '../question-store.ts'
import type { AddressStore, AskerAddress } from './address-store.ts'

export const FORGET = 'community.forget'

export interface ForgetDeps {
  readonly clock: Clock
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly questions: QuestionStore
  readonly addresses: AddressStore
  readonly threads: Pick<Threads, 'find'>
  readonly settings: Pick<HelpCentre['settings'], 'find'>
}

const DAY_MS = 86_400_000
const CHUNK = 100
/** Days for which an address is kept that nobody confirmed. */
const UNCONFIRMED_DAYS = 7
/** Days for which the address of a question is kept that nobody answers. */
const UNANSWERED_DAYS = 365
/** Days for which it is known that questions came from one network. */
const ORIGIN_DAYS = 2

/** Has {@link forgetAddresses} look again tomorrow. */
export async function scheduleForgetting({ jobs, clock }: Pick<ForgetDeps, 'jobs' | 'clock'>): Promise<void> {
  await jobs.enqueue(singleJob(FORGET, {}, new Date(clock.now().getTime() + DAY_MS)))
}

/** Deletes the addresses that are not needed any more, where questions came from, and what rejected ones said. */
export async function forgetAddresses(deps: ForgetDeps, signal: AbortSignal): Promise<void> {
  const { keepAddressDays } = (await deps.settings.find()).settings.asking
  const now = deps.clock.now().getTime()
  const daysAgo = (days: number) => new Date(now - days * DAY_MS).toISOString()
  let isAnyLeft = false
  for (let after = ''; ; ) {
    signal.throwIfAborted()
    const some = await deps.addresses.after(after, CHUNK)
    for (const address of some) {
      if (await isOver(deps, address, daysAgo, keepAddressDays))
        await deps.addresses.remove(address.questionId)
      else isAnyLeft = true
    }
    if (some.length < CHUNK) break
    after = some.at(-1)!.questionId
  }
  const isTextLeft = await deps.questions.forgetBefore({
    origins: daysAgo(ORIGIN_DAYS),
    rejected: daysAgo(keepAddressDays),
  })
  if (isAnyLeft || isTextLeft) await scheduleForgetting(deps)
}

async function isOver(
  { questions, threads }: ForgetDeps,
  { questionId, isConfirmed, addedAt }: AskerAddress,
  daysAgo: (days: number) => string,
  keepDays: number,
): Promise<boolean> {
  if (!isConfirmed && addedAt < daysAgo(UNCONFIRMED_DAYS)) return true
  const question = await questions.find(questionId)
  if (question === undefined) return true
  if (question.status === 'rejected') return addedAt < daysAgo(UNCONFIRMED_DAYS)
  if (question.status !== 'passed-on') return addedAt < daysAgo(UNANSWERED_DAYS)
  const own = await threads.find(question.threadId, 'internal')
  const thread = own?.mergedInto === undefined ? own : await threads.find(own.mergedInto, 'internal')
  if (thread === undefined) return true
  const isClosed = thread.answerCount > 0 || thread.closed
  return isClosed ? thread.updatedAt < daysAgo(keepDays) : addedAt < daysAgo(UNANSWERED_DAYS)
}
