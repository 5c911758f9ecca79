import { cellText } from './csv-cells.ts'
import type { CsvRowReader } from './csv-reader.ts'
import { nameByContent } from './csv-thread.ts'
import type { RejectionCode } from './errors.ts'
import { NO_DATE } from './record.ts'

const columns = ['text', 'label', 'id', 'language', 'title'] as const
type Column = (typeof columns)[number]

/**
 * CSV of labelled questions: columns `text` and `label`, and `id`, `language`, `title` where there are. A row is a
 * thread with a question; without an `id` it is named by a hash of its text, so that the same text is one thread.
 *
 * @returns undefined when the header has no `text` and `label`
 */
export function createLabelledRows(header: readonly string[]): CsvRowReader | undefined {
  const names = header.map((name) => name.trim().toLowerCase())
  if (!names.includes('text') || !names.includes('label')) return undefined
  const at = new Map(columns.map((column) => [column, names.indexOf(column)]))

  return (row, place, items) => {
    const reject = (code: RejectionCode, reason: string) =>
      items.push({ outcome: 'rejected', of: 'thread', code, reason, place })
    const cell = (column: Column) => cellText(row[at.get(column)!] ?? '')
    const body = cell('text')
    const id = cell('id') || nameByContent(body)
    const label = cell('label')
    const language = cell('language').toLowerCase().split(/[-_]/, 1)[0]!
    if (body === '') reject('ROW_FIELD_MISSING', 'text is empty')
    else if (id.length > 255) reject('ROW_FIELD_INVALID', 'id is longer than 255 characters')
    else if (!/^([a-z]{2,3})?$/.test(language)) reject('ROW_FIELD_INVALID', 'language is no language tag')
    else {
      const thread = {
        type: 'thread',
        id,
        title: cell('title'),
        createdAt: NO_DATE,
        tags: [],
        ...(language !== '' && { language }),
        ...(label !== '' && { labels: { category: label } }),
      } as const
      const question = {
        type: 'post',
        id: `${id}-q`,
        kind: 'question',
        threadId: id,
        body,
        format: 'text',
        createdAt: NO_DATE,
      } as const
      items.push({ outcome: 'record', record: thread, place }, { outcome: 'record', record: question, place })
    }
  }
}
