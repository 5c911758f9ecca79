import type { Actor } from '../../../access/actor.ts'
import { singleJob } from '../../../platform/jobs/job-handler.ts'
import type { CandidateDeps } from '../deps.ts'
import { candidateErrors } from '../errors.ts'
import { REWEIGH_JOB } from './reweigh-candidates.ts'
import type { StoredWeights } from './weight-store.ts'
import type { Weights } from './worth.ts'

/**
 * Changes what candidates are ranked by. What a contact costs counts at once; other weights once a job has gone through
 * all candidates.
 *
 * @param basedOn the version that was read
 * @throws CodedError CANDIDATE_WEIGHTS_CONFLICT
 */
export async function changeWeights(
  { db, weights, jobs, audit }: Pick<CandidateDeps, 'db' | 'weights' | 'jobs' | 'audit'>,
  {
    weights: wanted,
    basedOn,
    actor,
  }: { readonly weights: Weights; readonly basedOn: number; readonly actor: Actor },
): Promise<StoredWeights> {
  return db.transaction(async () => {
    const before = await weights.current()
    const next = { version: basedOn + 1, weights: wanted }
    if (before.version !== basedOn || !(await weights.add(next, actor)))
      throw candidateErrors.CANDIDATE_WEIGHTS_CONFLICT({ version: before.version })
    await audit.record('candidates.weighed', actor, 'candidates', { before: before.weights, after: wanted })
    await jobs.enqueue({ ...singleJob(REWEIGH_JOB), bulk: true })
    return next
  })
}
