import { system } from '../access/index.ts'
import type { Facet, LabelCorrected } from '../labels/index.ts'
import { CodedError, type JobHandler, type WorkerLog } from '../platform/index.ts'
import type { ModelDeps } from './deps.ts'
import { TRAIN } from './request-training.ts'
import { trainFacet } from './train-facet.ts'

export interface ModelJobDeps extends ModelDeps {
  /** Agents' verdicts since the last training after which a facet is trained again. */
  readonly retrainAfter: number
  readonly log: WorkerLog
}

/** Trains when enough was corrected, and when someone asked. */
export function modelJobs(deps: ModelJobDeps): JobHandler[] {
  async function enoughIsNew(facet: Pick<Facet, 'id'>): Promise<boolean> {
    const last = await deps.versions.latest(facet.id)
    const verdicts = await deps.annotations.agentVerdicts(facet.id)
    return verdicts - (last?.annotationsSeen ?? 0) >= deps.retrainAfter
  }

  return [
    {
      type: 'models.consider-training',
      on: ['label.corrected'],
      async perform(payload) {
        const { facet, facetId } = payload as unknown as LabelCorrected
        if (await enoughIsNew({ id: facetId }))
          await deps.jobs.enqueue({ type: TRAIN, payload: { facet }, dedupeKey: `train:${facet}` })
      },
    },
    {
      type: TRAIN,
      async perform(payload, signal) {
        const { facet, demanded } = payload as { facet: string; demanded?: boolean }
        // Verdicts that came during a training ask again; that training may have counted them.
        if (demanded !== true && !(await enoughIsNew(await deps.facets.require(facet)))) return
        try {
          const { number, reason } = await trainFacet(deps, { facet, actor: system, signal })
          deps.log.info({ facet, version: number, reason }, 'a model was trained')
        } catch (error) {
          if (!(error instanceof CodedError) || error.code !== 'TOO_FEW_LABELS') throw error
          deps.log.info({ facet, reason: error.message }, 'a training was skipped')
        }
      },
    },
  ]
}
