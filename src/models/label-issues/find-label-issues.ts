import type { LabelIssues } from '../../learning/agreement/find-label-issues.ts'
import { streamToWorker, workerFile } from '../../platform/workers.ts'

import type { ModelDeps } from '../deps.ts'
import { readSourcedExamples, type SourcedExample } from '../training/read-examples.ts'
import type { Example } from '../training/training-example.ts'
import type { LabelIssueTask } from './label-issue-worker.ts'

/** Which labels of a facet's threads are probably wrong. */
export interface FoundLabelIssues {
  /** Labelled texts that were looked at. */
  readonly examples: number
  /** Share of them whose label models that have not seen them find the likeliest: the less, the less `errors` means. */
  readonly agreement: number
  /** Wrong labels among them, estimated. */
  readonly errors: number
  /** The most suspect first: those confidently of another label, a twentieth of the examples at most. */
  readonly suspects: readonly {
    readonly threadId: string
    /** What the doubted label stands by: another annotation is another label to doubt. */
    readonly annotationId: string
    /** What it probably should be. */
    readonly likely: string
    /** Probability of the label it has, by models that have not seen the thread. */
    readonly ownConfidence: number
  }[]
  /** Threads that ask nearly the same and have different labels, the likest first. */
  readonly contradictions: readonly {
    readonly threadId: string
    readonly otherId: string
    readonly likeness: number
  }[]
}

interface LabelIssueSearch {
  readonly facetId: string
  readonly signal: AbortSignal
  /** 1 unless told. */
  readonly seed?: number
}

/** A weak model doubts half of all labels, and is right about the first of them. */
const MOST_SUSPECT = 0.05

/**
 * Doubts the labels of a facet, held-out threads too: nothing is trained for use. Rulings and examples that came with
 * the facet are compared with, but not doubted. In a thread of its own, which ends with the search; undefined where
 * there are fewer than two labels.
 */
export async function findLabelIssues(
  deps: Pick<ModelDeps, 'facets' | 'threadLabels' | 'threads' | 'starterExamples' | 'auditSlice'>,
  { facetId, signal, seed = 1 }: LabelIssueSearch,
): Promise<FoundLabelIssues | undefined> {
  signal.throwIfAborted()
  const descriptions = await deps.facets.descriptions(facetId)
  const sources: Pick<SourcedExample, 'id' | 'thread'>[] = []
  async function* read(): AsyncGenerator<readonly Example[]> {
    for await (const chunk of readSourcedExamples(deps, facetId)) {
      for (const { id, thread } of chunk) sources.push({ id, ...(thread && { thread }) })
      yield chunk.map(({ text, label }) => ({ text, label }))
    }
  }
  const doubts = await streamToWorker<Omit<LabelIssueTask, 'port'>, Example, LabelIssues | undefined>({
    file: workerFile(import.meta.url, './label-issue-worker'),
    task: { seed, descriptions },
    chunks: read(),
    signal,
  })
  return doubts && ofThreads(doubts, sources)
}

function ofThreads(
  { agreement, errors, suspects, contradictions }: LabelIssues,
  sources: readonly Pick<SourcedExample, 'id' | 'thread'>[],
): FoundLabelIssues {
  return {
    examples: sources.length,
    agreement,
    errors,
    suspects: suspects
      .filter(({ confident }) => confident)
      .flatMap(({ row, likely, ownConfidence }) => {
        const { id: threadId, thread } = sources[row]!
        if (thread === undefined || thread.provenance === 'ruling') return []
        return [{ threadId, annotationId: thread.annotationId, likely, ownConfidence }]
      })
      .slice(0, Math.ceil(sources.length * MOST_SUSPECT)),
    contradictions: contradictions.flatMap(({ one, other, likeness }) => {
      const [first, second] = [sources[one]!, sources[other]!]
      if (first.thread === undefined || second.thread === undefined) return []
      return [{ threadId: first.id, otherId: second.id, likeness }]
    }),
  }
}
