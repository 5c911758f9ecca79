import type { ByteWindow } from './byte-window.ts'
import { sourceErrors } from './errors.ts'
import {
  DEEPEST,
  type JsonBlock,
  type JsonDocument,
  type JsonReading,
  type JsonRejection,
} from './json-document.ts'
import { type Line, readStartedLines } from './lines.ts'

/** The documents of an NDJSON file whose window was started; a line that is no document is a rejection. */
export async function* readJsonLines(window: ByteWindow, reading: JsonReading): AsyncGenerator<JsonBlock> {
  const paths = reading.arrays.map((name) => ({ name, keys: name.split('.') }))
  let isEmpty = true
  for await (const lines of readStartedLines(window)) {
    isEmpty = false
    yield lines.flatMap((line) => documentsOf(line, window.file, paths))
  }
  if (isEmpty) throw sourceErrors.SOURCE_EMPTY({ file: window.file })
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
    return reject('LINE_NOT_JSON', 'the line is no JSON document')
  }
  if (Array.isArray(value)) return value.map((element) => ({ value: element, place }))
  const elements = arrays.flatMap(({ name, keys }) =>
    takeArray(value, keys).map((element) => ({ value: element, member: name, place })),
  )
  return [...elements, { value, place }]
}

/** Empties the array at `keys`, as a streamed one is when its envelope comes. */
function takeArray(value: unknown, keys: readonly string[]): unknown[] {
  let found = value
  for (const key of keys) {
    const isObject = typeof found === 'object' && found !== null && !Array.isArray(found)
    found =
      isObject && Object.hasOwn(found as object, key) ? (found as Record<string, unknown>)[key] : undefined
  }
  return Array.isArray(found) ? found.splice(0) : []
}

/** Counted outside strings, before anything is built. */
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
