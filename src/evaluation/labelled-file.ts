import { modelErrors } from '../models/errors.ts'
import type { Example } from '../models/training/training-example.ts'
import { CodedError } from '../platform/errors.ts'
import type { FormatOptions, SourceItem } from '../sources/record.ts'
import { requireFormat } from '../sources/registry.ts'

interface LabelledFile {
  /** Every row that has a text and a label, in the order of the file; equal rows as often as they occur. */
  readonly examples: readonly Example[]
  /** Rows that cannot be read or have no label. */
  readonly rejected: number
}

/**
 * Reads a CSV file with columns `text` and `label`.
 *
 * @throws CodedError COLUMNS_MISSING_IN_FILE; of `sources` when the file cannot be read
 */
export async function readLabelledFile(file: string): Promise<LabelledFile> {
  const examples: Example[] = []
  let rejected = 0
  for await (const { text, label } of rowsOf(file)) {
    if (text === undefined || label === undefined) rejected++
    else examples.push({ text, label })
  }
  return { examples, rejected }
}

/**
 * Reads the column `text` of a CSV file, whatever else it has; rows without one are left out.
 *
 * @throws CodedError of `sources` when the file cannot be read or has no such column
 */
export async function readTextFile(file: string): Promise<string[]> {
  const texts: string[] = []
  for await (const { text } of rowsOf(file, { map: 'question=text' }))
    if (text !== undefined) texts.push(text)
  return texts
}

/** Each row of a file; without a text where it cannot be read. */
async function* rowsOf(file: string, options?: FormatOptions): AsyncGenerator<Partial<Example>> {
  const labels = new Map<string, string>()
  for await (const items of itemsOf(file, options)) {
    for (const item of items) {
      if (item.outcome === 'rejected') yield {}
      if (item.outcome !== 'record') continue
      const { record } = item
      if (record.type === 'thread') {
        const label = record.labels?.category
        if (label === undefined) labels.delete(record.id)
        else labels.set(record.id, label)
      }
      if (record.type !== 'post' || record.threadId === undefined) continue
      const label = labels.get(record.threadId)
      yield { text: record.body, label }
    }
  }
}

/** Reads the items of a file whose columns are called `text` and `label`; imports can name other columns. */
async function* itemsOf(file: string, options?: FormatOptions): AsyncGenerator<readonly SourceItem[]> {
  try {
    yield* requireFormat('csv').read([file], { bytesRead: 0, bytesTotal: 0 }, options)
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'CSV_HEADER_MISSING') throw error
    throw modelErrors.COLUMNS_MISSING_IN_FILE({ ...error.details }, { cause: error })
  }
}
