import type { MessagePort } from 'node:worker_threads'
import { move, transferableSymbol, valueSymbol } from 'piscina'
import { type FitOptions, type FitOutcome, fitCandidate } from './fit-candidate.ts'
import type { TrainingExample } from './training-example.ts'

/** What the thread is told at once; the examples follow on the port. */
export interface TrainingTask extends Omit<FitOptions, 'onProgress'> {
  readonly port: MessagePort
}

/** Some examples, in order, or the end of them. */
export type TrainingMessage = readonly TrainingExample[] | 'end'

/** Worker thread's side of a training. Tells progress on the port. */
export default async function train({ port, ...options }: TrainingTask): Promise<FitOutcome> {
  const learned: TrainingExample[] = []
  const audit: TrainingExample[] = []
  await new Promise<void>((resolve) => {
    port.on('message', (message: TrainingMessage) => {
      if (message === 'end') resolve()
      else for (const example of message) (example.use === 'audit' ? audit : learned).push(example)
    })
  })
  try {
    const result = await fitCandidate(learned, audit, {
      ...options,
      onProgress: (progress) => port.postMessage(progress),
    })
    return result.outcome === 'fitted' ? withoutCopy(result) : result
  } finally {
    port.close()
  }
}

/** Hands the files over instead of copying them. */
function withoutCopy(result: Extract<FitOutcome, { outcome: 'fitted' }>): FitOutcome {
  const buffers = [...new Set(Object.values(result.files).map((bytes) => bytes.buffer as ArrayBuffer))]
  return move({ [transferableSymbol]: buffers, [valueSymbol]: result }) as unknown as FitOutcome
}
