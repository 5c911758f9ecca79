import type { ThreadLabel } from '../../labels/index.ts'
import type { Ground } from './conflict.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import type { AlikePair } from './doubt-store.ts'

type Deps = Pick<ConflictDeps, 'db' | 'annotations' | 'threadLabels' | 'votes' | 'conflicts' | 'doubts'>

/** Threads settled in one transaction. */
const CHUNK = 20

/**
 * Brings the conflicts on a facet of these threads in line with what their annotations say now: one is opened where
 * there are grounds, closed where there are none left. Doing it again changes nothing.
 */
export async function settleConflicts(
  deps: Deps,
  facetId: string,
  threadIds: readonly string[],
): Promise<void> {
  for (let from = 0; from < threadIds.length; from += CHUNK) {
    const chunk = threadIds.slice(from, from + CHUNK)
    await deps.db.transaction(() => settleChunk(deps, facetId, chunk))
  }
}

/** These threads and all that ask nearly the same as one of them. */
export async function withAlike(
  { doubts }: Pick<Deps, 'doubts'>,
  facetId: string,
  threadIds: readonly string[],
): Promise<string[]> {
  const pairs = await doubts.pairsOf(facetId, threadIds)
  return [...new Set([...threadIds, ...pairs.flatMap(({ threadId, otherId }) => [threadId, otherId])])].sort()
}

async function settleChunk(deps: Deps, facetId: string, threadIds: readonly string[]): Promise<void> {
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
          : { outcome: 'settled' },
      )
    }
  }
}

async function findGrounds(deps: Deps, facetId: string, threadIds: readonly string[]) {
  const pairs = await deps.doubts.pairsOf(facetId, threadIds)
  const concerned = [...threadIds, ...pairs.flatMap(({ threadId, otherId }) => [threadId, otherId])]
  const standing = await labelsOn(deps, facetId, [...new Set(concerned)])
  const votes = await deps.votes.of(facetId, threadIds)
  const suspicions = await deps.doubts.suspicions(facetId, threadIds)
  const grounds = new Map<string, Ground[]>()
  for (const threadId of threadIds) {
    const own = standing.get(threadId)
    if (own?.provenance === 'ruling') continue
    const reasons: Ground[] = []
    if (new Set(votes.get(threadId)?.map(({ label }) => label)).size > 1)
      reasons.push({ kind: 'votes', score: 0 })
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
