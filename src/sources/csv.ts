import { createHash } from 'node:crypto'
import { ByteWindow } from './byte-window.ts'
import { cleanText } from './clean-text.ts'
import { type CsvRow, readCsvRows } from './csv-rows.ts'
import { type RejectionCode, sourceErrors } from './errors.ts'
import { fileSize, openInput } from './input-file.ts'
import { NO_DATE, type Place, type ReadProgress, type SourceFormat, type SourceItem } from './record.ts'

const HASH_DIGITS = 24
const columns = ['text', 'label', 'id', 'language', 'title'] as const
type Column = (typeof columns)[number]

/**
 * CSV of labelled questions: columns `text` and `label`, and `id`, `language`, `title` where there are. A row is a
 * thread with a question; without an `id` it is named by a hash of its text, so that the same text is one thread.
 */
export const csv: SourceFormat = {
  name: 'csv',
  description: 'CSV with a header: text, label and optionally id, language, title',
  async *read(paths, progress) {
    const sizes = await Promise.all(paths.map(fileSize))
    progress.bytesTotal += sizes.reduce((sum, size) => sum + size, 0)
    for (const path of paths) yield* readFile(path, progress)
  },
}

async function* readFile(path: string, progress: ReadProgress): AsyncGenerator<readonly SourceItem[]> {
  const input = await openInput(path, progress)
  let header: ReadonlyMap<Column, number> | undefined
  try {
    for await (const rows of readCsvRows(new ByteWindow(input))) {
      const items: SourceItem[] = []
      for (const row of rows) {
        if (header) readRow(row, header, { file: path, line: row.line }, items)
        else if (!isBlank(row)) header = readHeader(row, path)
      }
      if (items.length > 0) yield items
    }
  } finally {
    await input.close()
  }
  if (!header) throw sourceErrors.SOURCE_EMPTY({ file: path })
}

function isBlank(row: CsvRow): boolean {
  return 'cells' in row && row.cells.every((cell) => cell.trim() === '')
}

function readHeader(row: CsvRow, file: string): ReadonlyMap<Column, number> {
  const names = 'cells' in row ? row.cells.map((cell) => cell.trim().toLowerCase()) : []
  for (const column of ['text', 'label'] as const) {
    if (!names.includes(column)) throw sourceErrors.CSV_HEADER_MISSING({ file, line: row.line, column })
  }
  return new Map(columns.map((column) => [column, names.indexOf(column)]))
}

function readRow(row: CsvRow, header: ReadonlyMap<Column, number>, place: Place, items: SourceItem[]): void {
  const reject = (code: RejectionCode, reason: string) =>
    items.push({ outcome: 'rejected', of: 'thread', code, reason, place })
  if ('problem' in row) {
    reject('CSV_ROW_MALFORMED', row.problem)
    return
  }
  const cell = (column: Column) =>
    cleanText(row.cells[header.get(column)!] ?? '')
      .replace(/\r\n?/g, '\n')
      .trim()
  const body = cell('text')
  const id = cell('id') || hashOf(body)
  const label = cell('label')
  const language = cell('language').toLowerCase().split(/[-_]/, 1)[0]!
  if (body === '') reject('ROW_FIELD_MISSING', 'text is empty')
  else if (id.length > 255) reject('ROW_FIELD_INVALID', 'id is longer than 255 characters')
  else if (!/^([a-z]{2,3})?$/.test(language)) reject('ROW_FIELD_INVALID', 'language is no language tag')
  else {
    items.push(
      {
        outcome: 'record',
        record: {
          type: 'thread',
          id,
          title: cell('title'),
          createdAt: NO_DATE,
          tags: [],
          ...(language !== '' && { language }),
          ...(label !== '' && { labels: { category: label } }),
        },
        place,
      },
      {
        outcome: 'record',
        record: {
          type: 'post',
          id: `${id}-q`,
          kind: 'question',
          threadId: id,
          body,
          format: 'text',
          createdAt: NO_DATE,
        },
        place,
      },
    )
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS)
}
