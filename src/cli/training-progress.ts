import { SingleBar } from 'cli-progress'
import type { EvaluationProgress } from '../models/index.ts'

interface TrainingDisplay {
  readonly update: (progress: EvaluationProgress) => void
  readonly stop: () => void
}

/** A bar on stderr where that is a terminal, nothing otherwise: how far one training, or several in turn, have come. */
export function showTrainings(): TrainingDisplay {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    format: '{bar} {percentage} % · {stage}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    clearOnComplete: true,
  })
  bar.start(1, 0, { stage: 'reading' })
  return {
    update({ training, trainings, stage, fraction }) {
      const which = trainings > 1 ? `fold ${training + 1} of ${trainings}, ` : ''
      bar.update((training + STAGES[stage](fraction)) / trainings, { stage: `${which}${stage}` })
    },
    stop: () => bar.stop(),
  }
}

/** About how much of a training lies behind it at some point of a stage. */
const STAGES: Record<EvaluationProgress['stage'], (fraction: number) => number> = {
  reading: (fraction) => 0.05 * fraction,
  calibrating: (fraction) => 0.05 + 0.6 * fraction,
  fitting: (fraction) => 0.65 + 0.35 * fraction,
}
