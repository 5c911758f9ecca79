import { SingleBar } from 'cli-progress'
import type { EvaluationProgress } from '../evaluation/evaluate-files.ts'

interface Progress {
  readonly bytesRead: number
  /** 0 where nobody knows: a community read by API. */
  readonly bytesTotal: number
  /** Posts committed so far. */
  readonly posts: number
}

interface ProgressDisplay {
  update(progress: Progress): void
  stop(): void
}

/**
 * How far an import has come: a bar on a terminal; with `lines`, a line a committed batch wherever stderr goes;
 * nothing otherwise. What it shows as imported is committed.
 */
export function showProgress(lines: boolean): ProgressDisplay {
  if (lines) return progressLines()
  return process.stderr.isTTY ? progressBar() : { update: () => undefined, stop: () => undefined }
}

function progressLines(): ProgressDisplay {
  const started = performance.now()
  return {
    update({ posts, bytesRead, bytesTotal }) {
      const rate = Math.round((posts * 1000) / Math.max(1, performance.now() - started))
      const part = bytesTotal === 0 ? '' : `${share(bytesRead, bytesTotal)}%, `
      process.stderr.write(`imported ${posts} posts (${part}${rate} posts/s)\n`)
    },
    stop: () => undefined,
  }
}

function progressBar(): ProgressDisplay {
  const started = performance.now()
  const bar = new SingleBar({
    format: '{bar} {percentage}% · {posts} posts · {rate} posts/s · {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    etaBuffer: 50,
  })
  bar.start(1, 0, { posts: 0, rate: 0 })
  return {
    update({ posts, bytesRead, bytesTotal }) {
      const rate = Math.round((posts * 1000) / Math.max(1, performance.now() - started))
      bar.setTotal(Math.max(1, bytesTotal, bytesRead))
      bar.update(bytesRead, { posts, rate })
    },
    stop: () => bar.stop(),
  }
}

function share(read: number, total: number): number {
  return Math.min(100, Math.floor((read * 100) / total))
}

export interface TrainingDisplay {
  /** @param what is trained, where that is not one fold of several */
  readonly update: (progress: EvaluationProgress, what?: string) => void
  readonly stop: () => void
}

/**
 * How far one training, or several in turn, have come: a bar on stderr where that is a terminal; with `lines`, a line at
 * each quarter wherever stderr goes; nothing otherwise.
 */
export function showTrainings({ lines = false }: { readonly lines?: boolean } = {}): TrainingDisplay {
  if (!process.stderr.isTTY)
    return lines
      ? trainingLines((line) => process.stderr.write(`${line}\n`))
      : { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    format: '{bar} {percentage}% · {stage}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    clearOnComplete: true,
  })
  bar.start(1, 0, { stage: 'reading' })
  return {
    update({ training, trainings, stage, fraction }, what) {
      const which = trainings > 1 ? `${what ?? 'fold'} ${training + 1} of ${trainings}, ` : ''
      bar.update((training + STAGES[stage](fraction)) / trainings, { stage: `${which}${stage}` })
    },
    stop: () => bar.stop(),
  }
}

/** A line as each quarter of a training is reached, and one when it has ended. */
export function trainingLines(write: (line: string) => void): TrainingDisplay {
  let shown = ''
  return {
    update({ training, trainings, stage, fraction }, what = 'fold') {
      const quarters = Math.floor(STAGES[stage](fraction) * 4 + 1e-9)
      const line = `  ${what} (${training + 1} of ${trainings}): ${quarters * 25} %`
      if (line !== shown) write(line)
      shown = line
    },
    stop: () => undefined,
  }
}

/** About how much of a training lies behind it at some point of a stage. */
const STAGES: Record<EvaluationProgress['stage'], (fraction: number) => number> = {
  encoding: (fraction) => 0.04 * fraction,
  reading: (fraction) => 0.04 + 0.01 * fraction,
  calibrating: (fraction) => 0.05 + 0.6 * fraction,
  fitting: (fraction) => 0.65 + 0.35 * fraction,
}
