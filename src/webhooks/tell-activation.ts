import type { ModelActivated } from '../models/index.ts'
import type { TellDeps } from './deps.ts'
import { tell } from './tell.ts'

/** Tells that another model version predicts a facet. No thread's or article's words are in it: it is for everyone. */
export async function tellActivation(deps: TellDeps, event: ModelActivated): Promise<void> {
  const subject = { type: 'model.activated', audience: 'public' } as const
  await tell(deps, async (isWanted) => {
    if (!isWanted(subject)) return []
    const { facet, version, replaced, versionId, activatedAt } = event
    const { report, reason } = await deps.versions.require(await deps.facets.require(facet), version)
    const { accuracy, coverage } = report.holdOut.candidate
    const data = {
      id: versionId,
      facet,
      version,
      ...(replaced !== undefined && { replaced }),
      trainedOn: report.trainedOn,
      labels: report.labels,
      accuracy,
      coverage,
      gate: reason,
    }
    return [{ subject, key: [versionId, activatedAt], timestamp: activatedAt, data }]
  })
}
