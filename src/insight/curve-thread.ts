import type { MessagePort } from 'node:worker_threads'
import { type LearningCurve, LearningError, measureLearningCurve } from '../learning/index.ts'
import { receiveStream } from '../platform/receive-stream.ts'

/** What the thread is told at once; the examples follow on the port. */
export interface CurveTask {
  readonly port: MessagePort
  readonly descriptions: Readonly<Record<string, string>>
}

export interface CurveExample {
  /** Later for what was labelled later. */
  readonly order: string
  readonly text: string
  readonly label: string
  /** In the audit slice: judged on, never learned from. */
  readonly heldOut: boolean
}

/** Fewest held-out texts to judge on; with fewer the examples are judged in turn. */
const ENOUGH_HELD_OUT = 100

/** Worker thread's side: measures the curve, or finds that there are too few labels for one. */
export default async function measure({ port, descriptions }: CurveTask): Promise<LearningCurve | undefined> {
  const examples: CurveExample[] = []
  await receiveStream<CurveExample>(port, (example) => examples.push(example))
  port.close()
  const learned = examples.filter(({ heldOut }) => !heldOut).sort((a, b) => (a.order < b.order ? -1 : 1))
  const held = examples.filter(({ heldOut }) => heldOut)
  try {
    return measureLearningCurve({
      ...columns(learned),
      ...(held.length >= ENOUGH_HELD_OUT && { heldOut: columns(held) }),
      descriptions,
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
