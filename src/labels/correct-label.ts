import type { Actor } from '../access/index.ts'
import type { Annotation } from './annotation.ts'
import type { LabelDeps } from './deps.ts'
import type { LabelCorrected } from './events.ts'
import { labelName } from './facet.ts'

export interface Correction {
  readonly threadId: string
  readonly facet: string
  readonly label: string
  /** Given without having seen a prediction. */
  readonly blind?: boolean
  readonly note?: string
  readonly actor: Actor
}

/**
 * Records a person's verdict on one facet of a thread; the same label again is a confirmation. Whoever cares hears
 * of it through the outbox.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export async function correctLabel(deps: LabelDeps, correction: Correction): Promise<Annotation> {
  const { threadId, actor, blind, note } = correction
  await deps.threads.requireShown(threadId, actor.audience)
  const facet = await deps.facets.require(correction.facet)
  const label = await deps.facets.requireLabel(facet, labelName(correction.label))
  return deps.db.transaction(async () => {
    await deps.annotations.lock([threadId])
    const before = (await deps.threadLabels.labelsOf([threadId])).get(threadId) ?? []
    const verdict = { threadId, facetId: facet.id, labelId: label.id, provenance: 'agent' } as const
    const [annotationId = ''] = await deps.annotations.append(
      [{ ...verdict, ...(blind !== undefined && { blind }), ...(note !== undefined && { note }) }],
      actor,
    )
    await deps.audit.record('label.corrected', actor, threadId, {
      before: { facet: facet.name, label: before.find((each) => each.facetId === facet.id)?.label },
      after: { facet: facet.name, label: label.name, annotationId },
    })
    const event: LabelCorrected = {
      type: 'label.corrected',
      facet: facet.name,
      facetId: facet.id,
      threadId,
      annotationId,
    }
    await deps.outbox.append(event)
    return deps.annotations.require(annotationId)
  })
}
