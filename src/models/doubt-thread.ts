import type { MessagePort } from 'node:worker_threads'
import { doubtLabels, type LabelDoubts } from '../learning/index.ts'
import { receiveStream } from '../platform/receive-stream.ts'
import type { Example } from './judge-hold-out.ts'

/** What the thread is told at once; the examples follow on the port. */
export interface DoubtTask {
  readonly seed: number
  /** What labels are said to mean, by label. */
  readonly descriptions: Readonly<Record<string, string>>
  readonly port: MessagePort
}

/** Worker thread's side of a search for wrong labels. Undefined with fewer than two labels to tell apart. */
export default async function doubt({ port, ...options }: DoubtTask): Promise<LabelDoubts | undefined> {
  const texts: string[] = []
  const labels: string[] = []
  await receiveStream<Example>(port, ({ text, label }) => {
    texts.push(text)
    labels.push(label)
  })
  port.close()
  if (new Set(labels).size < 2 || new Set(texts).size < 2) return undefined
  return doubtLabels({ ...options, texts, labels })
}
