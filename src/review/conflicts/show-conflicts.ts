import type { Audience } from '../../access/audience.ts'
import type { ThreadLabel } from '../../labels/annotation.ts'
import type { Rating } from '../../labels/rating-store.ts'
import { fourDigits } from '../../platform/four-digits.ts'
import type { ThreadFacts } from '../../threads/thread.ts'
import { excerptOf } from '../queue/review-queue.ts'
import type { Skip } from '../skips/skip-store.ts'
import type { Conflict, Ground, ShownConflict, ShownGround } from './conflict.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import { disputesOf } from './find-conflicts.ts'

/** Data on the threads of conflicts. */
interface Known {
  readonly threads: ReadonlyMap<string, ThreadFacts>
  readonly labels: ReadonlyMap<string, readonly ThreadLabel[]>
  /** Facet → thread → ratings. */
  readonly ratings: ReadonlyMap<string, ReadonlyMap<string, readonly Rating[]>>
  /** Facet → thread → skips in force. */
  readonly skips: ReadonlyMap<string, ReadonlyMap<string, readonly Skip[]>>
}

/** Conflicts (at most 100) with the data that a reader needs to judge them: current texts, labels and ratings. */
export async function showConflicts(
  deps: Pick<ConflictDeps, 'threads' | 'threadLabels' | 'ratings' | 'skips'>,
  conflicts: readonly Conflict[],
  reader: Audience,
): Promise<ShownConflict[]> {
  const own = conflicts.map(({ threadId }) => threadId)
  const others = conflicts.flatMap(({ grounds }) => grounds.flatMap(({ otherId }) => otherId ?? []))
  const ids = [...new Set([...own, ...others])]
  const threads = new Map((await deps.threads.facts(ids, reader)).map((facts) => [facts.id, facts]))
  const labels = new Map<string, readonly ThreadLabel[]>()
  for (let from = 0; from < ids.length; from += 500)
    for (const [id, found] of await deps.threadLabels.labelsOf(ids.slice(from, from + 500)))
      labels.set(id, found)
  const ratings = new Map<string, ReadonlyMap<string, readonly Rating[]>>()
  const skips = new Map<string, ReadonlyMap<string, readonly Skip[]>>()
  for (const facetId of new Set(conflicts.map((conflict) => conflict.facetId))) {
    ratings.set(facetId, await deps.ratings.of(facetId, own))
    skips.set(facetId, await deps.skips.of(facetId, own))
  }
  return conflicts.flatMap((conflict) => show(conflict, { threads, labels, ratings, skips }) ?? [])
}

function show({ facetId, grounds, ...conflict }: Conflict, known: Known): ShownConflict | undefined {
  const thread = known.threads.get(conflict.threadId)
  if (thread === undefined) return undefined
  const inForce = labelOf(known, conflict.threadId, facetId)
  return {
    ...conflict,
    title: thread.title,
    excerpt: excerptOf(thread.question),
    language: thread.language,
    source: thread.source,
    label: inForce?.label,
    provenance: inForce?.provenance,
    grounds: grounds.flatMap((ground) => showGround(ground, conflict.threadId, facetId, known) ?? []),
    path: `/api/threads/${conflict.threadId}`,
  }
}

function showGround(
  { kind, otherId = '', likely = '', score }: Ground,
  threadId: string,
  facetId: string,
  known: Known,
): ShownGround | undefined {
  if (kind === 'dispute') {
    const disputes = disputesOf(known.skips.get(facetId)?.get(threadId), labelOf(known, threadId, facetId))
    return {
      kind,
      disputes: disputes.map(({ note = '', actor, createdAt }) => ({ reason: note, actor, createdAt })),
    }
  }
  if (kind === 'ratings') {
    const ratings = known.ratings.get(facetId)?.get(threadId) ?? []
    return { kind, ratings: ratings.map(({ threadId: _, ...rating }) => rating) }
  }
  if (kind === 'suspect') return { kind, likely, ownConfidence: fourDigits(score) }
  const other = known.threads.get(otherId)
  if (other === undefined) return undefined
  const label = labelOf(known, otherId, facetId)?.label
  return { kind, threadId: otherId, title: other.title, label, likeness: score }
}

function labelOf({ labels }: Known, threadId: string, facetId: string): ThreadLabel | undefined {
  return labels.get(threadId)?.find((label) => label.facetId === facetId)
}
