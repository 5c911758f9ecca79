import { setImmediate } from 'node:timers/promises'
import { system } from '../../access/index.ts'
import type { AnnotationsRevised } from '../events.ts'
import type { Revocation, RevocationStatus } from './revocation.ts'
import type { RevocationDeps } from './revoke-together.ts'

/** Annotations a transaction: about 10 ms on SQLite. */
const CHUNK = 100

/** Takes back what a revocation is about, chunk by chunk; interrupted, the next run does the rest. */
export function carryOutRevocation(deps: RevocationDeps, id: string, signal: AbortSignal): Promise<void> {
  return inChunks(deps, id, signal, {
    during: 'revoking',
    after: 'revoked',
    next: () => deps.revocations.pending(id, CHUNK),
    async change(annotationIds, { actor }) {
      const revoked = await deps.annotations.revoke(annotationIds, { ...system, ...actor }, id)
      await deps.revocations.count(id, revoked)
    },
  })
}

/** Gives back what a revocation took. */
export function carryOutRestoration(deps: RevocationDeps, id: string, signal: AbortSignal): Promise<void> {
  return inChunks(deps, id, signal, {
    during: 'restoring',
    after: 'restored',
    next: () => deps.revocations.takenBack(id, CHUNK),
    change: (annotationIds) => deps.annotations.restore(annotationIds),
  })
}

interface Change {
  readonly during: RevocationStatus
  readonly after: RevocationStatus
  next(): Promise<string[]>
  change(annotationIds: readonly string[], revocation: Revocation): Promise<void>
}

/** Each chunk tells of its facets as it commits: retraining waits in a queue that holds one such wish a facet. */
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
