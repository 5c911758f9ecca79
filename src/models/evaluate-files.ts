import {
  type Evaluation,
  evaluate,
  saveClassifier,
  type TrainingProgress,
  trainClassifier,
} from '../learning/index.ts'
import { requireFormat } from '../sources/index.ts'
import { modelErrors } from './errors.ts'
import type { Example } from './judge-hold-out.ts'

export interface FileEvaluation {
  /** CSV files with columns `text` and `label`. */
  readonly train: string
  readonly test: string
  /** 1 unless told. */
  readonly seed?: number
  readonly riskBudget?: number
  readonly onProgress?: (progress: TrainingProgress) => void
}

/** Figures of a classifier trained on one file and tested on another; shares in [0, 1], times in seconds. */
export interface FileFigures {
  /** Of rows whose label is not `oos`. */
  readonly accuracy: number
  readonly macro_f1: number
  readonly coverage: number
  readonly wrong_among_assigned: number
  readonly ece: number
  /** Wall time of the whole training: features, solver, calibration. */
  readonly fit_seconds: number
  /** Texts classified a second, one by one. */
  readonly docs_per_second: number
  readonly n_train: number
  readonly n_test: number
  readonly n_labels: number
  /** Rows of either file that could not be read or have no label. */
  readonly n_rejected: number
  readonly artifact_bytes: number
  readonly temperature: number
  readonly threshold: number
  /** By label, and what was mistaken for what. */
  readonly details: Pick<Evaluation, 'labels' | 'confusions'>
}

/**
 * Trains on one CSV file and tests on another, on the calling thread; nothing is stored.
 *
 * @throws CodedError TOO_FEW_LABELS_IN_FILE; of `sources` when a file cannot be read
 */
export async function evaluateFiles(input: FileEvaluation): Promise<FileFigures> {
  const train = await readLabelledTexts(input.train)
  const labelCount = new Set(train.examples.map(({ label }) => label)).size
  if (labelCount < 2) throw modelErrors.TOO_FEW_LABELS_IN_FILE({ file: input.train, labels: labelCount })
  const test = await readLabelledTexts(input.test)

  const fitStart = performance.now()
  const classifier = trainClassifier({
    texts: train.examples.map(({ text }) => text),
    labels: train.examples.map(({ label }) => label),
    seed: input.seed ?? 1,
    ...(input.riskBudget !== undefined && { riskBudget: input.riskBudget }),
    ...(input.onProgress && { onProgress: input.onProgress }),
  })
  const classifyStart = performance.now()
  const judged = test.examples.map(({ text, label: truth }) => {
    const { label, confidence, decision } = classifier.classify(text)
    return { truth, label, confidence, assigned: decision === 'assigned' }
  })
  const end = performance.now()

  const { accuracy, macro_f1, coverage, wrong_among_assigned, ece, labels, confusions } = evaluate(judged)
  const files = await saveClassifier(classifier)
  return {
    accuracy,
    macro_f1,
    coverage,
    wrong_among_assigned,
    ece,
    fit_seconds: (classifyStart - fitStart) / 1000,
    docs_per_second: (judged.length * 1000) / (end - classifyStart),
    n_train: train.examples.length,
    n_test: test.examples.length,
    n_labels: classifier.labels.length,
    n_rejected: train.rejected + test.rejected,
    artifact_bytes: Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0),
    temperature: classifier.temperature,
    threshold: classifier.threshold,
    details: { labels, confusions },
  }
}

async function readLabelledTexts(file: string): Promise<{ examples: Example[]; rejected: number }> {
  const labels = new Map<string, string>()
  const examples: Example[] = []
  let rejected = 0
  for await (const items of requireFormat('csv').read([file], { bytesRead: 0, bytesTotal: 0 })) {
    for (const item of items) {
      if (item.outcome === 'rejected') rejected++
      if (item.outcome !== 'record') continue
      const { record } = item
      if (record.type === 'thread') {
        const label = record.labels?.category
        if (label === undefined) labels.delete(record.id)
        else labels.set(record.id, label)
      }
      if (record.type !== 'post' || record.threadId === undefined) continue
      const label = labels.get(record.threadId)
      if (label === undefined) rejected++
      else examples.push({ text: record.body, label })
    }
  }
  return { examples, rejected }
}
