import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import {
  labelsToReach,
  type ReplayedPoint,
  type ReplayPoint,
  summariseReplays,
} from '../learning/evaluation/replay.ts'
import type { LabelledTexts } from '../learning/evaluation/replay-corpus.ts'
import type { QueryStrategyName } from '../learning/queries/strategies.ts'
import { modelErrors } from '../models/errors.ts'
import { workerFile } from '../platform/workers.ts'
import { readLabelledFile } from './labelled-file.ts'
import type { ReplayTask } from './replay-worker.ts'

/** Two CSV files with columns `text` and `label`, and how the labelling of the first is simulated. */
export interface FileReplay {
  readonly train: string
  readonly test: string
  readonly strategies: readonly QueryStrategyName[]
  /** Labels given before the first fit. */
  readonly start: number
  readonly batch: number
  readonly until: number
  /** Replays of each strategy, by seeds 1, 2, 3 … */
  readonly seeds: number
  readonly onProgress?: (done: number, replays: number) => void
}

export interface StrategyCurve {
  readonly strategy: QueryStrategyName
  readonly points: readonly ReplayedPoint[]
  /**
   * Labels from which on the mean is never below that of `random` after all its labels; absent where it never gets
   * there, and where `random` was not asked for.
   */
  readonly reaches_random_at?: number
}

export interface ReplayFigures {
  readonly curves: readonly StrategyCurve[]
  /** Of `random` after all its labels, where it was asked for. */
  readonly random_accuracy?: number
  readonly n_train: number
  readonly n_test: number
  readonly n_rejected: number
}

/**
 * Simulates the labelling of a file by each strategy, several times, in as many workers as there are processors; nothing
 * is stored. The figures are a function of the rows and the numbers.
 *
 * @throws CodedError NO_TEXTS_IN_FILE, TOO_FEW_LABELS_IN_FILE, TOO_FEW_TEXTS_TO_REPLAY; of `sources` when a file cannot
 * be read
 */
export async function replayFiles(input: FileReplay): Promise<ReplayFigures> {
  const { strategies, start, batch, until, seeds, onProgress = () => {} } = input
  const [train, test] = [await readTexts(input.train), await readTexts(input.test)]
  const labels = new Set(train.labels).size
  if (labels < 2) throw modelErrors.TOO_FEW_LABELS_IN_FILE({ file: input.train, labels })
  if (test.labels.length === 0) throw modelErrors.NO_TEXTS_IN_FILE({ file: input.test })
  if (train.labels.length < start)
    throw modelErrors.TOO_FEW_TEXTS_TO_REPLAY({ file: input.train, texts: train.labels.length, start })
  const tasks = strategies.flatMap((strategy) =>
    Array.from({ length: seeds }, (_, at): ReplayTask => {
      return { train, test, strategy, start, batch, until, seed: at + 1 }
    }),
  )
  const replays = await runAll(tasks, (done) => onProgress(done, tasks.length))
  const curves = strategies.map((strategy, at) => ({
    strategy,
    points: summariseReplays(replays.slice(at * seeds, (at + 1) * seeds)),
  }))
  const goal = curves.find(({ strategy }) => strategy === 'random')?.points.at(-1)?.accuracy
  return {
    curves: curves.map((curve) => {
      const reached = goal === undefined ? undefined : labelsToReach(curve.points, goal)
      return { ...curve, reaches_random_at: reached }
    }),
    random_accuracy: goal,
    n_train: train.texts.length,
    n_test: test.texts.length,
    n_rejected: train.rejected + test.rejected,
  }
}

async function readTexts(file: string): Promise<LabelledTexts & { readonly rejected: number }> {
  const { examples, rejected } = await readLabelledFile(file)
  return { texts: examples.map(({ text }) => text), labels: examples.map(({ label }) => label), rejected }
}

async function runAll(
  tasks: readonly ReplayTask[],
  onDone: (done: number) => void,
): Promise<ReplayPoint[][]> {
  const pool = new Piscina<ReplayTask, ReplayPoint[]>({
    filename: workerFile(import.meta.url, './replay-worker'),
    maxThreads: Math.min(tasks.length, availableParallelism()),
  })
  let done = 0
  try {
    return await Promise.all(
      tasks.map(async (task) => {
        const points = await pool.run(task)
        onDone(++done)
        return points
      }),
    )
  } finally {
    await pool.destroy()
  }
}
