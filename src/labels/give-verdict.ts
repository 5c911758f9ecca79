import type { Actor } from '../access/index.ts'
import type { Annotation, Verdict } from './annotation.ts'
import type { LabelDeps } from './deps.ts'
import type { LabelCorrected } from './events.ts'
import { labelName } from './facet.ts'

/** A person's word on one facet of a thread. */
interface PersonsVerdict extends Pick<Verdict, 'threadId' | 'provenance' | 'blind' | 'note'> {
  readonly facet: string
  readonly label: string
  readonly actor: Actor
}

interface Recording {
  /** As the audit log calls it. */
  readonly action: 'label.corrected' | 'label.ruled'
  /** Done in the same transaction; what it returns is audited too. */
  readonly alongside?: (labelId: string, annotationId: string) => Promise<object>
}

/**
 * Appends a person's verdict, in one transaction with its audit and the event by which others hear of it.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export async function giveVerdict(
  deps: LabelDeps,
  given: PersonsVerdict,
  { action, alongside }: Recording,
): Promise<Annotation> {
  const { threadId, provenance, actor, blind, note } = given
  await deps.threads.requireShown(threadId, actor.audience)
  const facet = await deps.facets.require(given.facet)
  const label = await deps.facets.requireLabel(facet, labelName(given.label))
  return deps.db.transaction(async () => {
    await deps.annotations.lock([threadId])
    const before = (await deps.threadLabels.labelsOf([threadId])).get(threadId) ?? []
    const verdict = { threadId, facetId: facet.id, labelId: label.id, provenance }
    const [annotationId = ''] = await deps.annotations.append(
      [{ ...verdict, ...(blind !== undefined && { blind }), ...(note !== undefined && { note }) }],
      actor,
    )
    const more = await alongside?.(label.id, annotationId)
    await deps.audit.record(action, actor, threadId, {
      before: { facet: facet.name, label: before.find((each) => each.facetId === facet.id)?.label },
      after: { facet: facet.name, label: label.name, annotationId, ...more },
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
