import type { Audience } from '../../access/audience.ts'
import type { Rating } from '../../labels/agreement/rating-store.ts'
import type { Annotation, ThreadLabel } from '../../labels/annotation.ts'
import { type GuidedLabel, guideLabels } from '../../labels/guidelines/guide-labels.ts'
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
  /** Facet → thread → annotations. */
  readonly annotations: ReadonlyMap<string, ReadonlyMap<string, readonly Annotation[]>>
}

const MOST_LABELS = 1000

/** Looks up the labels of facets by facet and label name, with their guidelines. */
async function guideLabelsAtStake(
  deps: Pick<ConflictDeps, 'facets' | 'guidelines'>,
  conflicts: readonly Conflict[],
  shown: readonly ShownConflict[],
  reader: Audience,
): Promise<(facet: string, label: string) => GuidedLabel | undefined> {
  const found = new Map<string, GuidedLabel>()
  for (const [facet, facetId] of new Map(conflicts.map((each) => [each.facet, each.facetId]))) {
    const names = new Set(shown.filter((each) => each.facet === facet).flatMap(namesAtStake))
    const { items } = await deps.facets.labels(facetId, { limit: MOST_LABELS })
    const atStake = items.filter(({ name }) => names.has(name))
    for (const label of await guideLabels(deps, atStake, reader))
      found.set(JSON.stringify([facet, label.name]), label)
  }
  return (facet, label) => found.get(JSON.stringify([facet, label]))
}

/** The labels that a conflict is between, by name. */
function namesAtStake({ label, grounds, annotations }: ShownConflict): string[] {
  const ofGrounds = grounds.flatMap((ground) => {
    if (ground.kind === 'suspect') return [ground.likely]
    if (ground.kind === 'near-duplicate') return ground.label ?? []
    return ground.kind === 'ratings' ? ground.ratings.map((rating) => rating.label) : []
  })
  const names = [label, ...ofGrounds, ...annotations.map((each) => each.label)]
  return [...new Set(names.flatMap((name) => name ?? []))].sort()
}

/** Conflicts (at most 100) with the data that a reader needs to judge them: current texts, labels and ratings. */
export async function showConflicts(
  deps: Pick<
    ConflictDeps,
    'threads' | 'threadLabels' | 'ratings' | 'annotations' | 'facets' | 'guidelines' | 'skips'
  >,
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
  const annotations = new Map<string, ReadonlyMap<string, readonly Annotation[]>>()
  const skips = new Map<string, ReadonlyMap<string, readonly Skip[]>>()
  const shown: ShownConflict[] = []
  for (const facetId of new Set(conflicts.map((conflict) => conflict.facetId))) {
    ratings.set(facetId, await deps.ratings.of(facetId, own))
    annotations.set(facetId, await deps.annotations.validOn(facetId, own))
    skips.set(facetId, await deps.skips.of(facetId, own))
  }
  for (const conflict of conflicts) {
    const one = show(conflict, { threads, labels, ratings, annotations, skips })
    if (one !== undefined) shown.push(one)
  }
  const guided = await guideLabelsAtStake(deps, conflicts, shown, reader)
  return shown.map((one) => ({
    ...one,
    labels: namesAtStake(one).flatMap((name) => guided(one.facet, name) ?? []),
  }))
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
    annotations: (known.annotations.get(facetId)?.get(conflict.threadId) ?? []).map(
      ({ id, label, provenance, blind, actor, note, createdAt }) => {
        return { id, label, provenance, blind, actor, note, createdAt }
      },
    ),
    labels: [],
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
