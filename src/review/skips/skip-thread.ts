import type { Actor } from '../../access/actor.ts'
import { CodedError } from '../../platform/errors.ts'
import { lockThreads } from '../../threads/thread-queries.ts'
import type { ReviewDeps } from '../deps.ts'
import { reviewErrors } from '../errors.ts'
import type { Skip, SkipReason } from './skip-store.ts'

export interface SkippedThread {
  readonly threadId: string
  readonly facet: string
  readonly why: SkipReason
  readonly note?: string
  readonly actor: Actor
}

/**
 * Leaves a thread of the review queue to other agents: it leaves the queue of the agent on this facet, and others may
 * be handed it at once. A dispute also opens a conflict on it.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, FACET_NOT_FOUND, DISPUTE_UNEXPLAINED
 */
export async function skipThread(deps: ReviewDeps, { actor, ...skipped }: SkippedThread): Promise<Skip> {
  const { threadId, why } = skipped
  const note = skipped.note?.trim() || undefined
  if (why === 'dispute' && note === undefined) throw reviewErrors.DISPUTE_UNEXPLAINED()
  await deps.threads.requireShown(threadId, actor.audience)
  const { id: facetId, name: facet } = await deps.facets.require(skipped.facet)
  return deps.db.transaction(async () => {
    // Before all else: what else changes the thread holds this lock first, and of two skips at once one is in force.
    await lockThreads(deps.db, [threadId])
    const { skip, before } = await deps.skips.add({ facetId, threadId, why, note }, actor)
    await deps.claims.give(facetId, threadId, actor.id)
    if (why === 'dispute' || before === 'dispute') await deps.recomputeConflicts(facetId, [threadId])
    await deps.audit.record('review.skipped', actor, threadId, {
      after: { facet, why, note, skipId: skip.id },
    })
    return skip
  })
}

/**
 * Undoes a skip: the agent holds the thread again, unless another agent does by now. Undoing again changes nothing.
 *
 * @throws CodedError SKIP_NOT_FOUND, also for one of somebody else, and where the actor may not see the thread
 */
export async function undoSkip(
  deps: ReviewDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<Skip> {
  const skip = await deps.skips.require(id)
  if (skip.actor.id !== actor.id) throw reviewErrors.SKIP_NOT_FOUND({ id })
  await deps.threads.require(skip.threadId, actor.audience).catch((error) => {
    const hidden = error instanceof CodedError && error.status === 404
    throw hidden ? reviewErrors.SKIP_NOT_FOUND({ id }) : error
  })
  const { id: facetId } = await deps.facets.require(skip.facet)
  return deps.db.transaction(async () => {
    await lockThreads(deps.db, [skip.threadId])
    if (await deps.skips.undo(id)) {
      await deps.claims.takeBack(facetId, skip.threadId, actor.id)
      if (skip.why === 'dispute') await deps.recomputeConflicts(facetId, [skip.threadId])
      await deps.audit.record('review.skip-undone', actor, skip.threadId, {
        before: { facet: skip.facet, why: skip.why, note: skip.note, skipId: id },
      })
    }
    return deps.skips.require(id)
  })
}
