import type { Actor } from '../access/index.ts'
import type { Annotation } from './annotation.ts'
import type { DisagreementDeps } from './deps.ts'
import type { LabelCorrected } from './events.ts'
import { labelName } from './facet.ts'

export interface Ruling {
  readonly threadId: string
  readonly facet: string
  readonly label: string
  readonly note?: string
  /** What labellers are to know of the label from now on. */
  readonly guideline?: string
  readonly actor: Actor
}

/**
 * Decides a facet of a thread: a ruling outranks every vote until it is revoked. With a guideline its words are seen by
 * whoever labels, with the thread as their example.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export async function ruleOnLabel(deps: DisagreementDeps, ruling: Ruling): Promise<Annotation> {
  const { threadId, actor, note } = ruling
  await deps.threads.requireShown(threadId, actor.audience)
  const facet = await deps.facets.require(ruling.facet)
  const label = await deps.facets.requireLabel(facet, labelName(ruling.label))
  const guideline = ruling.guideline?.trim() || undefined
  return deps.db.transaction(async () => {
    await deps.annotations.lock([threadId])
    const before = (await deps.threadLabels.labelsOf([threadId])).get(threadId) ?? []
    const verdict = { threadId, facetId: facet.id, labelId: label.id, provenance: 'ruling' } as const
    const [annotationId = ''] = await deps.annotations.append(
      [{ ...verdict, ...(note !== undefined && { note }) }],
      actor,
    )
    if (guideline !== undefined) await deps.guidelines.attach(label.id, guideline, annotationId)
    await deps.audit.record('label.ruled', actor, threadId, {
      before: { facet: facet.name, label: before.find((each) => each.facetId === facet.id)?.label },
      after: { facet: facet.name, label: label.name, annotationId, guideline },
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
