import type { MessagePort } from 'node:worker_threads'
import { type LabelIssues, rankLabelIssues } from '../../learning/agreement/find-label-issues.ts'
import { receiveStream } from '../../platform/worker-input.ts'
import type { Example } from '../training/training-example.ts'

/** What the thread is told at once; the examples follow on the port. */
export interface LabelIssueTask {
  readonly seed: number
  /** What labels are said to mean, by label. */
  readonly descriptions: Readonly<Record<string, string>>
  readonly port: MessagePort
}

/** Worker thread's side of a search for wrong labels. Undefined with fewer than two labels to tell apart. */
export default async function doubt({ port, ...options }: LabelIssueTask): Promise<LabelIssues | undefined> {
  const texts: string[] = []
  const labels: string[] = []
  await receiveStream<Example>(port, ({ text, label }) => {
    texts.push(text)
    labels.push(label)
  })
  port.close()
  if (new Set(labels).size < 2 || new Set(texts).size < 2) return undefined
  return rankLabelIssues({ ...options, texts, labels })
}
