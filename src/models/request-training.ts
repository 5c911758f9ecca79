import type { Actor } from '../access/index.ts'
import type { ModelDeps } from './deps.ts'

/** Trains a facet, whoever asked for it. */
export const TRAIN = 'models.train'

/** Has a facet trained by the next free worker. While such a job waits, asking again adds none. */
export async function requestTraining(
  deps: ModelDeps,
  { facet: name, actor }: { readonly facet: string; readonly actor: Actor },
): Promise<void> {
  const facet = await deps.facets.require(name)
  await deps.db.transaction(async () => {
    await deps.jobs.enqueue({
      type: TRAIN,
      payload: { facet: facet.name, demanded: true },
      dedupeKey: `train:${facet.name}:demanded`,
    })
    await deps.audit.record('model.training-requested', actor, facet.id, { after: { facet: facet.name } })
  })
}
