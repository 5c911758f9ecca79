import type { Actor } from '../../access/actor.ts'
import type { DriftDeps } from './deps.ts'
import { measuringJob } from './drift-jobs.ts'
import { driftErrors } from './measure-facet.ts'

/** Enqueues the measuring of a facet. @throws CodedError FACET_NOT_FOUND, DRIFT_NO_MODEL */
export async function requestMeasuring(
  deps: Pick<DriftDeps, 'db' | 'facets' | 'models' | 'jobs' | 'audit'>,
  { facet: name, actor }: { readonly facet: string; readonly actor: Actor },
): Promise<void> {
  const facet = await deps.facets.require(name)
  const models = await deps.models.active()
  if (!models.some(({ facetId }) => facetId === facet.id)) throw driftErrors.DRIFT_NO_MODEL({ facet: name })
  await deps.db.transaction(async () => {
    await deps.jobs.enqueue(measuringJob(facet.name))
    await deps.audit.record('drift.measuring-requested', actor, facet.id, { after: { facet: facet.name } })
  })
}
