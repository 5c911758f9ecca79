import type { CandidateDeps } from './deps.ts'
import { recomputeCandidates } from './recompute-candidates.ts'

/** Goes through all threads. */
export const SWEEP_JOB = 'articles.sweep-candidates'
const CHUNK = 100
/** Chunks of one job: the work repeated when its process dies. */
const CHUNKS = 5

/** Recomputes the candidates of some threads, and enqueues a job that goes on after them. */
export async function sweepCandidates(
  deps: CandidateDeps,
  { after }: { readonly after?: string },
  signal?: AbortSignal,
): Promise<void> {
  let last = after
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    const threadIds = await deps.threads.idsAfter(last, CHUNK)
    await recomputeCandidates(deps, threadIds, signal)
    last = threadIds.at(-1)
    if (threadIds.length < CHUNK || last === undefined) return
  }
  await deps.jobs.enqueue({
    type: SWEEP_JOB,
    payload: { after: last },
    dedupeKey: `${SWEEP_JOB}:${last}`,
    bulk: true,
  })
}
