import type { Actor } from '../../access/actor.ts'
import type { Destination } from '../../triage/routing/routing-rule.ts'
import type { ReviewDeps } from '../deps.ts'
import type { Misroute } from './misroute-store.ts'

export interface MisrouteReport {
  readonly threadId: string
  readonly reason: string
  /** Where it should have gone. */
  readonly suggested?: Destination
  readonly actor: Actor
}

/**
 * Records that a thread was routed to the wrong place; it comes first in the review queue until an agent labels it.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED
 */
export async function reportMisroute(deps: ReviewDeps, report: MisrouteReport): Promise<Misroute> {
  const { threadId, reason, suggested, actor } = report
  await deps.threads.requireShown(threadId, actor.audience)
  return deps.db.transaction(async () => {
    const decision = (await deps.decisions.currentOf([threadId])).get(threadId)
    const misroute = await deps.misroutes.add(
      { threadId, reason, decisionId: decision?.id, suggested },
      actor,
    )
    await deps.audit.record('thread.misrouted', actor, threadId, {
      before: decision?.destination,
      after: { misrouteId: misroute.id, reason, suggested },
    })
    return misroute
  })
}

/** Resolves the misroutes of the thread of an agent's annotation, unless it was revoked. */
export async function resolveMisroutes(
  { annotations, misroutes }: Pick<ReviewDeps, 'annotations' | 'misroutes'>,
  annotationId: string,
): Promise<void> {
  const annotation = await annotations.require(annotationId)
  if (annotation.revoked === undefined) await misroutes.resolve(annotation.threadId, annotation.createdAt)
}
