import type { JobHandler } from '../platform/jobs/job-handler.ts'
import { PASS_ON, type PassOnDeps, passOn } from './asking/pass-on.ts'
import { FORGET, type ForgetDeps, forgetAddresses } from './mail/forget-addresses.ts'
import {
  type MailDeps,
  SEND_ANSWER,
  SEND_CONFIRMATION,
  sendAnswer,
  sendConfirmation,
} from './mail/send-mails.ts'

interface OfQuestion {
  readonly questionId: string
}

/** Makes threads of questions, mails askers, and forgets their addresses. */
export function communityJobs(deps: PassOnDeps & MailDeps & ForgetDeps): JobHandler[] {
  return [
    { type: PASS_ON, perform: ({ questionId }: OfQuestion) => passOn(deps, questionId) },
    { type: SEND_CONFIRMATION, perform: ({ questionId }: OfQuestion) => sendConfirmation(deps, questionId) },
    { type: SEND_ANSWER, perform: ({ questionId }: OfQuestion) => sendAnswer(deps, questionId) },
    { type: FORGET, bulk: true, perform: (_: object, signal) => forgetAddresses(deps, signal) },
  ]
}
