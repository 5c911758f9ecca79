import type { Audience } from '../access/index.ts'
import { BY_PEOPLE, type Provenance } from '../labels/index.ts'
import { createBreather, stableFraction } from '../platform/index.ts'
import { threadText } from '../threads/index.ts'
import type { ModelDeps } from './deps.ts'
import type { Example } from './judge-hold-out.ts'
import type { TrainingMessage } from './training-thread.ts'

/** Share of labelled threads that no training sees. */
const HOLD_OUT = 0.2

/** Whether a thread or starter example is held out; the same for ever, in every facet and process. */
export function isHeldOut(id: string): boolean {
  return stableFraction('hold-out', id) < HOLD_OUT
}

/** An example and where it is from. */
export interface SourcedExample extends Example {
  /** Of the thread, or the starter example. */
  readonly id: string
  readonly heldOut: boolean
  /** Absent for a starter example, which anyone may see. */
  readonly thread?: {
    readonly audience: Audience
    readonly provenance: Provenance
    /** What its label stands by. */
    readonly annotationId: string
  }
}

type ExampleDeps = Pick<ModelDeps, 'threadLabels' | 'threads' | 'starterExamples'>

/**
 * A facet's starter examples, then its labelled threads by id, in chunks; other work gets its turn between them.
 *
 * @param until leaves out threads labelled later
 */
export async function* readSourcedExamples(
  deps: ExampleDeps,
  facetId: string,
  { until }: { readonly until?: string } = {},
): AsyncGenerator<readonly SourcedExample[]> {
  const breathe = createBreather()
  const starters = await deps.starterExamples.of(facetId)
  yield starters.map((starter) => ({ ...starter, heldOut: isHeldOut(starter.id) }))
  for await (const chunk of deps.threadLabels.labelledThreads(facetId, {
    ...(until !== undefined && { until }),
  })) {
    const facts = await deps.threads.facts(chunk.map(({ threadId }) => threadId))
    const byId = new Map(facts.map((thread) => [thread.id, thread]))
    const examples: SourcedExample[] = []
    for (const { threadId: id, label, provenance, annotationId } of chunk) {
      await breathe()
      const thread = byId.get(id)
      if (thread === undefined) continue
      const { audience } = thread
      examples.push({
        id,
        text: threadText(thread),
        label,
        heldOut: isHeldOut(id),
        thread: { audience, provenance, annotationId },
      })
    }
    yield examples
  }
}

/**
 * What a facet is learned from, for the training thread.
 *
 * @param tally counts what was read, as it is read
 */
export async function* readExamples(
  deps: ExampleDeps,
  facetId: string,
  tally: { labelledByAgents: number },
): AsyncGenerator<TrainingMessage> {
  for await (const chunk of readSourcedExamples(deps, facetId)) {
    for (const { thread } of chunk)
      if (thread !== undefined && BY_PEOPLE.includes(thread.provenance)) tally.labelledByAgents++
    yield chunk.map(({ text, label, heldOut }) => ({ text, label, heldOut }))
  }
}
