import { requireFormat } from '../sources/index.ts'
import type { Example } from './judge-hold-out.ts'

export interface LabelledFile {
  /** Every row that has a text and a label, in the order of the file; equal rows as often as they occur. */
  readonly examples: readonly Example[]
  /** Rows that cannot be read or have no label. */
  readonly rejected: number
}

/**
 * Reads a CSV file with columns `text` and `label`.
 *
 * @throws CodedError of `sources` when the file cannot be read
 */
export async function readLabelledFile(file: string): Promise<LabelledFile> {
  const labels = new Map<string, string>()
  const examples: Example[] = []
  let rejected = 0
  for await (const items of requireFormat('csv').read([file], { bytesRead: 0, bytesTotal: 0 })) {
    for (const item of items) {
      if (item.outcome === 'rejected') rejected++
      if (item.outcome !== 'record') continue
      const { record } = item
      if (record.type === 'thread') {
        const label = record.labels?.category
        if (label === undefined) labels.delete(record.id)
        else labels.set(record.id, label)
      }
      if (record.type !== 'post' || record.threadId === undefined) continue
      const label = labels.get(record.threadId)
      if (label === undefined) rejected++
      else examples.push({ text: record.body, label })
    }
  }
  return { examples, rejected }
}
