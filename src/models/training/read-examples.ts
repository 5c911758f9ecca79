import type { Audience } from '../../access/audience.ts'
import { BY_PEOPLE, type Provenance } from '../../labels/annotation.ts'
import { mostUnlabelled } from '../../learning/training/self-training.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { detectLanguage } from '../../text/language/detect-language.ts'
import { threadText } from '../../text/thread-text.ts'
import type { ModelDeps } from '../deps.ts'
import type { ModelVersion } from '../registry/model-version.ts'
import type { Example, TrainingExample, UnlabelledText } from './training-example.ts'

/** An example and where it is from. */
export interface SourcedExample extends Example {
  /** Of the thread, or the starter example. */
  readonly id: string
  readonly language: string
  /** In the audit slice: never learned from, in any facet. */
  readonly drawn: boolean
  /** Absent for a starter example, which anyone may see. */
  readonly thread?: SourceThread
}

interface SourceThread {
  readonly audience: Audience
  readonly provenance: Provenance
  /** The annotation that its label rests on. */
  readonly annotationId: string
  readonly labelledAt: string
  readonly firstLabelledAt: string
  /** Of a drawn thread: when, and whether an agent has labelled it blind. */
  readonly audit?: { readonly drawnAt: string; readonly labelledBlind: boolean }
}

const CHUNK = 200

export type ExampleDeps = Pick<ModelDeps, 'threadLabels' | 'threads' | 'starterExamples' | 'auditSlice'>

/**
 * A facet's starter examples, then its labelled threads by id, in chunks; lets other work run in between.
 *
 * @param until leaves out threads labelled later
 */
export async function* readSourcedExamples(
  deps: ExampleDeps,
  facetId: string,
  { until }: { readonly until?: string } = {},
): AsyncGenerator<readonly SourcedExample[]> {
  const yieldToEventLoop = createYielder()
  const starters: SourcedExample[] = []
  for (const { id, text, label } of await deps.starterExamples.of(facetId)) {
    await yieldToEventLoop()
    starters.push({ id, text, label, language: detectLanguage(text), drawn: false })
  }
  yield starters
  for await (const chunk of deps.threadLabels.labelledThreads(facetId, { until })) {
    const ids = chunk.map(({ threadId }) => threadId)
    const facts = await deps.threads.facts(ids)
    const drawn = await deps.auditSlice.drawnAmong(facetId, ids)
    const byId = new Map(facts.map((thread) => [thread.id, thread]))
    const examples: SourcedExample[] = []
    for (const { threadId: id, label, provenance, annotationId, labelledAt, firstLabelledAt } of chunk) {
      await yieldToEventLoop()
      const thread = byId.get(id)
      if (thread === undefined) continue
      const { audience, language } = thread
      const audit = drawn.get(id)
      examples.push({
        id,
        text: threadText(thread),
        label,
        language,
        drawn: audit !== undefined,
        thread: { audience, provenance, annotationId, labelledAt, firstLabelledAt, ...(audit && { audit }) },
      })
    }
    yield examples
  }
}

/**
 * The examples that a facet is trained and evaluated on, for the training worker; last the unlabelled texts. A drawn
 * thread that no agent has labelled blind is left out.
 *
 * @param active the version to compare with: examples that it cannot have seen are marked
 * @param tally counts what was read, as it is read
 */
export async function* readExamples(
  deps: ExampleDeps & Pick<ModelDeps, 'unlabelled'>,
  facetId: string,
  active: ModelVersion | undefined,
  tally: { labelledByAgents: number },
): AsyncGenerator<readonly (TrainingExample | UnlabelledText)[]> {
  let learned = 0
  for await (const chunk of readSourcedExamples(deps, facetId)) {
    const examples: TrainingExample[] = []
    for (const { id, text, label, language, thread } of chunk) {
      if (thread !== undefined && BY_PEOPLE.includes(thread.provenance)) tally.labelledByAgents++
      if (thread?.audit?.labelledBlind === false) continue
      const use = thread?.audit === undefined ? 'learned' : 'audit'
      if (use === 'learned') learned++
      examples.push({ id, text, label, language, use, ...(thread && active && since(thread, active)) })
    }
    yield examples
  }
  yield* readUnlabelled(deps, facetId, learned)
}

/** The unlabelled texts to learn from beside so many examples, in chunks. */
export async function* readUnlabelled(
  deps: Pick<ModelDeps, 'threads' | 'unlabelled'>,
  facetId: string,
  examples: number,
): AsyncGenerator<readonly UnlabelledText[]> {
  const yieldToEventLoop = createYielder()
  const ids = await deps.unlabelled.draw(facetId, mostUnlabelled(examples))
  for (let from = 0; from < ids.length; from += CHUNK) {
    const texts: UnlabelledText[] = []
    for (const thread of await deps.threads.facts(ids.slice(from, from + CHUNK))) {
      await yieldToEventLoop()
      texts.push({ use: 'unlabelled', text: threadText(thread) })
    }
    yield texts
  }
}

/** Whether an example is new or relabelled since a version read its examples. */
function since({ labelledAt, firstLabelledAt, audit }: SourceThread, { report, createdAt }: ModelVersion) {
  const { labelsReadAt } = report
  const neverRead = firstLabelledAt > createdAt
  const heldOutThen = audit !== undefined && audit.drawnAt < labelsReadAt
  return { relabelled: labelledAt >= labelsReadAt, unseen: neverRead || heldOutThen }
}
