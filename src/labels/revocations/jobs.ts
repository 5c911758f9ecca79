import type { JobHandler } from '../../platform/jobs/job-runner.ts'
import {
  carryOutRestoration,
  carryOutRevocation,
  RESTORE_JOB,
  REVOKE_JOB,
  type RevocationDeps,
} from './revoke-together.ts'

/** Takes verdicts back and gives them back, as was asked. */
export function revocationJobs(deps: RevocationDeps): JobHandler[] {
  return [
    {
      type: REVOKE_JOB,
      perform: (payload, signal) => carryOutRevocation(deps, (payload as { id: string }).id, signal),
    },
    {
      type: RESTORE_JOB,
      perform: (payload, signal) => carryOutRestoration(deps, (payload as { id: string }).id, signal),
    },
  ]
}
