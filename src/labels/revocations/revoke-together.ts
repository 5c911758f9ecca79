import type { Actor, KeyStore } from '../../access/index.ts'
import { CodedError } from '../../platform/index.ts'
import type { LabelDeps } from '../deps.ts'
import { labelErrors } from '../errors.ts'
import type { Revocation, RevocationScope } from './revocation.ts'
import type { RevocationStore } from './revocation-store.ts'

export type RevocationDeps = LabelDeps & {
  readonly revocations: RevocationStore
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
 * Has verdicts taken back and the facets they were on trained anew without them; the next free worker does it. What
 * the agent says afterwards is not meant.
 *
 * @throws CodedError ANNOTATION_NOT_FOUND (also when its thread is not the actor's to see), FACET_NOT_FOUND,
 * AGENT_NOT_FOUND
 */
export async function revokeTogether(
  deps: RevocationDeps,
  { scope: asked, reason, actor }: RevocationRequest,
): Promise<Revocation> {
  const scope = await checked(deps, asked, actor)
  return deps.db.transaction(async () => {
    const revocation = await deps.revocations.add(scope, reason, actor)
    await deps.audit.record('labels.revocation-requested', actor, revocation.id, { after: { scope, reason } })
    await deps.jobs.enqueue({ type: REVOKE_JOB, payload: { id: revocation.id } })
    return revocation
  })
}

/**
 * Has the verdicts that a revocation took back given back, and their facets trained anew. Asked again, it changes
 * nothing.
 *
 * @throws CodedError REVOCATION_NOT_FOUND, REVOCATION_UNDER_WAY
 */
export async function restoreRevocation(
  deps: RevocationDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<Revocation> {
  return deps.db.transaction(async () => {
    const { status } = await deps.revocations.require(id)
    if (status === 'revoking') throw labelErrors.REVOCATION_UNDER_WAY({ id })
    if (await deps.revocations.move(id, 'revoked', 'restoring', actor)) {
      await deps.audit.record('labels.restoration-requested', actor, id, { before: { status } })
      await deps.jobs.enqueue({ type: RESTORE_JOB, payload: { id } })
    }
    return deps.revocations.require(id)
  })
}

async function checked(deps: RevocationDeps, scope: RevocationScope, actor: Actor): Promise<RevocationScope> {
  if (scope.agent === undefined) {
    const { threadId } = await deps.annotations.require(scope.annotation)
    await deps.threads.require(threadId, actor.audience).catch((error) => {
      const hidden = error instanceof CodedError && error.status === 404
      throw hidden ? labelErrors.ANNOTATION_NOT_FOUND({ id: scope.annotation }) : error
    })
    return scope
  }
  if (scope.facet !== undefined) await deps.facets.require(scope.facet)
  const { agent } = scope
  if ((await deps.keys.find(agent)) === undefined && !(await deps.annotations.hasVerdictOf(agent)))
    throw labelErrors.AGENT_NOT_FOUND({ agent })
  // As stored times are written, so that they compare as text.
  return { ...scope, since: new Date(scope.since).toISOString() }
}
