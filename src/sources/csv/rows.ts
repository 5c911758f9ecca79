import { once } from 'node:events'
import { type CsvError, parse } from 'csv-parse'
import { sourceErrors } from '../errors.ts'
import { type ByteWindow, LONGEST_ITEM } from '../reading/byte-window.ts'

/** A row with its line (from 1), or the reason why it could not be read. */
export type CsvRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly problem: string }

const NEWLINE = 0x0a

interface OpenCsv {
  readonly delimiter: string
  /** The rows, the header first, one read block at a time. */
  readonly rows: AsyncGenerator<readonly CsvRow[]>
}

/**
 * The rows of a CSV file. The delimiter is a comma, semicolon or tab: the one in a first line such as `sep=;`, as Excel
 * writes it, or else the most frequent one in the first line. Quotes follow RFC 4180; inside unquoted cells they are
 * allowed.
 *
 * @throws here, and from `rows` after the last good row: CSV_MALFORMED for a quote that is never closed, FILE_EMPTY,
 *   FILE_ENCODING_INVALID, FILE_FORMAT_UNEXPECTED, FILE_VALUE_TOO_LONG
 */
export async function openCsv(window: ByteWindow): Promise<OpenCsv> {
  await window.start()
  const part = await nextPart(window)
  const stated = statedDelimiter.exec(part.toString('latin1', 0, 16))
  if (stated === null) {
    refuseOtherFormats(part, window.file)
    const delimiter = detectDelimiter(part)
    return { delimiter, rows: readRows(window, part, createRowCollector(window.file, delimiter, 0)) }
  }
  const [line, delimiter = ''] = stated
  const rest = part.length > line.length ? part.subarray(line.length) : await nextPart(window)
  return { delimiter, rows: readRows(window, rest, createRowCollector(window.file, delimiter, 1)) }
}

const statedDelimiter = /^sep=([,;\t])\r?\n/i

/** Rejects JSON and HTML by name, rather than as a header without columns. */
function refuseOtherFormats(head: Buffer, file: string): void {
  const start = head.toString('utf8', 0, 1024).trimStart()
  const reason = /^<[!?a-z]/i.test(start)
    ? 'it looks like HTML or XML'
    : /^(?:\{\s*"|\[\s*[[{"])/.test(start)
      ? 'it looks like JSON'
      : undefined
  if (reason !== undefined) throw sourceErrors.FILE_FORMAT_UNEXPECTED({ file, line: 1, reason })
}

async function* readRows(
  window: ByteWindow,
  part: Buffer,
  rows: ReturnType<typeof createRowCollector>,
): AsyncGenerator<readonly CsvRow[]> {
  try {
    while (part.length > 0) {
      await rows.write(part)
      yield* rows.take()
      part = await nextPart(window)
    }
    await rows.end()
  } catch (fault) {
    yield* rows.take()
    throw fault
  }
  yield* rows.take()
}

/** Checks and consumes the complete lines of the window (at the end of the file, also the last line); empty at the end. */
async function nextPart(window: ByteWindow): Promise<Buffer> {
  for (;;) {
    const newline = window.bytes.subarray(0, window.to).lastIndexOf(NEWLINE)
    const end = window.ended ? window.to : newline + 1
    if (end > window.from || window.ended) {
      const from = window.from
      window.requireUtf8(from, end)
      window.from = end
      // Copied, because the parser may keep a part and the bytes of the window are overwritten.
      return Buffer.from(window.bytes.subarray(from, end))
    }
    await window.refill()
  }
}

function detectDelimiter(head: Buffer): string {
  const line = head
    .toString('utf8')
    .replaceAll(/(?<=^|[,;\t\r\n])"(?:[^"]|"")*"/g, '')
    .split(/\r?\n|\r/, 1)[0]!
  const count = (delimiter: string) => line.split(delimiter).length
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best))
}

function createRowCollector(file: string, delimiter: string, linesBefore: number) {
  let rows: CsvRow[] = []
  let lastLine = 0
  let fatal: Error | undefined
  const lines = createLineCounter(linesBefore)

  const parser = parse({
    delimiter,
    skip_empty_lines: true,
    relax_quotes: true,
    max_record_size: LONGEST_ITEM,
    skip_records_with_error: true,
    on_record: (cells: string[], { bytes }) => {
      lastLine = lines.before(bytes)
      rows.push({ line: lastLine - breaksIn(cells), cells })
      return null
    },
    on_skip: (error) => {
      if (error === undefined || fatal) return
      fatal = fatalOf(error)
      if (fatal) return
      lastLine = lines.before(Number(error.bytes))
      rows.push({ line: lastLine, problem: problemOf(error) })
    },
  })
  parser.resume()

  function fatalOf(error: CsvError): Error | undefined {
    const place = { file, line: lastLine + 1 }
    if (error.code === 'CSV_MAX_RECORD_SIZE') {
      return sourceErrors.FILE_VALUE_TOO_LONG({ ...place, what: 'a row', limit: LONGEST_ITEM })
    }
    if (error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') return undefined
    const reason =
      error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quoted cell starts here and never ends' : error.message
    return sourceErrors.CSV_MALFORMED({ ...place, reason })
  }

  return {
    async write(part: Buffer): Promise<void> {
      lines.begin(part)
      await new Promise<void>((resolve, reject) => {
        parser.write(part, (fault) => (fault ? reject(fault) : resolve()))
      })
      if (fatal) throw fatal
    },
    async end(): Promise<void> {
      parser.end()
      await once(parser, 'end')
      if (fatal) throw fatal
    },
    /** The rows parsed since the last call, as one batch or none. */
    *take(): Generator<readonly CsvRow[]> {
      if (rows.length > 0) yield rows
      rows = []
    },
  }
}

/** Counts lines by byte position, part by part (the parser itself counts CR LF as two). */
function createLineCounter(linesBefore: number) {
  let part: Buffer = Buffer.alloc(0)
  let partStart = 0
  let counted = 0
  let newlines = linesBefore
  return {
    begin(next: Buffer): void {
      this.before(partStart + part.length)
      partStart += part.length
      part = next
    },
    /** The line of the byte before `position`; positions must ascend. */
    before(position: number): number {
      const end = position - partStart
      for (let at = counted - partStart; ; ) {
        const found = part.subarray(0, end).indexOf(NEWLINE, at)
        if (found < 0) break
        newlines += 1
        at = found + 1
      }
      counted = Math.max(counted, position)
      return part[end - 1] === NEWLINE ? newlines : newlines + 1
    },
  }
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0)
}

function problemOf(error: CsvError): string {
  const [, expected, found] = /expect (\d+), got (\d+)/.exec(error.message) ?? []
  return expected === undefined ? error.message : `${found} cells, but the header has ${expected}`
}
