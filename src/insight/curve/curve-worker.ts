import type { MessagePort } from 'node:worker_threads'
import type { LearningCurve } from '../../learning/curves/learning-curve.ts'
import { measureLearningCurve } from '../../learning/curves/measure-curve.ts'
import { LearningError } from '../../learning/errors.ts'
import type { UnlabelledText } from '../../models/training/training-example.ts'
import { receiveStream } from '../../platform/worker-input.ts'

/** Input of the worker; the examples follow on the port. */
export interface CurveTask {
  readonly port: MessagePort
  readonly descriptions: Readonly<Record<string, string>>
}

export interface CurveExample {
  /** Sorts examples by when they were labelled. */
  readonly order: string
  readonly text: string
  readonly label: string
  /** Threads of the audit slice are judged on, never learned from. */
  readonly use: 'learned' | 'audit'
}

/** Fewest held-out texts to judge on; with fewer, the examples are cross-validated. */
const ENOUGH_HELD_OUT = 100

/** The worker's side: measures the curve; undefined when there are too few labels for one. */
export default async function measure({ port, descriptions }: CurveTask): Promise<LearningCurve | undefined> {
  const examples: CurveExample[] = []
  const unlabelled: string[] = []
  await receiveStream<CurveExample | UnlabelledText>(port, (example) => {
    if (example.use === 'unlabelled') unlabelled.push(example.text)
    else examples.push(example)
  })
  port.close()
  const learned = examples.filter(({ use }) => use === 'learned').sort((a, b) => (a.order < b.order ? -1 : 1))
  const held = examples.filter(({ use }) => use === 'audit')
  try {
    return measureLearningCurve({
      ...columns(learned),
      heldOut: held.length >= ENOUGH_HELD_OUT ? columns(held) : undefined,
      descriptions,
      unlabelled,
      seed: 1,
    })
  } catch (error) {
    if (error instanceof LearningError && error.code !== 'LENGTH_MISMATCH') return undefined
    throw error
  }
}

function columns(examples: readonly CurveExample[]) {
  return { texts: examples.map(({ text }) => text), labels: examples.map(({ label }) => label) }
}
