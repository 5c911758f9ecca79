import type { Actor, Role } from '../access/actor.ts'
import { CodedError } from '../platform/errors.ts'
import type { Annotation, NewAnnotation, Provenance } from './annotation.ts'
import type { DisagreementDeps, LabelDeps } from './deps.ts'
import { labelErrors } from './errors.ts'
import type { LabelCorrected } from './events.ts'
import { type Facet, type Label, labelName } from './facet.ts'

/** A person's annotation of one facet of a thread. */
interface PersonsAnnotation extends Pick<NewAnnotation, 'threadId' | 'blind' | 'note'> {
  readonly facet: string
  readonly label: string
}

interface Recording {
  readonly provenance: Provenance
  /** Its name in the audit log. */
  readonly action: 'label.corrected' | 'label.ruled'
  /** Runs in the same transaction, for each annotation; what it returns goes into the audit log too. */
  readonly alongside?: (labelId: string, annotationId: string) => Promise<object>
}

/**
 * Appends annotations (at most 100) of a person, all or none, in one transaction with their audit entries and an event
 * `label.corrected` each.
 *
 * @returns the annotations in the order in which they were given
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
async function annotateThreads(
  deps: LabelDeps,
  given: readonly PersonsAnnotation[],
  actor: Actor,
  { provenance, action, alongside }: Recording,
): Promise<Annotation[]> {
  const threadIds = [...new Set(given.map(({ threadId }) => threadId))]
  for (const threadId of threadIds) await deps.threads.requireShown(threadId, actor.audience)
  const named = await requireLabels(deps, given)
  return deps.db.transaction(async () => {
    await deps.annotations.lock(threadIds)
    const inForce = await deps.threadLabels.labelsOf(threadIds)
    const added = given.map(({ threadId, blind, note }, at): NewAnnotation => {
      const { facet, label } = named[at]!
      return { threadId, facetId: facet.id, labelId: label.id, provenance, blind, note }
    })
    const ids = await deps.annotations.append(added, actor)
    for (const [at, annotationId] of ids.entries()) {
      const { facet, label } = named[at]!
      const { threadId } = given[at]!
      const before = inForce.get(threadId)?.find((each) => each.facetId === facet.id)
      const more = await alongside?.(label.id, annotationId)
      await deps.audit.record(action, actor, threadId, {
        before: { facet: facet.name, label: before?.label },
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
    }
    return inOrder(await deps.annotations.byIds(ids), ids)
  })
}

/** The facet and label that each annotation names. */
async function requireLabels({ facets }: LabelDeps, given: readonly PersonsAnnotation[]) {
  const known = new Map<string, { readonly facet: Facet; readonly label: Label }>()
  const named = []
  for (const each of given) {
    const key = JSON.stringify([each.facet, each.label])
    let found = known.get(key)
    if (found === undefined) {
      const facet = await facets.require(each.facet)
      found = { facet, label: await facets.requireLabel(facet, labelName(each.label)) }
      known.set(key, found)
    }
    named.push(found)
  }
  return named
}

function inOrder(annotations: ReadonlyMap<string, Annotation>, ids: readonly string[]): Annotation[] {
  return ids.flatMap((id) => annotations.get(id) ?? [])
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
export async function correctLabel(
  deps: LabelDeps,
  { actor, ...correction }: Correction,
): Promise<Annotation> {
  const [annotation] = await correctLabels(deps, { items: [correction], actor })
  return annotation!
}

export interface Corrections {
  /** At most 100. */
  readonly items: readonly Omit<Correction, 'actor'>[]
  readonly actor: Actor
}

/**
 * Appends an agent's annotations of several threads or facets, all or none: as {@link correctLabel} does each.
 *
 * @returns the annotations in the order of the items
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export function correctLabels(deps: LabelDeps, { items, actor }: Corrections): Promise<Annotation[]> {
  return annotateThreads(deps, items, actor, { provenance: 'agent', action: 'label.corrected' })
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
export async function ruleOnLabel(
  deps: DisagreementDeps,
  { guideline: text, actor, ...ruling }: Ruling,
): Promise<Annotation> {
  const guideline = text?.trim() || undefined
  const alongside = async (labelId: string, annotationId: string) => {
    if (guideline !== undefined) await deps.guidelines.attach(labelId, guideline, annotationId)
    return { guideline }
  }
  const recording = { provenance: 'ruling', action: 'label.ruled', alongside } as const
  const [annotation] = await annotateThreads(deps, [ruling], actor, recording)
  return annotation!
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
  const [annotation] = await revokeAnnotations(deps, { ids: [id], actor })
  return annotation!
}

/**
 * Revokes annotations (at most 100), all or none, as {@link revokeAnnotation} does each.
 *
 * @returns the annotations in the order of the ids
 * @throws CodedError as of {@link revokeAnnotation}
 */
export async function revokeAnnotations(
  deps: LabelDeps,
  { ids, actor }: { readonly ids: readonly string[]; readonly actor: Actor },
): Promise<Annotation[]> {
  const annotations = await deps.annotations.byIds(ids)
  for (const id of ids) {
    const annotation = annotations.get(id)
    if (annotation === undefined) throw labelErrors.ANNOTATION_NOT_FOUND({ id })
    await deps.threads.require(annotation.threadId, actor.audience).catch((error) => {
      const hidden = error instanceof CodedError && error.status === 404
      throw hidden ? labelErrors.ANNOTATION_NOT_FOUND({ id }) : error
    })
    requireRevocable(annotation, actor)
  }
  return deps.db.transaction(async () => {
    for (const id of await deps.annotations.revoke(ids, actor)) {
      const { facet, facetId, threadId, label } = annotations.get(id)!
      await deps.audit.record('label.revoked', actor, threadId, {
        before: { facet, label, annotationId: id },
      })
      const event: LabelCorrected = { type: 'label.corrected', facet, facetId, threadId, annotationId: id }
      await deps.outbox.append(event)
    }
    return inOrder(await deps.annotations.byIds(ids), ids)
  })
}

function requireRevocable({ id, provenance, actor: annotator }: Annotation, actor: Actor): void {
  const has = (roles: readonly Role[]) => actor.roles.some((role) => roles.includes(role))
  if (provenance === 'ruling') {
    if (!has(RULERS)) throw labelErrors.RULING_NOT_REVOCABLE({ id })
  } else if (annotator.id !== actor.id && !has(REVOKERS)) throw labelErrors.ANNOTATION_NOT_YOURS({ id })
}
