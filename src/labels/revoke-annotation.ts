import type { Actor, Role } from '../access/index.ts'
import { CodedError } from '../platform/index.ts'
import type { Annotation } from './annotation.ts'
import type { LabelDeps } from './deps.ts'
import { labelErrors } from './errors.ts'
import type { LabelCorrected } from './events.ts'

const RULERS: readonly Role[] = ['knowledge-manager', 'admin']

/**
 * Takes an annotation back: it stays in the history and counts no more. Revoking it again changes nothing. A ruling is
 * for those to revoke who may rule.
 *
 * @throws CodedError ANNOTATION_NOT_FOUND, also when the thread is not the actor's to see; RULING_NOT_REVOCABLE
 */
export async function revokeAnnotation(
  deps: LabelDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<Annotation> {
  const annotation = await deps.annotations.require(id)
  await deps.threads.require(annotation.threadId, actor.audience).catch((error) => {
    const hidden = error instanceof CodedError && error.status === 404
    throw hidden ? labelErrors.ANNOTATION_NOT_FOUND({ id }) : error
  })
  if (annotation.provenance === 'ruling' && !actor.roles.some((role) => RULERS.includes(role)))
    throw labelErrors.RULING_NOT_REVOCABLE({ id })
  return deps.db.transaction(async () => {
    const revoked = await deps.annotations.revoke([id], actor)
    if (revoked > 0) {
      const { facet, facetId, threadId, label } = annotation
      await deps.audit.record('label.revoked', actor, threadId, {
        before: { facet, label, annotationId: id },
      })
      const event: LabelCorrected = { type: 'label.corrected', facet, facetId, threadId, annotationId: id }
      await deps.outbox.append(event)
    }
    return deps.annotations.require(id)
  })
}
