import type { AnnotationStore } from '../labels/index.ts'
import { stableFraction } from '../platform/index.ts'
import type { SecondOpinionStore } from './second-opinion-store.ts'

export interface SecondOpinionDeps {
  readonly annotations: Pick<AnnotationStore, 'require'>
  readonly secondOpinions: SecondOpinionStore
  /** Share of threads labelled blind that another agent labels blind too. */
  readonly secondOpinionShare: number
}

/** Has a share of the threads that were labelled blind labelled blind once more; by hash, so always the same. */
export async function askSecondOpinion(deps: SecondOpinionDeps, annotationId: string): Promise<void> {
  const { facetId, threadId, provenance, blind, revoked } = await deps.annotations.require(annotationId)
  if (provenance !== 'agent' || !blind || revoked !== undefined) return
  if (stableFraction('second-opinion', `${facetId} ${threadId}`) >= deps.secondOpinionShare) return
  await deps.secondOpinions.ask(facetId, threadId)
}
