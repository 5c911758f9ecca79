import type { ThreadLabel } from '../../labels/annotation.ts'
import { findLabelIssues } from '../../models/label-issues/find-label-issues.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import type { Ground } from './conflict.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import type { AlikePair } from './label-issue-store.ts'

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
  const found = (await findLabelIssues(deps, { facetId: facet.id, signal })) ?? nothing
  await deps.labelIssues.replace(facet.id, found)
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

/** Resolves every thread of a facet that has an open conflict, is doubted or has ratings that differ. */
export async function sweepConflicts(
  deps: ConflictDeps,
  { facetId, signal }: { readonly facetId: string; readonly signal: AbortSignal },
): Promise<void> {
  const yieldToEventLoop = createYielder()
  const open = await deps.conflicts.openThreads(facetId)
  const doubted = await deps.labelIssues.doubted(facetId)
  const disputed = await deps.ratings.disputed(facetId)
  const threadIds = [...new Set([...open, ...doubted, ...disputed])].sort()
  for (let from = 0; from < threadIds.length; from += 20) {
    signal.throwIfAborted()
    await recomputeConflicts(deps, facetId, threadIds.slice(from, from + 20))
    await yieldToEventLoop()
  }
}

/** Resolves a thread whose label changed, and those that ask nearly the same. */
export async function recomputeAround(deps: ConflictDeps, facetId: string, threadId: string): Promise<void> {
  await recomputeConflicts(deps, facetId, await withAlike(deps, facetId, [threadId]))
}

type Deps = Pick<
  ConflictDeps,
  'db' | 'annotations' | 'threadLabels' | 'ratings' | 'conflicts' | 'labelIssues'
>

/** Threads settled in one transaction. */
const CHUNK = 20

/**
 * Brings the conflicts on a facet of these threads in line with what their annotations say now: one is opened where
 * there are grounds, closed where there are none left. Doing it again changes nothing.
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

/** These threads and all that ask nearly the same as one of them. */
export async function withAlike(
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
  const { grounds, standing } = await findGrounds(deps, facetId, threadIds)
  const open = await conflicts.openOn(facetId, threadIds)
  for (const threadId of threadIds) {
    const reasons = grounds.get(threadId) ?? []
    const known = open.get(threadId)
    if (known === undefined) {
      if (reasons.length > 0) await conflicts.open(facetId, threadId, reasons)
    } else if (reasons.length > 0) await conflicts.reground(known, reasons)
    else {
      const label = standing.get(threadId)
      await conflicts.close(
        known,
        label?.provenance === 'ruling'
          ? { outcome: 'ruled', rulingId: label.annotationId }
          : { outcome: 'resolved' },
      )
    }
  }
}

async function findGrounds(deps: Deps, facetId: string, threadIds: readonly string[]) {
  const pairs = await deps.labelIssues.pairsOf(facetId, threadIds)
  const concerned = [...threadIds, ...pairs.flatMap(({ threadId, otherId }) => [threadId, otherId])]
  const standing = await labelsOn(deps, facetId, [...new Set(concerned)])
  const ratings = await deps.ratings.of(facetId, threadIds)
  const suspicions = await deps.labelIssues.suspicions(facetId, threadIds)
  const grounds = new Map<string, Ground[]>()
  for (const threadId of threadIds) {
    const own = standing.get(threadId)
    if (own?.provenance === 'ruling') continue
    const reasons: Ground[] = []
    if (new Set(ratings.get(threadId)?.map(({ label }) => label)).size > 1)
      reasons.push({ kind: 'ratings', score: 0 })
    const suspicion = suspicions.get(threadId)
    // Whoever annotated it since has looked at it again.
    if (suspicion !== undefined && suspicion.annotationId === own?.annotationId)
      reasons.push({ kind: 'suspect', likely: suspicion.likely, score: suspicion.ownConfidence })
    for (const pair of pairs) {
      const otherId = otherOf(pair, threadId)
      const other = otherId === undefined ? undefined : standing.get(otherId)
      if (otherId !== undefined && own !== undefined && other !== undefined && givesWay(own, other))
        reasons.push({ kind: 'near-duplicate', otherId, score: pair.likeness })
    }
    grounds.set(threadId, reasons)
  }
  return { grounds, standing }
}

async function labelsOn(
  { threadLabels }: Pick<Deps, 'threadLabels'>,
  facetId: string,
  threadIds: readonly string[],
): Promise<Map<string, ThreadLabel>> {
  const standing = new Map<string, ThreadLabel>()
  for (let from = 0; from < threadIds.length; from += 500)
    for (const [id, labels] of await threadLabels.labelsOf(threadIds.slice(from, from + 500))) {
      const label = labels.find((each) => each.facetId === facetId)
      if (label !== undefined) standing.set(id, label)
    }
  return standing
}

function otherOf({ threadId, otherId }: AlikePair, own: string): string | undefined {
  if (threadId === own) return otherId
  return otherId === own ? threadId : undefined
}

const RANK = { ruling: 0, agent: 1, import: 2 } as const

/**
 * Of two labels that contradict each other one is asked about: that of lower standing, else the later one. Two rulings
 * do not: a knowledge manager saw a difference.
 */
function givesWay(own: ThreadLabel, other: ThreadLabel): boolean {
  if (own.label === other.label) return false
  if (own.provenance !== other.provenance) return RANK[own.provenance] > RANK[other.provenance]
  return own.annotationId > other.annotationId
}
