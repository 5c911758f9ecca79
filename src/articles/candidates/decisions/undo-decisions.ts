import type { Actor } from '../../../access/actor.ts'
import { CodedError } from '../../../platform/errors.ts'
import { readerOf } from '../../readable-articles.ts'
import { requireCandidate } from '../candidate-list.ts'
import type { CandidateDeps } from '../deps.ts'
import { candidateErrors } from '../errors.ts'
import { RECOMPUTE_MOVED } from './decide-candidates.ts'
import type { Decision } from './decision-store.ts'
import { withdrawDraft } from './promote-candidate.ts'

/** What became of one of several decisions that were to be undone: its candidate, open again, or why it is not. */
export interface UndoneDecision {
  readonly decisionId: string
  readonly candidateId?: string
  readonly code?: string
}

/** Undoes decisions (at most 100), each on its own. */
export async function undoDecisions(
  deps: CandidateDeps,
  { decisionIds, actor }: { readonly decisionIds: readonly string[]; readonly actor: Actor },
): Promise<UndoneDecision[]> {
  const undone: UndoneDecision[] = []
  for (const decisionId of decisionIds)
    try {
      undone.push({ decisionId, candidateId: await undoDecision(deps, decisionId, actor) })
    } catch (error) {
      if (!(error instanceof CodedError) || error.status >= 500) throw error
      undone.push({ decisionId, code: error.code })
    }
  return undone
}

/**
 * Opens a candidate again. Undoing again changes nothing. A merge gives its threads back, wherever they are now; a
 * promotion takes its draft back, as long as nobody worked on it.
 *
 * @returns the candidate
 */
async function undoDecision(deps: CandidateDeps, id: string, actor: Actor): Promise<string> {
  return deps.db.transaction(async () => {
    await deps.candidates.lock()
    const decision = (await deps.decisions.of([id])).get(id)
    if (decision === undefined) throw candidateErrors.CANDIDATE_DECISION_NOT_FOUND({ id })
    const candidate = await requireCandidate(deps.db, decision.candidateId, readerOf(actor))
    if (decision.undoneAt !== undefined) return candidate.id
    if (candidate.decisionId !== id) throw candidateErrors.CANDIDATE_DECIDED_SINCE({ id: candidate.id })
    if (decision.decision === 'promote') await withdrawDraft(deps, decision, actor)
    if (decision.moved.length > 0) {
      const threadIds = await moveBack(deps, decision)
      await deps.jobs.enqueue({ type: RECOMPUTE_MOVED, payload: { threadIds } })
    }
    await deps.decisions.markUndone(id)
    await deps.candidates.change({
      ...candidate,
      state: 'open',
      decisionId: undefined,
      outcomeArticleId: undefined,
      mergedInto: undefined,
    })
    await deps.audit.record('candidate.reopened', actor, candidate.id, {
      before: { state: candidate.state, decision: id },
      after: { state: 'open' },
    })
    return candidate.id
  })
}

/**
 * Gives the threads of a merge back, from where they are by further merges; those that left since stay where they are.
 *
 * @returns all threads of which the candidates changed
 */
async function moveBack(deps: CandidateDeps, { candidateId, into, moved }: Decision): Promise<string[]> {
  const place = await placeOf(deps, into)
  const there = await deps.candidates.membersOf([place])
  const isThere = new Set(there.map(({ threadId }) => threadId))
  await deps.candidates.move(
    moved.filter(({ threadId }) => isThere.has(threadId)).map((thread) => ({ ...thread, candidateId })),
  )
  return [...isThere]
}

/** The candidate that shows the threads of one, which may have been merged into others. */
async function placeOf(deps: Pick<CandidateDeps, 'candidates'>, id = ''): Promise<string> {
  const [candidate] = await deps.candidates.of([id])
  return candidate?.mergedInto === undefined ? id : placeOf(deps, candidate.mergedInto)
}
