import { setTimeout } from 'node:timers/promises'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { ThreadLabelStore } from '../../labels/thread-label-store.ts'
import { cosineOf, createRowIndexBuilder, type SparseRow } from '../../learning/features/row-index.ts'

import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { threadText } from '../../text/thread-text.ts'
import type { ModelDeps } from '../deps.ts'
import type { ActiveModel } from '../registry/model-registry.ts'
import { type ExampleDeps, readSourcedExamples } from '../training/read-examples.ts'

/** A labelled text that a model learned from, whole. */
export interface NearExample {
  /** Absent for an example that came with the facet. */
  readonly threadId?: string
  readonly annotationId?: string
  readonly label: string
  readonly text: string
  /** As of `SimilarExample`. */
  readonly score: number
}

/** A labelled text that a model learned from. */
export interface SimilarExample {
  /** Absent for an example that came with the facet. */
  readonly threadId?: string
  readonly label: string
  /** How its text begins. */
  readonly text: string
  /** Cosine of the two texts as the model reads them (tf-idf of its n-grams), in [0, 1]. */
  readonly score: number
}

interface SimilarSearch {
  /** What the reader may not see is not there. */
  readonly reader: Audience
  /** 5 by default. */
  readonly limit?: number
}

export interface SimilarExamples {
  /**
   * The examples that the model learned from that are most like a text, the likest first; undefined while they are
   * still being read, which goes on. Learned from is what was labelled when the model was made, is labelled the same
   * now, and is not in the audit slice.
   */
  find(model: ActiveModel, text: string, search: SimilarSearch): Promise<SimilarExample[] | undefined>
  /** The same with their whole texts, up to fifty; no `limit`. */
  nearest(
    model: ActiveModel,
    text: string,
    search: Omit<SimilarSearch, 'limit'>,
  ): Promise<NearExample[] | undefined>
}

type SimilarDeps = Pick<ModelDeps, 'versions' | 'starterExamples' | 'threads' | 'auditSlice'> & {
  readonly threadLabels: Pick<ThreadLabelStore, 'labelledThreads' | 'labelsOf'>
}

/** Indexes kept at once, the one asked least recently given up first: at most 32 MB each. */
const MOST_INDEXES = 4
/** What the pruned index proposes and the whole texts are compared for. */
const CANDIDATES = 50
const EXCERPT = 300

/**
 * Examples like a text, from an index a model version: made when first asked for, in this process's memory.
 *
 * @param patienceMs how long an answer waits for an index that is being made
 */
export function createSimilarExamples(
  deps: SimilarDeps,
  { patienceMs = 1500 }: { readonly patienceMs?: number } = {},
): SimilarExamples {
  const indexes = new Map<string, Promise<ExampleIndex>>()

  function indexOf(model: ActiveModel): Promise<ExampleIndex> {
    const { versionId } = model
    const known = indexes.get(versionId)
    const index = known ?? createExampleIndex(deps, model)
    indexes.delete(versionId)
    indexes.set(versionId, index)
    if (known === undefined) index.catch(() => indexes.delete(versionId))
    for (const oldest of indexes.keys()) {
      if (indexes.size <= MOST_INDEXES) break
      indexes.delete(oldest)
    }
    return index
  }

  async function nearest(
    model: ActiveModel,
    text: string,
    { reader }: SimilarSearch,
  ): Promise<NearExample[] | undefined> {
    const index = await orTooLate(indexOf(model), patienceMs)
    if (index === undefined) return undefined
    const row = model.classifier.encode(text)
    const audiences = new Set(visibleTo(reader))
    const proposed = index.candidates(row, CANDIDATES, audiences)
    const threadIds = proposed.flatMap(({ id, starter }) => (starter === undefined ? [id] : []))
    const threads = new Map((await deps.threads.facts(threadIds, reader)).map((facts) => [facts.id, facts]))
    const labels = await deps.threadLabels.labelsOf(threadIds)
    const found: NearExample[] = []
    for (const { id, label, starter } of proposed) {
      const thread = threads.get(id)
      const now = labels.get(id)?.find(({ facetId }) => facetId === model.facetId)
      if (starter === undefined && (thread === undefined || now?.label !== label)) continue
      const own = starter ?? threadText(thread!)
      const score = cosineOf(row, model.classifier.encode(own))
      const origin = thread && now && { threadId: id, annotationId: now.annotationId }
      if (score > 0) found.push({ ...origin, label, text: own, score })
    }
    return found.sort((a, b) => b.score - a.score)
  }

  return {
    nearest,
    async find(model, text, { limit = 5, ...search }) {
      const found = await nearest(model, text, search)
      return found
        ?.slice(0, limit)
        .map(({ annotationId: _, ...near }) => ({ ...near, text: excerptOf(near.text) }))
    },
  }
}

/** Undefined for what takes longer than it is waited for. */
async function orTooLate<T>(work: Promise<T>, patienceMs: number): Promise<T | undefined> {
  if (patienceMs === Number.POSITIVE_INFINITY) return work
  const stop = new AbortController()
  const late = setTimeout(patienceMs, undefined, { signal: stop.signal }).catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    stop.abort()
  }
}

/** Never half a surrogate pair at its end. */
function excerptOf(text: string): string {
  return text.slice(0, EXCERPT).replace(/[\uD800-\uDBFF]$/, '')
}

/** An example as it was when the index was built. */
interface IndexedExample {
  readonly id: string
  readonly label: string
  readonly audience: Audience
  /** The text of a starter example, which is stored with no thread. */
  readonly starter?: string | undefined
}

/** The examples of a model version, found by similarity. */
interface ExampleIndex {
  /** Up to `limit` examples of these audiences that may be like a row, the likeliest first. */
  candidates(row: SparseRow, limit: number, audiences: ReadonlySet<Audience>): IndexedExample[]
}

/** Entries of an index, 8 bytes each; the more examples, the fewer of each. */
const MAX_ENTRIES = 4_000_000
const ENTRIES_PER_EXAMPLE = { least: 16, most: 64 }

/** Reads the examples of a version again, since they are not stored with it; lets other work run meanwhile. */
async function createExampleIndex(
  deps: Pick<ModelDeps, 'versions'> & ExampleDeps,
  { facet, facetId, version: number, classifier }: ActiveModel,
): Promise<ExampleIndex> {
  const version = await deps.versions.require({ id: facetId, name: facet }, number)
  const yieldToEventLoop = createYielder()
  const { least, most } = ENTRIES_PER_EXAMPLE
  const share = Math.floor(MAX_ENTRIES / Math.max(1, version.report.trainedOn))
  const rows = createRowIndexBuilder({
    columns: classifier.model.vocabulary.hashes.length,
    entriesPerRow: Math.max(least, Math.min(most, share)),
    maxEntries: MAX_ENTRIES,
  })
  const examples: IndexedExample[] = []
  for await (const chunk of readSourcedExamples(deps, facetId, { until: version.createdAt })) {
    for (const { id, label, text, thread, drawn } of chunk) {
      await yieldToEventLoop()
      if (drawn || !rows.add(classifier.encode(text))) continue
      examples.push({
        id,
        label,
        audience: thread?.audience ?? 'public',
        starter: thread ? undefined : text,
      })
    }
  }
  const building = rows.build()
  let step = building.next()
  while (!step.done) {
    await yieldToEventLoop()
    step = building.next()
  }
  const index = step.value
  return {
    candidates: (row, limit, audiences) =>
      index.candidates(row, limit, (at) => audiences.has(examples[at]!.audience)).map((at) => examples[at]!),
  }
}
