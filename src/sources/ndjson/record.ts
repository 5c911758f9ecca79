import { Compile, type Validator } from 'typebox/compile'
import { quote } from '../../text/personal-data/redact.ts'
import type { RejectionCode } from '../errors.ts'
import { cleanText, toIsoTime } from '../reading/values.ts'
import type { SourceRecord } from '../record.ts'
import { recordSchemas } from './schema.ts'

type Shape = keyof typeof recordSchemas
type Outcome =
  | { readonly record: SourceRecord }
  | { readonly of: 'thread' | 'post' | 'other'; readonly code: RejectionCode; readonly reason: string }

const timeFields = ['createdAt', 'editedAt', 'joinedAt', 'asOf'] as const
const types = 'thread, post, acceptance, acceptance-update, removal, link, member, votes'

type Validators = Readonly<Record<Shape, Validator>>
let validatorsOnce: Validators | undefined

/** Compiles the schemas (3 ms) at the first file, not when the program starts. */
function compiledSchemas(): Validators {
  validatorsOnce ??= Object.fromEntries(
    Object.entries(recordSchemas).map(([shape, schema]) => [shape, Compile(schema)]),
  ) as unknown as Validators
  return validatorsOnce
}

/** Reads lines of NDJSON, each by itself. */
export function createRecordReader(): (line: string) => Outcome {
  const validators = compiledSchemas()

  return (line) => {
    const value = parseObject(line)
    if (typeof value === 'string') return { of: 'other', code: 'LINE_NOT_JSON', reason: value }
    const shape = shapeOf(value)
    if (shape === undefined) {
      const reason = `type ${shown(value.type)} is not one of ${types}`
      return { of: 'other', code: 'RECORD_TYPE_UNKNOWN', reason }
    }
    const of = shape === 'thread' ? 'thread' : shape === 'post' || shape === 'comment' ? 'post' : 'other'
    const validator = validators[shape]
    if (!validator.Check(value)) {
      return { of, code: 'RECORD_INVALID', reason: reasonOf(validator.Errors(value)) }
    }
    for (const field of timeFields) {
      const text = value[field]
      if (typeof text !== 'string') continue
      const time = toIsoTime(text)
      if (time === undefined) return { of, code: 'RECORD_INVALID', reason: `${field} is not a date` }
      value[field] = time
    }
    if (shape === 'thread') value.tags ??= []
    if (of === 'post') value.format ??= 'markdown'
    // The schema has checked the shape; a test compares the schema with the type.
    return { record: (line.includes('\\u') ? clean(value) : value) as unknown as SourceRecord }
  }
}

type JsonObject = Record<string, unknown>

/** @returns the reason if the line is not a JSON object */
function parseObject(line: string): JsonObject | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (fault) {
    return `not JSON: ${withoutContent((fault as Error).message)}`
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  return 'a line must be one JSON object'
}

/** V8 quotes the text around the fault; a reason must not contain what people wrote. */
function withoutContent(message: string): string {
  return /at position \d+/.exec(message)?.[0] ?? 'the line is truncated or is not JSON'
}

function shapeOf(value: JsonObject): Shape | undefined {
  if (value.type === 'post' && value.kind === 'comment') return 'comment'
  const known = typeof value.type === 'string' && value.type !== 'comment'
  return known && Object.hasOwn(recordSchemas, value.type as string) ? (value.type as Shape) : undefined
}

interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

function reasonOf(errors: readonly SchemaError[]): string {
  // An unknown field is reported twice; the first report only says "schema is false".
  const error = errors.find(({ keyword }) => keyword !== 'boolean')
  if (error === undefined) return 'the record does not match the schema'
  const params = error.params as {
    additionalProperties?: string[]
    requiredProperties?: string[]
    allowedValues?: unknown[]
  }
  if (params.additionalProperties) return `unknown field ${params.additionalProperties.map(shown).join(', ')}`
  if (params.requiredProperties) return `${params.requiredProperties.join(', ')} is missing`
  const field = error.instancePath.slice(1).replaceAll('/', '.') || 'the record'
  if (params.allowedValues) return `${field} must be one of ${params.allowedValues.map(String).join(', ')}`
  return `${field} ${error.message}`
}

function shown(value: unknown): string {
  return quote(JSON.stringify(value) ?? 'nothing')
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [cleanText(key), clean(each)]))
}
