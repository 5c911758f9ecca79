import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import { threadsOfPosts } from '../threads/thread-queries.ts'
import type { Triage } from '../triage/create-triage.ts'
import { PASS_ON, type PassOnDeps, passOn } from './asking/pass-on.ts'
import { FOLLOW_THREADS, type FollowDeps, followThreads } from './inbox/follow-threads.ts'
import { FORGET, type ForgetDeps, forgetAddresses } from './mail/forget-addresses.ts'
import {
  type MailDeps,
  SEND_ANSWER,
  SEND_CONFIRMATION,
  sendAnswer,
  sendConfirmation,
} from './mail/send-mails.ts'
import { DELIVER_ANSWER, type DeliveryDeps, deliverAnswer } from './outgoing/deliver-answer.ts'
import type { QuestionStore } from './question-store.ts'

interface JobDeps extends PassOnDeps, MailDeps, ForgetDeps, FollowDeps, DeliveryDeps {
  readonly threads: FollowDeps['threads'] & DeliveryDeps['threads']
  readonly decisions: FollowDeps['decisions'] & Pick<Triage['decisions'], 'byIds'>
  readonly questions: QuestionStore
}

interface OfQuestion {
  readonly questionId: string
}

/** Makes threads of questions, mails askers, forgets their addresses, keeps the inbox, and posts answers elsewhere. */
export function communityJobs(deps: JobDeps): JobHandler[] {
  return [
    { type: PASS_ON, perform: ({ questionId }: OfQuestion) => passOn(deps, questionId) },
    { type: SEND_CONFIRMATION, perform: ({ questionId }: OfQuestion) => sendConfirmation(deps, questionId) },
    { type: SEND_ANSWER, perform: ({ questionId }: OfQuestion) => sendAnswer(deps, questionId) },
    { type: FORGET, bulk: true, perform: (_: object, signal) => forgetAddresses(deps, signal) },
    on('routing.decided', {
      type: 'community.follow-decisions',
      async perform({ decisionIds }, signal) {
        const decisions = await deps.decisions.byIds(decisionIds)
        await followThreads(
          deps,
          decisions.map(({ threadId }) => threadId),
          signal,
        )
      },
    }),
    on('posts.changed', {
      type: 'community.follow-posts',
      perform: async ({ postIds }, signal) =>
        followThreads(deps, await threadsOfPosts(deps.db, postIds), signal),
    }),
    on(['threads.changed', 'threads.protected'], {
      type: FOLLOW_THREADS,
      payload: ({ threadIds }) => ({ threadIds }),
      perform: ({ threadIds }, signal) => followThreads(deps, threadIds, signal),
    }),
    {
      type: DELIVER_ANSWER,
      perform: ({ answerId }: { readonly answerId: string }, signal) => deliverAnswer(deps, answerId, signal),
    },
  ]
}
