import { CodedError } from '../platform/errors.ts'
import { ByteWindow } from './byte-window.ts'
import { sourceErrors } from './errors.ts'
import { openInput } from './input-file.ts'
import type { JsonBlock, JsonReading, JsonRejection } from './json-document.ts'
import { findJsonFiles, type JsonFile } from './json-files.ts'
import { readJsonLines } from './json-lines.ts'
import { readJsonStream } from './json-stream.ts'
import type { ReadProgress } from './record.ts'

/**
 * The documents of JSON exports. A path is a file or a folder of them (see {@link findJsonFiles}). A file holds one
 * document, pretty-printed or not, several, or one a line (NDJSON). Elements of a top-level array are documents, and
 * so are those of the named arrays. A document may be as long as LONGEST_ITEM and as deep as DEEPEST; a file's length
 * is not bounded.
 *
 * Of duplicate keys the last stands; `__proto__` is a key like any other. Strings come as they stand: whoever takes
 * one into a record cleans it (`JsonFields` does).
 *
 * A line of NDJSON that cannot be read is a rejection. So is a file among several, from its fault on, unless none of
 * them could be read.
 *
 * @throws CodedError of this slice, with the place
 */
export async function* readJsonDocuments(
  paths: readonly string[],
  progress: ReadProgress,
  reading: JsonReading,
): AsyncGenerator<JsonBlock> {
  const files = await findJsonFiles(paths)
  progress.bytesTotal += files.reduce((sum, { size }) => sum + size, 0)
  let readable = 0
  let firstFault: CodedError | undefined
  for (const file of files) {
    try {
      for await (const block of readFile(file, progress, reading)) {
        if (block.length > 0) yield block
      }
      readable += 1
    } catch (fault) {
      if (files.length === 1 || !(fault instanceof CodedError)) throw fault
      firstFault ??= fault
      yield [{ rejected: rejectionOf(fault, file.path) }]
    }
  }
  if (readable === 0 && firstFault) throw firstFault
}

async function* readFile(
  { path, size }: JsonFile,
  progress: ReadProgress,
  reading: JsonReading,
): AsyncGenerator<JsonBlock> {
  const input = await openInput(path, progress)
  const before = progress.bytesRead
  try {
    const window = new ByteWindow(input)
    await window.start()
    refuseMarkup(window)
    yield* isLines(window) ? readJsonLines(window, reading) : readJsonStream(window, reading)
  } finally {
    // A file that is given up counts as read, so that the rest of the folder ends at 100 %.
    progress.bytesRead = Math.max(progress.bytesRead, before + size)
    await input.close()
  }
}

/** An error page fails once, and by its name. */
function refuseMarkup(window: ByteWindow): void {
  const head = window.bytes.toString('latin1', window.from, window.to)
  const start = head.search(/\S/)
  if (head[start] !== '<') return
  const { file, line } = window.placeOf(window.from + start)
  throw sourceErrors.SOURCE_UNEXPECTED({ file, line, reason: 'it begins like HTML or XML' })
}

/** NDJSON by its name, or because its first line is a document by itself. */
function isLines(window: ByteWindow): boolean {
  if (/\.(?:ndjson|jsonl)$/i.test(window.file)) return true
  const head = window.bytes.subarray(window.from, window.to)
  const start = head.findIndex((byte) => byte > 0x20)
  const end = head.indexOf('\n', Math.max(0, start))
  if (start < 0 || end < 0 || head[start] !== 0x7b) return false
  try {
    JSON.parse(head.toString('utf8', start, end))
    return true
  } catch {
    return false
  }
}

function rejectionOf({ code, message, details }: CodedError, file: string): JsonRejection['rejected'] {
  const { line, column } = details
  const place = {
    file,
    ...(typeof line === 'number' && { line }),
    ...(typeof column === 'number' && { column }),
  }
  return { outcome: 'rejected', of: 'other', code, reason: message, place }
}
