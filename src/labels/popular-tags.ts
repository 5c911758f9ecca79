import { setImmediate } from 'node:timers/promises'
import type { LabelDeps } from './deps.ts'

/** A tag becomes a label once this many threads of its source carry it. */
const THREADS_A_LABEL = 15

const CHUNK = 200

/** Ids of a source's threads that have a question, in chunks, in a fixed order. */
export async function* threadIdsOf(
  deps: Pick<LabelDeps, 'threads'>,
  sourceId: string,
): AsyncGenerator<string[]> {
  let after: string | undefined
  do {
    const ids = await deps.threads.idsAfter(after, CHUNK, { sourceId })
    if (ids.length > 0) yield ids
    after = ids.length < CHUNK ? undefined : ids.at(-1)
  } while (after !== undefined)
}

/** The tags that enough threads of the source carry to be labels. */
export async function popularTags(
  deps: Pick<LabelDeps, 'threads'>,
  sourceId: string,
): Promise<ReadonlySet<string>> {
  const carriers = new Map<string, number>()
  for await (const ids of threadIdsOf(deps, sourceId)) {
    for (const { tags } of await deps.threads.facts(ids))
      for (const tag of new Set(tags)) carriers.set(tag, (carriers.get(tag) ?? 0) + 1)
    await setImmediate()
  }
  return new Set([...carriers].filter(([, threads]) => threads >= THREADS_A_LABEL).map(([tag]) => tag))
}
