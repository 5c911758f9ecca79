import type { Actor } from '../access/index.ts'
import type { NewJob } from '../platform/index.ts'
import type { ModelDeps } from './deps.ts'

/** The type of the job that trains a facet. */
export const TRAIN = 'models.train'

/** The job that trains a facet: because someone asked, or when enough verdicts are new. */
export function trainingJob(facet: string, { demanded }: { readonly demanded: boolean }): NewJob {
  const dedupeKey = demanded ? `train:${facet}:demanded` : `train:${facet}`
  return { type: TRAIN, payload: { facet, demanded }, dedupeKey }
}

/** Has a facet trained by the next free worker. While such a job waits, asking again adds none. */
export async function requestTraining(
  deps: Pick<ModelDeps, 'db' | 'facets' | 'jobs' | 'audit'>,
  { facet: name, actor }: { readonly facet: string; readonly actor: Actor },
): Promise<void> {
  const facet = await deps.facets.require(name)
  await deps.db.transaction(async () => {
    await deps.jobs.enqueue(trainingJob(facet.name, { demanded: true }))
    await deps.audit.record('model.training-requested', actor, facet.id, { after: { facet: facet.name } })
  })
}
