import { type Actor, system } from '../access/index.ts'
import type { ThreadFacts } from '../threads/index.ts'
import type { Verdict } from './annotation.ts'
import type { ImportVerdict } from './annotation-store.ts'
import type { LabelDeps } from './deps.ts'
import type { LabelsImported } from './events.ts'
import { CATEGORY, facetName, labelName } from './facet.ts'

interface Change {
  readonly append: Verdict[]
  /** Annotations of the import that no longer hold. */
  readonly revoke: string[]
  /** Facet id → how many threads it changes for. */
  readonly counts: Map<string, number>
}

/**
 * Brings the import's annotations of these threads (at most 500) in line with what their source says now, in one
 * transaction; without one when nothing differs.
 */
export async function applyImportVerdicts(
  deps: LabelDeps,
  threadIds: readonly string[],
  popularTags: ReadonlySet<string>,
  actor: Actor,
): Promise<{ appended: number; revoked: number }> {
  const said = await readVerdicts(deps, threadIds, popularTags)
  if (isEmpty(compare(said, await deps.annotations.importVerdicts(threadIds))))
    return { appended: 0, revoked: 0 }
  return deps.db.transaction(async () => {
    await deps.annotations.lock(threadIds)
    const change = compare(said, await deps.annotations.importVerdicts(threadIds))
    if (change.revoke.length > 0) await deps.annotations.revoke(change.revoke, system)
    if (change.append.length > 0) await deps.annotations.append(change.append, actor)
    for (const facet of await deps.facets.all()) {
      const count = change.counts.get(facet.id)
      if (count === undefined) continue
      const event: LabelsImported = { type: 'labels.imported', facet: facet.name, facetId: facet.id, count }
      await deps.outbox.append(event)
    }
    return { appended: change.append.length, revoked: change.revoke.length }
  })
}

/** Thread → facet id → label id, as the source says now. */
type Said = Map<string, Map<string, string>>

async function readVerdicts(
  deps: LabelDeps,
  threadIds: readonly string[],
  popularTags: ReadonlySet<string>,
): Promise<Said> {
  const verdicts = (await deps.threads.facts(threadIds)).map((thread) => ({
    threadId: thread.id,
    labels: labelsOf(thread, popularTags),
  }))
  const names = new Map<string, Set<string>>()
  for (const { labels } of verdicts)
    for (const [facet, label] of labels) names.set(facet, (names.get(facet) ?? new Set()).add(label))
  const ids = new Map<string, { facetId: string; labels: ReadonlyMap<string, string> }>()
  for (const [name, labels] of names) {
    const facet = await deps.facets.ensure(name)
    ids.set(name, { facetId: facet.id, labels: await deps.facets.ensureLabels(facet.id, [...labels]) })
  }
  return new Map(
    verdicts.map(({ threadId, labels }) => [
      threadId,
      new Map(
        [...labels].map(([facet, label]) => {
          const known = ids.get(facet)!
          return [known.facetId, known.labels.get(label)!]
        }),
      ),
    ]),
  )
}

/** Facet → label: what is stated, else the first tag that is popular. */
function labelsOf(thread: ThreadFacts, popularTags: ReadonlySet<string>): Map<string, string> {
  const labels = new Map<string, string>()
  const tag = thread.tags.find((each) => popularTags.has(each))
  if (tag !== undefined) labels.set(CATEGORY, labelName(tag))
  for (const [stated, text] of Object.entries(thread.statedLabels)) {
    const facet = facetName(stated)
    const label = labelName(text)
    if (facet !== undefined && label !== '') labels.set(facet, label)
  }
  return labels
}

/** What a person revoked stays revoked until the source says something else. */
function compare(said: Said, last: Map<string, Map<string, ImportVerdict>>): Change {
  const change: Change = { append: [], revoke: [], counts: new Map() }
  const count = (facetId: string) => change.counts.set(facetId, (change.counts.get(facetId) ?? 0) + 1)
  for (const [threadId, labels] of said) {
    const before = last.get(threadId) ?? new Map<string, ImportVerdict>()
    for (const [facetId, { annotationId, labelId, revokedBy }] of before) {
      if (revokedBy !== undefined || labels.get(facetId) === labelId) continue
      change.revoke.push(annotationId)
      if (!labels.has(facetId)) count(facetId)
    }
    for (const [facetId, labelId] of labels) {
      const standing = before.get(facetId)
      if (standing?.labelId === labelId && standing.revokedBy !== system.id) continue
      change.append.push({ threadId, facetId, labelId, provenance: 'import' })
      count(facetId)
    }
  }
  return change
}

function isEmpty({ append, revoke }: Change): boolean {
  return append.length + revoke.length === 0
}
