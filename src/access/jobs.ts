import type { JobHandler } from '../platform/jobs/job-handler.ts'
import { type ResetRequest, SEND_RESET_LINK, sendResetLink } from './accounts/request-reset.ts'

export function accessJobs(deps: Parameters<typeof sendResetLink>[0]): JobHandler[] {
  return [{ type: SEND_RESET_LINK, perform: (request: ResetRequest) => sendResetLink(deps, request) }]
}
