import { setImmediate } from 'node:timers/promises'
import type { AccountStore } from '../../access/accounts/account-store.ts'
import { type Actor, system } from '../../access/actor.ts'
import type { KeyStore } from '../../access/key-store.ts'
import { CodedError } from '../../platform/errors.ts'
import { storedTime } from '../../platform/stated-time.ts'
import { mayRule } from '../annotate-thread.ts'
import type { LabelDeps } from '../deps.ts'
import { labelErrors } from '../errors.ts'
import type { AnnotationsRevised } from '../events.ts'
import type { Revocation, RevocationScope, RevocationStatus, RevocationStore } from './revocation-store.ts'

export type RevocationDeps = LabelDeps & {
  readonly revocations: RevocationStore
  readonly accounts: Pick<AccountStore, 'find'>
  readonly keys: Pick<KeyStore, 'find'>
}

export const REVOKE_JOB = 'labels.revoke'
export const RESTORE_JOB = 'labels.restore'

export interface RevocationRequest {
  readonly scope: RevocationScope
  readonly reason?: string
  readonly actor: Actor
}

/**
 * Requests that annotations be revoked and their facets retrained without them; a job does both. Annotations that the
 * agent makes after the request are not revoked, nor are rulings where the actor may not rule.
 *
 * @throws CodedError ANNOTATION_NOT_FOUND (also when the actor may not see its thread), RULING_NOT_REVOCABLE,
 * FACET_NOT_FOUND, AGENT_NOT_FOUND
 */
export async function revokeTogether(
  deps: RevocationDeps,
  { scope: asked, reason, actor }: RevocationRequest,
): Promise<Revocation> {
  const scope = await checked(deps, asked, actor)
  return deps.db.transaction(async () => {
    const revocation = await deps.revocations.add(scope, { reason, rulings: mayRule(actor), actor })
    await deps.audit.record('labels.revocation-requested', actor, revocation.id, { after: { scope, reason } })
    await deps.jobs.enqueue({ type: REVOKE_JOB, payload: { id: revocation.id } })
    return revocation
  })
}

/**
 * Requests that the annotations of a revocation be restored and their facets retrained; a job does both. Idempotent.
 * Annotations on threads that the actor may not see stay revoked.
 *
 * @throws CodedError REVOCATION_NOT_FOUND (also when the actor may not see it), REVOCATION_IN_PROGRESS,
 * RULING_NOT_RESTORABLE
 */
export async function restoreRevocation(
  deps: RevocationDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<Revocation> {
  return deps.db.transaction(async () => {
    const { status } = await deps.revocations.requireReadable(id, actor.audience)
    if (status === 'revoking') throw labelErrors.REVOCATION_IN_PROGRESS({ id })
    if (!mayRule(actor) && (await deps.revocations.holdsRuling(id)))
      throw labelErrors.RULING_NOT_RESTORABLE({ id })
    if (await deps.revocations.move(id, 'revoked', 'restoring', actor)) {
      await deps.audit.record('labels.restoration-requested', actor, id, { before: { status } })
      await deps.jobs.enqueue({ type: RESTORE_JOB, payload: { id } })
    }
    return deps.revocations.require(id)
  })
}

async function checked(deps: RevocationDeps, scope: RevocationScope, actor: Actor): Promise<RevocationScope> {
  if (scope.agent === undefined) {
    const { threadId, provenance } = await deps.annotations.require(scope.annotation)
    await deps.threads.require(threadId, actor.audience).catch((error) => {
      const hidden = error instanceof CodedError && error.status === 404
      throw hidden ? labelErrors.ANNOTATION_NOT_FOUND({ id: scope.annotation }) : error
    })
    if (provenance === 'ruling' && !mayRule(actor))
      throw labelErrors.RULING_NOT_REVOCABLE({ id: scope.annotation })
    return scope
  }
  if (scope.facet !== undefined) await deps.facets.require(scope.facet)
  const { agent } = scope
  const isKnown =
    (await deps.accounts.find(agent)) !== undefined ||
    (await deps.keys.find(agent)) !== undefined ||
    (await deps.annotations.hasAnnotationOf(agent))
  if (!isKnown) throw labelErrors.AGENT_NOT_FOUND({ agent })
  // In the format of stored times, which are compared as text.
  return { ...scope, since: storedTime(scope.since) }
}

/** Annotations a transaction: about 10 ms on SQLite. */
const CHUNK = 100

/** Revokes the annotations of a revocation, chunk by chunk; the next run continues an interrupted one. */
export function carryOutRevocation(deps: RevocationDeps, id: string, signal: AbortSignal): Promise<void> {
  return inChunks(deps, id, signal, {
    during: 'revoking',
    after: 'revoked',
    next: () => deps.revocations.pending(id, CHUNK),
    async change(annotationIds, { actor }) {
      const revoked = await deps.annotations.revoke(annotationIds, { ...system, ...actor }, id)
      await deps.revocations.count(id, revoked.length)
    },
  })
}

/** Restores the annotations of a revocation, chunk by chunk; the next run continues an interrupted one. */
export function carryOutRestoration(deps: RevocationDeps, id: string, signal: AbortSignal): Promise<void> {
  return inChunks(deps, id, signal, {
    during: 'restoring',
    after: 'restored',
    next: () => deps.revocations.revokedBy(id, CHUNK),
    change: (annotationIds) => deps.annotations.restore(annotationIds),
  })
}

interface Change {
  readonly during: RevocationStatus
  readonly after: RevocationStatus
  next(): Promise<string[]>
  change(annotationIds: readonly string[], revocation: Revocation): Promise<void>
}

/** Each chunk appends an event for each of its facets; the queue holds at most one retraining of a facet. */
async function inChunks(
  deps: RevocationDeps,
  id: string,
  signal: AbortSignal,
  { during, after, next, change }: Change,
): Promise<void> {
  const revocation = await deps.revocations.require(id)
  if (revocation.status !== during) return
  for (let more = true; more; ) {
    signal.throwIfAborted()
    more = await deps.db.transaction(async () => {
      const annotationIds = await next()
      if (annotationIds.length > 0) {
        await change(annotationIds, revocation)
        for (const { facet, facetId } of await deps.revocations.facetsOf(annotationIds)) {
          const event: AnnotationsRevised = { type: 'annotations.revised', facet, facetId, revocationId: id }
          await deps.outbox.append(event)
        }
        return true
      }
      if (await deps.revocations.move(id, during, after)) {
        const { annotations, scope } = await deps.revocations.require(id)
        await deps.audit.record(`labels.${after}`, system, id, { after: { scope, annotations } })
      }
      return false
    })
    await setImmediate()
  }
}
