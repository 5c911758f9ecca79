import type { Actor } from '../../access/actor.ts'
import { ruleOnLabel } from '../../labels/annotate-thread.ts'
import { reviewErrors } from '../errors.ts'
import type { Conflict, RuledConflict } from './conflict.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import { recomputeConflicts } from './find-conflicts.ts'
import { showConflicts } from './show-conflicts.ts'

export interface ConflictRuling {
  readonly id: string
  /** What the thread is to be labelled. */
  readonly label?: string
  /** Instead: the label that stands is right. */
  readonly standing?: boolean
  /** What labellers are to know of the label from now on. */
  readonly guideline?: string
  readonly note?: string
  readonly actor: Actor
}

/**
 * A knowledge manager decides a conflict. The ruling outranks every rating and closes the conflict; of two at once the
 * second is told that it is closed.
 *
 * @throws CodedError CONFLICT_NOT_FOUND, CONFLICT_CLOSED, RULING_UNCLEAR, LABEL_NOT_FOUND, THREAD_MERGED
 */
export async function ruleOnConflict(deps: ConflictDeps, ruling: ConflictRuling): Promise<RuledConflict> {
  const { id, guideline, note, actor } = ruling
  const { threadId, facetId } = await deps.conflicts.require(id, actor.audience)
  return deps.db.transaction(async () => {
    await deps.annotations.lock([threadId])
    const conflict = requireOpen(await deps.conflicts.require(id, actor.audience))
    const standing = (await deps.threadLabels.labelsOf([threadId])).get(threadId)
    const before = standing?.find((label) => label.facetId === facetId)?.label
    const annotation = await ruleOnLabel(deps, {
      threadId,
      facet: conflict.facet,
      label: decided(ruling, before),
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

function decided({ label, standing = false }: ConflictRuling, before: string | undefined): string {
  if (label !== undefined && !standing) return label
  if (label === undefined && standing && before !== undefined) return before
  throw reviewErrors.RULING_UNCLEAR()
}
