import { setImmediate } from 'node:timers/promises'
import { type Actor, system } from '../access/index.ts'
import { applyImportVerdicts } from './apply-import-verdicts.ts'
import type { LabelDeps } from './deps.ts'
import { popularTags, threadIdsOf } from './popular-tags.ts'

/** Threads a transaction: about 10 ms each on SQLite. */
const CHUNK = 100

export interface ImportLabelling {
  readonly sourceId: string
  /** Only these threads; all of the source unless told. */
  readonly threadIds?: readonly string[]
  /** Who imports; the service itself unless told. */
  readonly actor?: Actor
  readonly onProgress?: (threads: number) => void
  /** Ends it between two chunks; the next run does the rest. */
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
 * tags that at least 15 threads of the source carry as `category`. Facets and labels that are missing are made.
 * An annotation is appended where the verdict differs from the import's last one, and what the source no longer
 * says is revoked; run again, it changes nothing. Committed chunk by chunk.
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
      const { appended, revoked } = await applyImportVerdicts(deps, chunk, tags, actor)
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
