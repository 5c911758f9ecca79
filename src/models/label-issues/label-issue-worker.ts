import type { MessagePort } from 'node:worker_threads'
import { type LabelIssues, rankLabelIssues } from '../../learning/agreement/find-label-issues.ts'
import { receiveStream } from '../../platform/worker-input.ts'
import type { Example } from '../training/training-example.ts'

/** The first message to the worker; the examples follow on the port. */
export interface LabelIssueTask {
  readonly seed: number
  /** Descriptions of labels, by label. */
  readonly descriptions: Readonly<Record<string, string>>
  readonly port: MessagePort
}

/** The worker's side of a search for label issues. Undefined with fewer than two labels or two distinct texts. */
export default async function findLabelIssues({
  port,
  ...options
}: LabelIssueTask): Promise<LabelIssues | undefined> {
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
