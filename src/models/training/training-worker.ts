import type { MessagePort } from 'node:worker_threads'
import { move, transferableSymbol, valueSymbol } from 'piscina'
import { receiveStream } from '../../platform/worker-input.ts'
import { findEncoder } from './encoder/find-encoder.ts'
import { type FitOptions, type FitOutcome, fitCandidate } from './fit-candidate.ts'
import type { TrainingExample, UnlabelledText } from './training-example.ts'

/** The first message to the worker; the examples follow on the port. */
export interface TrainingTask extends Omit<FitOptions, 'onProgress' | 'unlabelled' | 'encode'> {
  readonly port: MessagePort
  /** Folder of what is kept on this machine. */
  readonly home: string
}

/** The worker's side of a training; posts its progress on the port. */
export default async function train({ port, home, ...options }: TrainingTask): Promise<FitOutcome> {
  const learned: TrainingExample[] = []
  const audit: TrainingExample[] = []
  const unlabelled: string[] = []
  await receiveStream<TrainingExample | UnlabelledText>(port, (example) => {
    if (example.use === 'unlabelled') unlabelled.push(example.text)
    else (example.use === 'audit' ? audit : learned).push(example)
  })
  try {
    const result = await fitCandidate(learned, audit, {
      ...options,
      unlabelled,
      encode: findEncoder(home),
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
