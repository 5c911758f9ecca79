import type { TriageDeps } from './deps.ts'
import { RECONSIDER_JOB, triageThreads } from './triage-threads.ts'

const CHUNK = 200

/** Routes again what time has changed, and has itself called when that is next the case. */
export async function reconsiderDue(deps: TriageDeps, signal?: AbortSignal): Promise<void> {
  for (;;) {
    signal?.throwIfAborted()
    const now = deps.clock.now().toISOString()
    const threadIds = await deps.decisions.due(now, CHUNK)
    if (threadIds.length === 0) break
    await triageThreads(deps, threadIds, { fresh: false, ...(signal !== undefined && { signal }) })
    await deps.decisions.forgetDue(threadIds, now)
  }
  const runAt = await deps.decisions.nextDue()
  if (runAt !== undefined) await deps.jobs.enqueue({ type: RECONSIDER_JOB, dedupeKey: RECONSIDER_JOB, runAt })
}
