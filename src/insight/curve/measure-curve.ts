import { majorityLabel } from '../../labels/majority-label.ts'
import type { LearningCurve } from '../../learning/curves/learning-curve.ts'
import { readUnlabelled } from '../../models/training/read-examples.ts'
import type { UnlabelledText } from '../../models/training/training-example.ts'
import { streamToWorker, workerFile } from '../../platform/workers.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { threadText } from '../../text/thread-text.ts'
import type { InsightDeps } from '../deps.ts'
import type { CurveExample, CurveTask } from './curve-worker.ts'

/** Labels for which a curve is measured: with fewer it is too uncertain, with more it has long been flat. */
const LABELS = { fewest: 50, most: 50_000 }
/** Growth of the labels since the last curve that makes another worth while. */
const GROWTH = 1.1

type CurveDeps = Pick<
  InsightDeps,
  'facets' | 'versions' | 'threadLabels' | 'threads' | 'unlabelled' | 'cases' | 'curves'
>

/**
 * Measures the learning curve of a facet in a worker: once a version at most, and only with a tenth more labels than
 * the last time.
 *
 * @param signal stops the worker; the promise rejects
 */
export async function measureCurve(deps: CurveDeps, facetName: string, signal: AbortSignal): Promise<void> {
  const facet = await deps.facets.require(facetName)
  const version = await deps.versions.active(facet.id)
  if (version === undefined) return
  const last = await deps.curves.latest(facet.id)
  const examples: (readonly CurveExample[])[] = []
  let labels = 0
  for await (const chunk of readExamples(deps, facet)) {
    examples.push(chunk)
    labels += chunk.filter(({ use }) => use === 'learned').length
    if (labels > LABELS.most) return
  }
  if (labels < Math.max(LABELS.fewest, GROWTH * (last?.labels ?? 0))) return
  const curve = await streamToWorker<
    Omit<CurveTask, 'port'>,
    CurveExample | UnlabelledText,
    LearningCurve | undefined
  >({
    file: workerFile(import.meta.url, './curve-worker'),
    task: { descriptions: await deps.facets.descriptions(facet.id) },
    chunks: withUnlabelled(examples, readUnlabelled(deps, facet.id, labels)),
    signal,
  })
  if (curve !== undefined) await deps.curves.add({ facetId: facet.id, versionId: version.id, labels, curve })
}

async function* withUnlabelled(
  examples: readonly (readonly CurveExample[])[],
  unlabelled: AsyncIterable<readonly UnlabelledText[]>,
): AsyncGenerator<readonly (CurveExample | UnlabelledText)[]> {
  yield* examples
  yield* unlabelled
}

/** Labelled threads to learn from; and threads of the audit slice that were labelled blind, to judge on. */
async function* readExamples(
  deps: CurveDeps,
  facet: { readonly id: string; readonly name: string },
): AsyncGenerator<readonly CurveExample[]> {
  const yieldToEventLoop = createYielder()
  const drawn = await deps.cases.drawnIds()
  const given = await deps.cases.blindLabels('internal')
  for await (const chunk of deps.threadLabels.labelledThreads(facet.id)) {
    const facts = await deps.threads.facts(chunk.map(({ threadId }) => threadId))
    const byId = new Map(facts.map((thread) => [thread.id, thread]))
    const examples: CurveExample[] = []
    for (const { threadId, label, annotationId } of chunk) {
      await yieldToEventLoop()
      const thread = byId.get(threadId)
      const heldOut = drawn.has(threadId)
      const trueLabel = heldOut ? majorityLabel(given.get(threadId)?.get(facet.name) ?? []) : label
      // Ids of annotations are in the order of time.
      if (thread !== undefined && trueLabel !== undefined)
        examples.push({
          order: annotationId,
          text: threadText(thread),
          label: trueLabel,
          use: heldOut ? 'audit' : 'learned',
        })
    }
    yield examples
  }
}
