import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../../platform/errors.ts'
import { sourceErrors } from '../errors.ts'
import type { ReadProgress } from '../record.ts'
import { ByteWindow } from './byte-window.ts'
import { fileSize, openInput } from './input-file.ts'
import {
  DEEPEST,
  type JsonBlock,
  type JsonDocument,
  type JsonReading,
  type JsonRejection,
} from './json-fields.ts'
import { readJsonStream } from './json-stream.ts'
import { type Line, readStartedLines } from './lines.ts'

/**
 * The documents of JSON exports. A path is a file or a folder of them (see {@link findJsonFiles}). A file holds one
 * document, pretty-printed or not, several, or one a line (NDJSON). Elements of a top-level array are documents, and
 * so are those of the named arrays. A document may be as long as LONGEST_ITEM and as deep as DEEPEST; a file's length
 * is not bounded.
 *
 * Of duplicate keys the last one counts; `__proto__` is a key like any other. Strings are not cleaned: whoever puts one
 * into a record must do so (`JsonFields` does).
 *
 * A line of NDJSON that cannot be read is a rejection. So is one of several files, from its fault on, unless none of them
 * could be read.
 *
 * @throws CodedError of this module, with the place
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
    // A file that is abandoned counts as read, so that the folder still ends at 100 %.
    progress.bytesRead = Math.max(progress.bytesRead, before + size)
    await input.close()
  }
}

/** An error page fails once, with a reason that names it. */
function refuseMarkup(window: ByteWindow): void {
  const head = window.bytes.toString('latin1', window.from, window.to)
  const start = head.search(/\S/)
  if (head[start] !== '<') return
  const { file, line } = window.placeOf(window.from + start)
  throw sourceErrors.FILE_FORMAT_UNEXPECTED({ file, line, reason: 'it looks like HTML or XML' })
}

/** Whether a file is NDJSON, by its name or because its first line is a document. */
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

export interface JsonFile {
  readonly path: string
  readonly size: number
}

const jsonName = /\.(?:json|ndjson|jsonl)$/i

/**
 * The files of a JSON export: a file whatever its name; of a folder all `*.json`, `*.ndjson` and `*.jsonl`,
 * subfolders included, ordered by name. Hidden files and links to folders are skipped.
 *
 * @throws FILE_NOT_FOUND, FILE_UNREADABLE; FILE_FORMAT_UNEXPECTED for a folder without such files
 */
export async function findJsonFiles(paths: readonly string[]): Promise<JsonFile[]> {
  const found: JsonFile[] = []
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    )
    const files = isFolder ? await filesIn(path) : [path]
    if (files.length === 0)
      throw sourceErrors.FILE_FORMAT_UNEXPECTED({ file: path, reason: 'the folder contains no JSON file' })
    for (const file of files) found.push({ path: file, size: await fileSize(file) })
  }
  return found
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((fault: NodeJS.ErrnoException) => {
    throw sourceErrors.FILE_UNREADABLE({ file: folder, reason: fault.message }, { cause: fault })
  })
  const shown = entries.filter(({ name }) => !name.startsWith('.'))
  const files: string[] = []
  for (const entry of shown.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...(await filesIn(path)))
    else if (jsonName.test(entry.name) && (await isFile(path))) files.push(path)
  }
  return files
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => true,
  )
}

/** The documents of an NDJSON file whose window was started; a line that is not a document is a rejection. */
export async function* readJsonLines(window: ByteWindow, reading: JsonReading): AsyncGenerator<JsonBlock> {
  const paths = reading.arrays.map((name) => ({ name, keys: name.split('.') }))
  let isEmpty = true
  for await (const lines of readStartedLines(window)) {
    isEmpty = false
    yield lines.flatMap((line) => documentsOf(line, window.file, paths))
  }
  if (isEmpty) throw sourceErrors.FILE_EMPTY({ file: window.file })
}

interface ArrayPath {
  readonly name: string
  readonly keys: readonly string[]
}

function documentsOf(
  { number, text }: Line,
  file: string,
  arrays: readonly ArrayPath[],
): (JsonDocument | JsonRejection)[] {
  const place = { file, line: number }
  const reject = (code: string, reason: string): JsonRejection[] => [
    { rejected: { outcome: 'rejected', of: 'other', code, reason, place } },
  ]
  if (isDeep(text)) return reject('JSON_TOO_DEEP', `more than ${DEEPEST} levels`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return reject('LINE_NOT_JSON', 'the line is not a JSON document')
  }
  if (Array.isArray(value)) return value.map((element) => ({ value: element, place }))
  const elements = arrays.flatMap(({ name, keys }) =>
    takeArray(value, keys).map((element) => ({ value: element, member: name, place })),
  )
  return [...elements, { value, place }]
}

/** Removes the elements of the array at `keys`, as streaming does before it yields the envelope. */
function takeArray(value: unknown, keys: readonly string[]): unknown[] {
  let found = value
  for (const key of keys) {
    const isObject = typeof found === 'object' && found !== null && !Array.isArray(found)
    found =
      isObject && Object.hasOwn(found as object, key) ? (found as Record<string, unknown>)[key] : undefined
  }
  return Array.isArray(found) ? found.splice(0) : []
}

/** Whether brackets outside strings are nested too deeply; checked before the text is parsed. */
function isDeep(text: string): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isInString) {
      if (code === 0x5c) at += 1
      else if (code === 0x22) isInString = false
    } else if (code === 0x22) isInString = true
    else if (code === 0x5b || code === 0x7b) {
      depth += 1
      if (depth > DEEPEST) return true
    } else if (code === 0x5d || code === 0x7d) depth -= 1
  }
  return false
}
