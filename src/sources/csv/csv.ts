import { sourceErrors } from '../errors.ts'
import { Acceptances } from '../reading/acceptances.ts'
import { ByteWindow } from '../reading/byte-window.ts'
import { fileSize, openInput } from '../reading/input-file.ts'
import type { DateOrder } from '../reading/values.ts'
import {
  type BodyFormat,
  batchesOf,
  type FormatOptions,
  type ReadProgress,
  type SourceFormat,
  type SourceItem,
} from '../record.ts'

import { type CsvRowReader, createLabelledRows, createPostRows, createQuestionRows } from './layouts.ts'
import {
  type CsvMapping,
  EVERY_ANSWER,
  findCsvColumns,
  isRowPerPost,
  parseCsvMapping,
  recogniseCsvColumns,
} from './mapping.ts'

import { type CsvRow, openCsv } from './rows.ts'

/**
 * CSV with a header, in one of three layouts: labelled texts (columns `text` and `label`); a question with its answers per
 * row; a post per row. The last two need a mapping of columns, unless the header states it unambiguously.
 */
export const csv: SourceFormat = {
  name: 'csv',
  description: 'CSV with a header: questions and answers mapped by --map, or the columns text and label',
  async *read(paths, progress, options = {}) {
    const choices = readCsvOptions(options)
    const sizes = await Promise.all(paths.map(fileSize))
    progress.bytesTotal += sizes.reduce((sum, size) => sum + size, 0)
    const acceptances = new Acceptances()
    for (const path of paths) yield* readFile(path, progress, choices, acceptances)
    // Not reached if a file is truncated: the missing rows might accept further answers.
    yield* batchesOf(acceptances.items({ file: paths.at(-1) ?? '' }))
  },
}

async function* readFile(
  path: string,
  progress: ReadProgress,
  options: CsvOptions,
  acceptances: Acceptances,
): AsyncGenerator<readonly SourceItem[]> {
  const input = await openInput(path, progress)
  try {
    const { delimiter, rows: batches } = await openCsv(new ByteWindow(input))
    let readRow: CsvRowReader | undefined
    for await (const rows of batches) {
      const items: SourceItem[] = []
      for (const row of rows) {
        const place = { file: path, line: row.line }
        if (readRow === undefined) {
          if (isBlank(row)) continue
          readRow = readHeader('cells' in row ? row.cells : [], place)
        } else if ('cells' in row) readRow(row.cells, place, items)
        else {
          const { problem: reason } = row
          items.push({ outcome: 'rejected', of: 'thread', code: 'CSV_ROW_MALFORMED', reason, place })
        }
      }
      if (items.length > 0) yield items
    }
    if (readRow === undefined) throw sourceErrors.FILE_EMPTY({ file: path })

    function readHeader(header: readonly string[], place: { file: string; line: number }): CsvRowReader {
      const labelled = options.mapping === undefined ? createLabelledRows(header) : undefined
      if (labelled) return labelled
      const mapping = options.mapping ?? recognise(header, place)
      const context = {
        columns: findCsvColumns(mapping, header, place),
        conventions: { decimalComma: delimiter === ';', dates: options.dates },
        format: options.bodies,
        everyAnswer: mapping.get('accepted')?.includes(EVERY_ANSWER) ?? false,
        acceptances,
      }
      const read = isRowPerPost(mapping) ? createPostRows(context) : createQuestionRows(context)
      // Spreadsheets append rows that hold only separators.
      return (cells, at, items) => {
        if (cells.every((cell) => cell.trim() === '')) items.push({ outcome: 'ignored', place: at })
        else read(cells, at, items)
      }
    }

    function recognise(header: readonly string[], place: { file: string; line: number }) {
      const mapping = recogniseCsvColumns(header, place)
      if (mapping === undefined) {
        const column = header.some((name) => name.trim().toLowerCase() === 'text') ? 'label' : 'text'
        throw sourceErrors.CSV_HEADER_MISSING({ ...place, column, columns: header.join(', ') })
      }
      const taken = [...mapping].map(([field, [column]]) => `${field}=${column}`).join(',')
      const known = new Set([...mapping.values()].flat().map((column) => column.trim()))
      const left = header.map((name) => name.trim()).filter((name) => name !== '' && !known.has(name))
      const rest = left.length === 0 ? '' : `; ignored: ${left.join(', ')}`
      progress.notes?.push(`${path} is read as --map "${taken}"${rest}`)
      return mapping
    }
  } finally {
    await input.close()
  }
}

function isBlank(row: CsvRow): boolean {
  return 'cells' in row && row.cells.every((cell) => cell.trim() === '')
}

/** The options of a CSV import. */
export interface CsvOptions {
  /** Absent if the header determines it. */
  readonly mapping?: CsvMapping
  /** How `03/04/2026` is read; if absent, it is rejected. */
  readonly dates?: DateOrder
  readonly bodies: BodyFormat
}

/** @throws CSV_MAPPING_INVALID, FORMAT_OPTION_INVALID */
export function readCsvOptions({ map, dates, bodies }: FormatOptions): CsvOptions {
  return {
    mapping: map === undefined ? undefined : parseCsvMapping(map),
    dates: dates === undefined ? undefined : oneOf('dates', dates, ['dmy', 'mdy']),
    bodies: bodies === undefined ? 'text' : oneOf('bodies', bodies, ['text', 'html', 'markdown']),
  }
}

function oneOf<const Choice extends string>(
  option: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === value)
  if (choice !== undefined) return choice
  throw sourceErrors.FORMAT_OPTION_INVALID({ option, expected: `one of ${choices.join(', ')}` })
}
