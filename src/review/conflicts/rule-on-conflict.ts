import type { Actor } from '../../access/actor.ts'
import { ruleOnLabel } from '../../labels/annotate-thread.ts'
import { reviewErrors } from '../errors.ts'
import type { Conflict, RuledConflict } from './conflict.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import { recomputeConflicts } from './find-conflicts.ts'
import { showConflicts } from './show-conflicts.ts'

export interface ConflictRuling {
  readonly id: string
  /** The right label of the thread. */
  readonly label?: string
  /** Instead of `label`: the label in force is right. */
  readonly confirm?: boolean
  /** Advice for labellers on when the label applies. */
  readonly guideline?: string
  readonly note?: string
  readonly actor: Actor
}

/**
 * Rules on a conflict. The ruling outranks all other annotations and closes the conflict; the second of two concurrent
 * rulings gets CONFLICT_CLOSED.
 *
 * @throws CodedError CONFLICT_NOT_FOUND, CONFLICT_CLOSED, RULING_UNCLEAR, LABEL_NOT_FOUND, THREAD_MERGED
 */
export async function ruleOnConflict(deps: ConflictDeps, ruling: ConflictRuling): Promise<RuledConflict> {
  const { id, guideline, note, actor } = ruling
  const { threadId, facetId } = await deps.conflicts.require(id, actor.audience)
  return deps.db.transaction(async () => {
    await deps.annotations.lock([threadId])
    const conflict = requireOpen(await deps.conflicts.require(id, actor.audience))
    const labels = (await deps.threadLabels.labelsOf([threadId])).get(threadId)
    const before = labels?.find((label) => label.facetId === facetId)?.label
    const annotation = await ruleOnLabel(deps, {
      threadId,
      facet: conflict.facet,
      label: rulingLabel(ruling, before),
      actor,
      guideline,
      note,
    })
    await recomputeConflicts(deps, facetId, [threadId])
    await deps.audit.record('conflict.ruled', actor, id, {
      before: { facet: conflict.facet, threadId, label: before },
      after: { label: annotation.label, annotationId: annotation.id, guideline, note },
    })
    const [shown] = await showConflicts(
      deps,
      [await deps.conflicts.require(id, actor.audience)],
      actor.audience,
    )
    return { conflict: shown!, ruling: annotation }
  })
}

function requireOpen(conflict: Conflict): Conflict {
  const { id, closed } = conflict
  if (closed !== undefined) throw reviewErrors.CONFLICT_CLOSED({ id, outcome: closed.outcome })
  return conflict
}

function rulingLabel({ label, confirm = false }: ConflictRuling, before: string | undefined): string {
  if (label !== undefined && !confirm) return label
  if (label === undefined && confirm && before !== undefined) return before
  throw reviewErrors.RULING_UNCLEAR()
}
