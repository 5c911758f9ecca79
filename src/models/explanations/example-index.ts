import type { Audience } from '../../access/audience.ts'
import type { SparseRow } from '../../learning/features/contributions.ts'
import { createRowIndexBuilder } from '../../learning/features/row-index.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import type { ModelDeps } from '../deps.ts'
import type { ActiveModel } from '../registry/model-registry.ts'
import { type ExampleDeps, readSourcedExamples } from '../training/read-examples.ts'

/** An example by what was known of it when the index was made. */
interface IndexedExample {
  readonly id: string
  readonly label: string
  readonly audience: Audience
  /** The text of a starter example, which is stored with no thread. */
  readonly starter?: string
}

/** What a model version learned from, to be found by likeness. */
export interface ExampleIndex {
  /** Up to `limit` examples of these audiences that may be like a row, the likeliest first. */
  candidates(row: SparseRow, limit: number, audiences: ReadonlySet<Audience>): IndexedExample[]
}

/** Entries of an index, 8 bytes each; the more examples, the fewer of each. */
const MAX_ENTRIES = 4_000_000
const ENTRIES_PER_EXAMPLE = { least: 16, most: 64 }

/** Reads the examples of a version anew, since none are kept with it; other work gets its turn meanwhile. */
export async function createExampleIndex(
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
        ...(thread ? { audience: thread.audience } : { audience: 'public', starter: text }),
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
