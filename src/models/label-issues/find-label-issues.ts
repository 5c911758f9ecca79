import type { LabelIssues } from '../../learning/agreement/find-label-issues.ts'
import { streamToWorker, workerFile } from '../../platform/workers.ts'
import type { ModelDeps } from '../deps.ts'
import { readSourcedExamples, type SourcedExample } from '../training/read-examples.ts'
import type { Example } from '../training/training-example.ts'
import type { LabelIssueTask } from './label-issue-worker.ts'

/** Which labels of a facet's threads are probably wrong. */
export interface FoundLabelIssues {
  /** Number of labelled texts searched. */
  readonly examples: number
  /** Share of them whose held-out prediction is their label: the lower, the less reliable is `errors`. */
  readonly agreement: number
  /** Estimated number of wrong labels among them. */
  readonly errors: number
  /**
   * Threads that confidently have another label, the most suspect first: at most a twentieth of the examples, and only
   * where the model is right often enough to accuse.
   */
  readonly suspects: readonly {
    readonly threadId: string
    /** The annotation that the label rests on; a later annotation makes a new label issue. */
    readonly annotationId: string
    /** The label that it probably should have. */
    readonly likely: string
    /** Held-out probability of the label that it has. */
    readonly ownConfidence: number
  }[]
  /** Threads that would be suspects if the model were right more often. */
  readonly withheld: number
  /** Pairs of near-duplicates with different labels, the most similar first. */
  readonly contradictions: readonly {
    readonly threadId: string
    readonly otherId: string
    readonly likeness: number
  }[]
}

interface LabelIssueSearch {
  readonly facetId: string
  readonly signal: AbortSignal
  /** 1 by default. */
  readonly seed?: number
}

/** Most suspects, as a share of the examples: a weak model suspects half of all labels and is right about the first only. */
const MOST_SUSPECT = 0.05
/**
 * Least share of right predictions, among those as sure as the one that accuses a label. With one label in thirty wrong, an
 * accusation above it is right more often than not, and one below in one case of six (docs/internals/label-issues.md).
 */
const LEAST_RELIABLE = 0.8

/**
 * Searches the labels of a facet for label issues, those of the audit slice included, since no model in use is trained.
 * Rulings and starter examples take part in the search but are never reported. Runs in a worker, which ends with the
 * search; undefined where there are fewer than two labels.
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
      for (const { id, thread } of chunk) sources.push({ id, thread })
      yield chunk.map(({ text, label }) => ({ text, label }))
    }
  }
  const issues = await streamToWorker<Omit<LabelIssueTask, 'port'>, Example, LabelIssues | undefined>({
    file: workerFile(import.meta.url, './label-issue-worker'),
    task: { seed, descriptions },
    chunks: read(),
    signal,
  })
  return issues && ofThreads(issues, sources)
}

function ofThreads(
  { agreement, errors, suspects, contradictions }: LabelIssues,
  sources: readonly Pick<SourcedExample, 'id' | 'thread'>[],
): FoundLabelIssues {
  const accused = suspects
    .filter(({ confident }) => confident)
    .flatMap(({ row, likely, ownConfidence, reliability }) => {
      const { id: threadId, thread } = sources[row]!
      if (thread === undefined || thread.provenance === 'ruling') return []
      return [
        { reliability, suspect: { threadId, annotationId: thread.annotationId, likely, ownConfidence } },
      ]
    })
  const reliable = accused.filter(({ reliability }) => reliability >= LEAST_RELIABLE)
  return {
    examples: sources.length,
    agreement,
    errors,
    suspects: reliable.map(({ suspect }) => suspect).slice(0, Math.ceil(sources.length * MOST_SUSPECT)),
    withheld: accused.length - reliable.length,
    contradictions: contradictions.flatMap(({ one, other, likeness }) => {
      const [first, second] = [sources[one]!, sources[other]!]
      if (first.thread === undefined || second.thread === undefined) return []
      return [{ threadId: first.id, otherId: second.id, likeness }]
    }),
  }
}
