import type { JobHandler } from '../../platform/index.ts'
import { carryOutRestoration, carryOutRevocation } from './carry-out.ts'
import { RESTORE_JOB, REVOKE_JOB, type RevocationDeps } from './revoke-together.ts'

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
