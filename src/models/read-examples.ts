import { setImmediate } from 'node:timers/promises'
import { stableFraction } from '../platform/index.ts'
import { threadText } from '../threads/index.ts'
import type { ModelDeps } from './deps.ts'
import type { TrainingMessage } from './training-thread.ts'

/** Share of labelled threads that no training sees. */
const HOLD_OUT = 0.2

/** Whether a thread or starter example is held out; the same for ever, in every facet and process. */
export function isHeldOut(id: string): boolean {
  return stableFraction('hold-out', id) < HOLD_OUT
}

/**
 * What a facet is learned from: its starter examples, then its labelled threads by id, in chunks; other work gets its turn between them.
 *
 * @param tally counts what was read, as it is read
 */
export async function* readExamples(
  deps: Pick<ModelDeps, 'threadLabels' | 'threads' | 'starterExamples'>,
  facetId: string,
  tally: { labelledByAgents: number },
): AsyncGenerator<TrainingMessage> {
  const starters = await deps.starterExamples.of(facetId)
  yield starters.map(({ id, text, label }) => ({ text, label, heldOut: isHeldOut(id) }))
  for await (const chunk of deps.threadLabels.labelledThreads(facetId)) {
    const facts = await deps.threads.facts(chunk.map(({ threadId }) => threadId))
    const byId = new Map(facts.map((thread) => [thread.id, thread]))
    await setImmediate()
    yield chunk.flatMap(({ threadId, label, provenance }) => {
      const thread = byId.get(threadId)
      if (thread === undefined) return []
      if (provenance === 'agent') tally.labelledByAgents++
      return [{ text: threadText(thread), label, heldOut: isHeldOut(threadId) }]
    })
  }
}
