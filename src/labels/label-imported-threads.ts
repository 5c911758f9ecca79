import { setImmediate } from 'node:timers/promises'
import { type Actor, system } from '../access/actor.ts'
import type { ThreadFacts } from '../threads/thread.ts'
import type { NewAnnotation } from './annotation.ts'
import type { ImportAnnotation } from './annotation-store.ts'
import type { LabelDeps } from './deps.ts'
import type { LabelsImported } from './events.ts'
import { CATEGORY, facetName, labelName } from './facet.ts'

/** Threads a transaction: about 10 ms each on SQLite. */
const CHUNK = 100

export interface ImportLabelling {
  readonly sourceId: string
  /** Only these threads; all of the source by default. */
  readonly threadIds?: readonly string[]
  /** Who imports; the service itself by default. */
  readonly actor?: Actor
  readonly onProgress?: (threads: number) => void
  /** Stops it between two chunks; the next run does the rest. */
  readonly signal?: AbortSignal
}

/** What an import's labels changed. */
export interface ImportLabellingSummary {
  readonly threads: number
  readonly appended: number
  readonly revoked: number
  /** Tags that enough threads carry to be labels; 0 where the source is not labelled by tags. */
  readonly tags: number
}

/**
 * Gives threads the labels that their source states and, where the source is labelled by tags, the first of their
 * tags that at least 15 threads of the source carry as `category`. Missing facets and labels are created. An annotation
 * is appended where the label differs from the last one imported, and labels that the source no longer states are
 * revoked. Idempotent; committed chunk by chunk.
 */
export async function labelImportedThreads(
  deps: LabelDeps,
  { sourceId, threadIds, actor = system, onProgress, signal }: ImportLabelling,
): Promise<ImportLabellingSummary> {
  const source = await deps.sources.byId(sourceId)
  const tags = source?.labelFrom === 'tags' ? await popularTags(deps, sourceId) : new Set<string>()
  const total = { threads: 0, appended: 0, revoked: 0 }
  for await (const ids of threadIds === undefined ? threadIdsOf(deps, sourceId) : [threadIds]) {
    for (let from = 0; from < ids.length; from += CHUNK) {
      signal?.throwIfAborted()
      const chunk = ids.slice(from, from + CHUNK)
      const { appended, revoked } = await applyImportAnnotations(deps, chunk, tags, actor)
      total.threads += chunk.length
      total.appended += appended
      total.revoked += revoked
      onProgress?.(total.threads)
      await setImmediate()
    }
  }
  if (total.appended + total.revoked > 0)
    await deps.audit.record('labels.imported', actor, sourceId, { after: total })
  return { ...total, tags: tags.size }
}

interface Change {
  readonly append: NewAnnotation[]
  /** Annotations that the source no longer states. */
  readonly revoke: string[]
  /** Facet id → how many threads it changes for. */
  readonly counts: Map<string, number>
}

/**
 * Updates the imported annotations of these threads (at most 500) to the labels that their source states now, in one
 * transaction; without one when nothing differs.
 */
export async function applyImportAnnotations(
  deps: LabelDeps,
  threadIds: readonly string[],
  popularTags: ReadonlySet<string>,
  actor: Actor,
): Promise<{ appended: number; revoked: number }> {
  const stated = await readStatedLabels(deps, threadIds, popularTags)
  if (isEmpty(compare(stated, await deps.annotations.importAnnotations(threadIds))))
    return { appended: 0, revoked: 0 }
  return deps.db.transaction(async () => {
    await deps.annotations.lock(threadIds)
    const change = compare(stated, await deps.annotations.importAnnotations(threadIds))
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

/** Thread → facet id → label id, as the source states now. */
type StatedLabels = Map<string, Map<string, string>>

async function readStatedLabels(
  deps: LabelDeps,
  threadIds: readonly string[],
  popularTags: ReadonlySet<string>,
): Promise<StatedLabels> {
  const labelled = (await deps.threads.facts(threadIds)).map((thread) => ({
    threadId: thread.id,
    labels: labelsOf(thread, popularTags),
  }))
  const names = new Map<string, Set<string>>()
  for (const { labels } of labelled)
    for (const [facet, label] of labels) names.set(facet, (names.get(facet) ?? new Set()).add(label))
  const ids = new Map<string, { facetId: string; labels: ReadonlyMap<string, string> }>()
  for (const [name, labels] of names) {
    const facet = await deps.facets.ensure(name)
    ids.set(name, { facetId: facet.id, labels: await deps.facets.ensureLabels(facet.id, [...labels]) })
  }
  return new Map(
    labelled.map(({ threadId, labels }) => [
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

/** An annotation that a person revoked stays revoked until the source states another label. */
function compare(stated: StatedLabels, last: Map<string, Map<string, ImportAnnotation>>): Change {
  const change: Change = { append: [], revoke: [], counts: new Map() }
  const count = (facetId: string) => change.counts.set(facetId, (change.counts.get(facetId) ?? 0) + 1)
  for (const [threadId, labels] of stated) {
    const before = last.get(threadId) ?? new Map<string, ImportAnnotation>()
    for (const [facetId, { annotationId, labelId, revokedBy }] of before) {
      if (revokedBy !== undefined || labels.get(facetId) === labelId) continue
      change.revoke.push(annotationId)
      if (!labels.has(facetId)) count(facetId)
    }
    for (const [facetId, labelId] of labels) {
      const known = before.get(facetId)
      if (known?.labelId === labelId && known.revokedBy !== system.id) continue
      change.append.push({ threadId, facetId, labelId, provenance: 'import' })
      count(facetId)
    }
  }
  return change
}

function isEmpty({ append, revoke }: Change): boolean {
  return append.length + revoke.length === 0
}

/** A tag becomes a label once this many threads of its source carry it. */
const THREADS_A_LABEL = 15

const TAG_CHUNK = 200

/** Ids of a source's threads that have a question, in chunks, in a fixed order. */
async function* threadIdsOf(deps: Pick<LabelDeps, 'threads'>, sourceId: string): AsyncGenerator<string[]> {
  let after: string | undefined
  do {
    const ids = await deps.threads.idsAfter(after, TAG_CHUNK, { sourceId })
    if (ids.length > 0) yield ids
    after = ids.length < TAG_CHUNK ? undefined : ids.at(-1)
  } while (after !== undefined)
}

/** The tags that enough threads of the source carry to be labels. */
async function popularTags(deps: Pick<LabelDeps, 'threads'>, sourceId: string): Promise<ReadonlySet<string>> {
  const carriers = new Map<string, number>()
  for await (const ids of threadIdsOf(deps, sourceId)) {
    for (const { tags } of await deps.threads.facts(ids))
      for (const tag of new Set(tags)) carriers.set(tag, (carriers.get(tag) ?? 0) + 1)
    await setImmediate()
  }
  return new Set([...carriers].filter(([, threads]) => threads >= THREADS_A_LABEL).map(([tag]) => tag))
}
