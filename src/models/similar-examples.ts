import { setTimeout } from 'node:timers/promises'
import { type Audience, visibleTo } from '../access/index.ts'
import type { ThreadLabelStore } from '../labels/index.ts'
import { cosineOf } from '../learning/index.ts'
import { threadText } from '../threads/index.ts'
import type { ModelDeps } from './deps.ts'
import { createExampleIndex, type ExampleIndex } from './example-index.ts'
import type { ActiveModel } from './model-registry.ts'

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

export interface SimilarSearch {
  /** What the reader may not see is not there. */
  readonly reader: Audience
  /** 5 unless told. */
  readonly limit?: number
  /** How long to wait for the index of a model that was not asked about before; 1500 unless told. */
  readonly patienceMs?: number
}

export interface SimilarExamples {
  /**
   * The examples that the model learned from that are most like a text, the likest first; undefined while they are
   * still being read, which goes on. Learned from is what was labelled when the model was made, is labelled the same
   * now, and is not in the audit slice.
   */
  find(model: ActiveModel, text: string, search: SimilarSearch): Promise<SimilarExample[] | undefined>
}

export type SimilarDeps = Pick<ModelDeps, 'versions' | 'starterExamples' | 'threads' | 'auditSlice'> & {
  readonly threadLabels: Pick<ThreadLabelStore, 'labelledThreads' | 'labelsOf'>
}

/** Indexes kept at once, the one asked least recently given up first: at most 32 MB each. */
const MOST_INDEXES = 4
/** What the pruned index proposes and the whole texts are compared for. */
const CANDIDATES = 50
const EXCERPT = 300

/** Examples like a text, from an index a model version: made when first asked for, in this process's memory. */
export function createSimilarExamples(deps: SimilarDeps): SimilarExamples {
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

  return {
    async find(model, text, { reader, limit = 5, patienceMs = 1500 }) {
      const index = await orTooLate(indexOf(model), patienceMs)
      if (index === undefined) return undefined
      const row = model.classifier.encode(text)
      const audiences = new Set(visibleTo(reader))
      const proposed = index.candidates(row, CANDIDATES, audiences)
      const threadIds = proposed.flatMap(({ id, starter }) => (starter === undefined ? [id] : []))
      const threads = new Map((await deps.threads.facts(threadIds, reader)).map((facts) => [facts.id, facts]))
      const labels = await deps.threadLabels.labelsOf(threadIds)
      const found: SimilarExample[] = []
      for (const { id, label, starter } of proposed) {
        const thread = threads.get(id)
        const now = labels.get(id)?.find(({ facetId }) => facetId === model.facetId)?.label
        if (starter === undefined && (thread === undefined || now !== label)) continue
        const own = starter ?? threadText(thread!)
        const score = cosineOf(row, model.classifier.encode(own))
        if (score > 0) found.push({ ...(thread && { threadId: id }), label, text: excerptOf(own), score })
      }
      return found.sort((a, b) => b.score - a.score).slice(0, limit)
    },
  }
}

/** Undefined for what takes longer than it is waited for. */
async function orTooLate<T>(work: Promise<T>, patienceMs: number): Promise<T | undefined> {
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
