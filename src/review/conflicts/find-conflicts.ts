import { findDoubts } from '../../models/index.ts'
import { createBreather } from '../../platform/index.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import { settleConflicts, withAlike } from './settle-conflicts.ts'

export interface ConflictSearch {
  readonly facet: string
  readonly signal?: AbortSignal
}

export interface ConflictSearchSummary {
  readonly facet: string
  /** Labelled texts that were looked at; 0 where there are fewer than two labels. */
  readonly examples: number
  /** Share of them whose label models that have not seen them find the likeliest: the less, the less `errors` means. */
  readonly agreement: number
  /** Wrong labels among them, estimated. */
  readonly errors: number
  readonly suspects: number
  readonly contradictions: number
  /** Conflicts that are open now. */
  readonly open: number
}

/**
 * Looks for labels of a facet that are probably wrong, in a thread of its own, and brings the inbox in line with what
 * it found; a search replaces the one before.
 *
 * @throws CodedError FACET_NOT_FOUND
 */
export async function findConflicts(
  deps: ConflictDeps,
  { facet: name, signal = new AbortController().signal }: ConflictSearch,
): Promise<ConflictSearchSummary> {
  const facet = await deps.facets.require(name)
  const nothing = { examples: 0, agreement: 0, errors: 0, suspects: [], contradictions: [] }
  const found = (await findDoubts(deps, { facetId: facet.id, signal })) ?? nothing
  await deps.doubts.replace(facet.id, found)
  await sweepConflicts(deps, { facetId: facet.id, signal })
  return {
    facet: facet.name,
    examples: found.examples,
    agreement: found.agreement,
    errors: found.errors,
    suspects: found.suspects.length,
    contradictions: found.contradictions.length,
    open: (await deps.conflicts.openThreads(facet.id)).length,
  }
}

/** Settles every thread of a facet that has an open conflict, is doubted or has votes that differ. */
export async function sweepConflicts(
  deps: ConflictDeps,
  { facetId, signal }: { readonly facetId: string; readonly signal: AbortSignal },
): Promise<void> {
  const breathe = createBreather()
  const open = await deps.conflicts.openThreads(facetId)
  const doubted = await deps.doubts.doubted(facetId)
  const disputed = await deps.votes.disputed(facetId)
  const threadIds = [...new Set([...open, ...doubted, ...disputed])].sort()
  for (let from = 0; from < threadIds.length; from += 20) {
    signal.throwIfAborted()
    await settleConflicts(deps, facetId, threadIds.slice(from, from + 20))
    await breathe()
  }
}

/** Settles a thread whose label changed, and those that ask nearly the same. */
export async function settleAround(deps: ConflictDeps, facetId: string, threadId: string): Promise<void> {
  await settleConflicts(deps, facetId, await withAlike(deps, facetId, [threadId]))
}
