import type { Actor, Role } from '../access/actor.ts'
import { CodedError } from '../platform/errors.ts'
import type { Annotation, NewAnnotation } from './annotation.ts'
import type { DisagreementDeps, LabelDeps } from './deps.ts'
import { labelErrors } from './errors.ts'
import type { LabelCorrected } from './events.ts'
import { labelName } from './facet.ts'

/** A person's annotation of one facet of a thread. */
interface PersonsAnnotation extends Pick<NewAnnotation, 'threadId' | 'provenance' | 'blind' | 'note'> {
  readonly facet: string
  readonly label: string
  readonly actor: Actor
}

interface Recording {
  /** Its name in the audit log. */
  readonly action: 'label.corrected' | 'label.ruled'
  /** Runs in the same transaction; what it returns goes into the audit log too. */
  readonly alongside?: (labelId: string, annotationId: string) => Promise<object>
}

/**
 * Appends a person's annotation, in one transaction with its audit entry and the event `label.corrected`.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
async function annotateThread(
  deps: LabelDeps,
  given: PersonsAnnotation,
  { action, alongside }: Recording,
): Promise<Annotation> {
  const { threadId, provenance, actor, blind, note } = given
  await deps.threads.requireShown(threadId, actor.audience)
  const facet = await deps.facets.require(given.facet)
  const label = await deps.facets.requireLabel(facet, labelName(given.label))
  return deps.db.transaction(async () => {
    await deps.annotations.lock([threadId])
    const before = (await deps.threadLabels.labelsOf([threadId])).get(threadId) ?? []
    const added = { threadId, facetId: facet.id, labelId: label.id, provenance, blind, note }
    const [annotationId = ''] = await deps.annotations.append([added], actor)
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

export interface Correction {
  readonly threadId: string
  readonly facet: string
  readonly label: string
  /** Made without seeing the prediction. */
  readonly blind?: boolean
  readonly note?: string
  readonly actor: Actor
}

/**
 * Appends an agent's annotation of one facet of a thread; the same label again is a confirmation. Appends the event
 * `label.corrected`.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export function correctLabel(deps: LabelDeps, correction: Correction): Promise<Annotation> {
  return annotateThread(deps, { ...correction, provenance: 'agent' }, { action: 'label.corrected' })
}

export interface Ruling {
  readonly threadId: string
  readonly facet: string
  readonly label: string
  readonly note?: string
  /** Advice for labellers on when the label applies. */
  readonly guideline?: string
  readonly actor: Actor
}

/**
 * Rules on a facet of a thread: a ruling outranks all other annotations until it is revoked. A guideline is shown to
 * labellers with the thread as its example.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export function ruleOnLabel(
  deps: DisagreementDeps,
  { guideline: text, ...ruling }: Ruling,
): Promise<Annotation> {
  const guideline = text?.trim() || undefined
  const alongside = async (labelId: string, annotationId: string) => {
    if (guideline !== undefined) await deps.guidelines.attach(labelId, guideline, annotationId)
    return { guideline }
  }
  return annotateThread(deps, { ...ruling, provenance: 'ruling' }, { action: 'label.ruled', alongside })
}

const RULERS: readonly Role[] = ['knowledge-manager', 'admin']
const REVOKERS: readonly Role[] = ['supervisor', 'admin']

/** Whether an actor may rule, and so revoke and restore rulings. */
export function mayRule({ roles }: Actor): boolean {
  return roles.some((role) => RULERS.includes(role))
}

/**
 * Revokes an annotation: it stays in the history but no longer counts. Idempotent. People revoke their own annotations,
 * supervisors anyone's; only those who may rule revoke a ruling.
 *
 * @throws CodedError ANNOTATION_NOT_FOUND, also when the actor may not see the thread; ANNOTATION_NOT_YOURS,
 *   RULING_NOT_REVOCABLE
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
  requireRevocable(annotation, actor)
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

function requireRevocable({ id, provenance, actor: annotator }: Annotation, actor: Actor): void {
  const has = (roles: readonly Role[]) => actor.roles.some((role) => roles.includes(role))
  if (provenance === 'ruling') {
    if (!has(RULERS)) throw labelErrors.RULING_NOT_REVOCABLE({ id })
  } else if (annotator.id !== actor.id && !has(REVOKERS)) throw labelErrors.ANNOTATION_NOT_YOURS({ id })
}
