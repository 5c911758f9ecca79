import { Compile } from 'typebox/compile'
import type { Audience } from '../../access/audience.ts'
import { CodedError } from '../../platform/errors.ts'
import { exceedsJsonBounds } from '../../platform/json-bounds.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { triageErrors } from '../errors.ts'
import { type ClassifyDeps, type PostToClassify, prepareClassifying } from './classify-post.ts'
import { BatchLine } from './classify-schemas.ts'

/** In bytes. */
const LONGEST_LINE = 1_048_576
/** Lines after which a long batch reads models and rules again. */
const LINES_A_READING = 500

type Id = string | number
type Line = PostToClassify & { readonly id?: Id }

const validator = Compile(BatchLine)
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Classifies NDJSON as it streams: one line out for each non-blank line, in order, in constant memory. An invalid line
 * becomes an error line and the batch continues. Stops reading when its consumer stops.
 */
export async function* classifyLines(
  deps: ClassifyDeps,
  input: AsyncIterable<Uint8Array>,
  reader: Audience,
): AsyncGenerator<string> {
  const yieldToEventLoop = createYielder()
  let classify = await prepareClassifying(deps, reader)
  let sinceReading = 0
  for await (const line of splitLines(input, LONGEST_LINE)) {
    await yieldToEventLoop()
    if (++sinceReading > LINES_A_READING) {
      classify = await prepareClassifying(deps, reader)
      sinceReading = 0
    }
    const answer = answerLine(line, classify)
    if (answer !== undefined) yield `${JSON.stringify(answer)}\n`
  }
}

function answerLine(line: ByteLine, classify: (post: PostToClassify) => object): object | undefined {
  let value: unknown
  try {
    const text = readText(line)
    if (text === '') return undefined
    value = readJson(text)
    const { id, ...post } = readPost(value)
    return { id, ...classify(post) }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    const id = idOf(value)
    return { id, line: line.number, code: error.code, detail: error.message }
  }
}

function readText(line: ByteLine): string {
  if ('tooLong' in line) throw triageErrors.CLASSIFY_LINE_TOO_LONG({ limit: LONGEST_LINE })
  try {
    return utf8.decode(line.bytes).trim()
  } catch {
    throw triageErrors.CLASSIFY_LINE_NOT_JSON({ reason: 'it is not UTF-8' })
  }
}

function readJson(text: string): unknown {
  if (exceedsJsonBounds(text)) throw triageErrors.CLASSIFY_LINE_TOO_COMPLEX()
  try {
    return JSON.parse(text)
  } catch {
    throw triageErrors.CLASSIFY_LINE_NOT_JSON({ reason: 'it cannot be parsed' })
  }
}

function readPost(value: unknown): Line {
  if (validator.Check(value)) return value as Line
  throw triageErrors.CLASSIFY_LINE_INVALID({ reason: explain(value) })
}

/** The first error and its place. Errors of `false` schemas are left out: they repeat that a property is not allowed. */
function explain(value: unknown): string {
  const error = validator.Errors(value).find(({ keyword }) => keyword !== 'boolean')
  const { additionalProperties = [] } = (error?.params ?? {}) as { additionalProperties?: readonly string[] }
  const names = additionalProperties.length > 0 ? `: ${additionalProperties.join(', ')}` : ''
  return `${error?.instancePath || 'the line'} ${error?.message}${names}`
}

/** The caller's id of a line, whatever its shape. */
function idOf(value: unknown): Id | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined
  const { id } = value
  return typeof id === 'number' || (typeof id === 'string' && id.length <= 200) ? id : undefined
}

/** A line of a stream of bytes, without its end; of a line longer than the limit only its number. */
type ByteLine =
  | { readonly number: number; readonly bytes: Buffer }
  | { readonly number: number; readonly tooLong: true }

const NEWLINE = 0x0a

/** Splits a stream into lines, holding one line in memory. The last line needs no end. */
async function* splitLines(input: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<ByteLine> {
  let number = 1
  let parts: Buffer[] = []
  let size = 0

  function add(part: Buffer): void {
    size += part.length
    if (size <= limit) parts.push(part)
    else parts = []
  }

  function finish(): ByteLine {
    const line = size > limit ? { number, tooLong: true as const } : { number, bytes: Buffer.concat(parts) }
    number++
    parts = []
    size = 0
    return line
  }

  for await (const piece of input) {
    const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, end))
      from = end + 1
      yield finish()
    }
    if (from < chunk.length) add(chunk.subarray(from))
  }
  if (size > 0) yield finish()
}
