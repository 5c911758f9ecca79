import type { ThreadLabel } from '../../labels/annotation.ts'
import { findLabelIssues } from '../../models/label-issues/find-label-issues.ts'
import { timeOfId } from '../../platform/ids.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import type { ConflictsOpened } from '../events.ts'
import type { Skip } from '../skips/skip-store.ts'
import type { Ground } from './conflict.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import type { NearDuplicatePair } from './label-issue-store.ts'

export interface ConflictSearch {
  readonly facet: string
  readonly signal?: AbortSignal
}

export interface ConflictSearchSummary {
  readonly facet: string
  /** Labelled texts that were searched; 0 where there are fewer than two labels. */
  readonly examples: number
  /** Share of them whose label is the held-out prediction too: the lower, the less reliable is `errors`. */
  readonly agreement: number
  /** Estimated number of wrong labels among them. */
  readonly errors: number
  readonly suspects: number
  /** Suspects that were left out because the model is right too rarely to accuse. */
  readonly withheld: number
  readonly contradictions: number
  /** Conflicts that are open now. */
  readonly open: number
}

/**
 * Searches for labels of a facet that are probably wrong, in a worker thread, and updates the conflict inbox. The findings
 * replace those of the search before.
 *
 * @throws CodedError FACET_NOT_FOUND
 */
export async function findConflicts(
  deps: ConflictDeps,
  { facet: name, signal = new AbortController().signal }: ConflictSearch,
): Promise<ConflictSearchSummary> {
  const facet = await deps.facets.require(name)
  const nothing = { examples: 0, agreement: 0, errors: 0, suspects: [], withheld: 0, contradictions: [] }
  const found = (await findLabelIssues(deps, { facetId: facet.id, signal })) ?? nothing
  await deps.labelIssues.replace(facet.id, found)
  await sweepConflicts(deps, { facetId: facet.id, signal })
  return {
    facet: facet.name,
    examples: found.examples,
    agreement: found.agreement,
    errors: found.errors,
    suspects: found.suspects.length,
    withheld: found.withheld,
    contradictions: found.contradictions.length,
    open: (await deps.conflicts.openThreads(facet.id)).length,
  }
}

/**
 * Recomputes the conflicts of all threads of a facet with an open conflict, a label issue, a dispute or ratings that
 * differ.
 */
export async function sweepConflicts(
  deps: ConflictDeps,
  { facetId, signal }: { readonly facetId: string; readonly signal: AbortSignal },
): Promise<void> {
  const yieldToEventLoop = createYielder()
  const open = await deps.conflicts.openThreads(facetId)
  const withIssues = await deps.labelIssues.threadsWithIssues(facetId)
  const rated = await deps.ratings.disputed(facetId)
  const disputed = await deps.skips.disputed(facetId)
  const threadIds = [...new Set([...open, ...withIssues, ...rated, ...disputed])].sort()
  for (let from = 0; from < threadIds.length; from += CHUNK) {
    signal.throwIfAborted()
    await recomputeConflicts(deps, facetId, threadIds.slice(from, from + CHUNK))
    await yieldToEventLoop()
  }
}

/** Recomputes the conflicts of a thread whose label changed, and of its near-duplicates. */
export async function recomputeAround(deps: ConflictDeps, facetId: string, threadId: string): Promise<void> {
  await recomputeConflicts(deps, facetId, await withNearDuplicates(deps, facetId, [threadId]))
}

type Deps = Pick<
  ConflictDeps,
  'db' | 'outbox' | 'annotations' | 'threadLabels' | 'ratings' | 'conflicts' | 'labelIssues' | 'skips'
>

/** Threads of one transaction. */
const CHUNK = 20

/**
 * Recomputes the conflicts on a facet of these threads from their annotations: opens one where there are grounds and
 * closes one where none are left: as ruled where a ruling came after it was opened, else as resolved. Idempotent.
 */
export async function recomputeConflicts(
  deps: Deps,
  facetId: string,
  threadIds: readonly string[],
): Promise<void> {
  for (let from = 0; from < threadIds.length; from += CHUNK) {
    const chunk = threadIds.slice(from, from + CHUNK)
    await deps.db.transaction(() => recomputeChunk(deps, facetId, chunk))
  }
}

/** These threads and their near-duplicates. */
async function withNearDuplicates(
  { labelIssues }: Pick<Deps, 'labelIssues'>,
  facetId: string,
  threadIds: readonly string[],
): Promise<string[]> {
  const pairs = await labelIssues.pairsOf(facetId, threadIds)
  return [...new Set([...threadIds, ...pairs.flatMap(({ threadId, otherId }) => [threadId, otherId])])].sort()
}

async function recomputeChunk(deps: Deps, facetId: string, threadIds: readonly string[]): Promise<void> {
  const { annotations, conflicts } = deps
  await annotations.lock(threadIds)
  const { grounds, labels } = await findGrounds(deps, facetId, threadIds)
  const open = await conflicts.openOn(facetId, threadIds)
  const opened: { id: string; threadId: string }[] = []
  for (const threadId of threadIds) {
    const reasons = grounds.get(threadId) ?? []
    const known = open.get(threadId)
    if (known === undefined) {
      if (reasons.length > 0) opened.push({ id: await conflicts.open(facetId, threadId, reasons), threadId })
    } else if (reasons.length > 0) await conflicts.replaceGrounds(known, reasons)
    else {
      const label = labels.get(threadId)
      await conflicts.close(
        known,
        label?.provenance === 'ruling' && timeOfId(label.annotationId) >= timeOfId(known)
          ? { outcome: 'ruled', rulingId: label.annotationId }
          : { outcome: 'resolved' },
      )
    }
  }
  if (opened.length === 0) return
  const event: ConflictsOpened = { type: 'conflicts.opened', facetId, conflicts: opened }
  await deps.outbox.append(event)
}

async function findGrounds(deps: Deps, facetId: string, threadIds: readonly string[]) {
  const pairs = await deps.labelIssues.pairsOf(facetId, threadIds)
  const involved = [...threadIds, ...pairs.flatMap(({ threadId, otherId }) => [threadId, otherId])]
  const labels = await labelsOn(deps, facetId, [...new Set(involved)])
  const ratings = await deps.ratings.of(facetId, threadIds)
  const suspects = await deps.labelIssues.suspects(facetId, threadIds)
  const skips = await deps.skips.of(facetId, threadIds)
  const grounds = new Map<string, Ground[]>()
  for (const threadId of threadIds) {
    const own = labels.get(threadId)
    const reasons: Ground[] = []
    if (disputesOf(skips.get(threadId), own).length > 0) reasons.push({ kind: 'dispute', score: 0 })
    if (own?.provenance === 'ruling') {
      grounds.set(threadId, reasons)
      continue
    }
    if (new Set(ratings.get(threadId)?.map(({ label }) => label)).size > 1)
      reasons.push({ kind: 'ratings', score: 0 })
    const suspect = suspects.get(threadId)
    // An annotation made since confirms or replaces the suspected one.
    if (suspect !== undefined && suspect.annotationId === own?.annotationId)
      reasons.push({ kind: 'suspect', likely: suspect.likely, score: suspect.ownConfidence })
    for (const pair of pairs) {
      const otherId = otherOf(pair, threadId)
      const other = otherId === undefined ? undefined : labels.get(otherId)
      if (otherId !== undefined && own !== undefined && other !== undefined && isQuestioned(own, other))
        reasons.push({ kind: 'near-duplicate', otherId, score: pair.likeness })
    }
    grounds.set(threadId, reasons)
  }
  return { grounds, labels }
}

/** Disputes that no ruling has answered since. */
export function disputesOf(skips: readonly Skip[] = [], label: ThreadLabel | undefined): readonly Skip[] {
  const ruledAt = label?.provenance === 'ruling' ? timeOfId(label.annotationId) : ''
  return skips.filter(({ why, id }) => why === 'dispute' && timeOfId(id) > ruledAt)
}

async function labelsOn(
  { threadLabels }: Pick<Deps, 'threadLabels'>,
  facetId: string,
  threadIds: readonly string[],
): Promise<Map<string, ThreadLabel>> {
  const found = new Map<string, ThreadLabel>()
  for (let from = 0; from < threadIds.length; from += 500)
    for (const [id, labels] of await threadLabels.labelsOf(threadIds.slice(from, from + 500))) {
      const label = labels.find((each) => each.facetId === facetId)
      if (label !== undefined) found.set(id, label)
    }
  return found
}

function otherOf({ threadId, otherId }: NearDuplicatePair, own: string): string | undefined {
  if (threadId === own) return otherId
  return otherId === own ? threadId : undefined
}

/** Provenances by rank, the highest first. */
const RANK = { ruling: 0, agent: 1, import: 2 } as const

/**
 * Of two contradicting labels one is questioned: the one of lower rank, else the later one. A ruling never is: a knowledge
 * manager saw a difference.
 */
function isQuestioned(own: ThreadLabel, other: ThreadLabel): boolean {
  if (own.label === other.label) return false
  if (own.provenance !== other.provenance) return RANK[own.provenance] > RANK[other.provenance]
  return own.annotationId > other.annotationId
}
