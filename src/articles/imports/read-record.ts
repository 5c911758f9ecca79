import { isObject } from '../../sources/reading/json-fields.ts'
import { type Field, isJson, type RecordType, type Row } from '../exports/record-type.ts'
import { importErrors } from './errors.ts'

const GREATEST_NUMBER = 2_147_483_647
const UNSTORABLE = /\0|\p{Surrogate}/u
const ARTICLE_ID = /^art_[0-9a-z]{25}$/
const PASSAGE_ID = /^psg_[0-9a-z]{25}$/
const LANGUAGE = /^[a-z]{2,3}$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const CONTENT = ['title', 'issue', 'environment', 'resolution', 'cause', 'language']

/**
 * A line of an export as the row of its table. Those who acted may be absent, and are then absent from the row or unknown.
 *
 * @throws CodedError IMPORT_RECORD_INVALID
 */
export function rowOf({ type, fields }: RecordType, record: Readonly<Record<string, unknown>>): Row {
  const unknown = Object.keys(record).find((name) => name !== 'type' && !Object.hasOwn(fields, name))
  if (unknown !== undefined) throw invalid(`a record "${type}" has no field "${unknown.slice(0, 100)}"`)
  const row: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(record, name) ? record[name] : undefined
    if (value === undefined) {
      if (field.kind === 'actor' && field.optional !== true) continue
      if (field.optional !== true) throw invalid(`"${name}" is missing`)
      row[field.column] = null
    } else {
      const problem = problemOf(name, field, value)
      if (problem !== undefined) throw invalid(`"${name}" ${problem}`)
      row[field.column] = isJson(field.kind) ? JSON.stringify(value) : value
    }
  }
  return row
}

function problemOf(name: string, { kind }: Field, value: unknown): string | undefined {
  if (typeof kind !== 'string')
    return kind.includes(value as string) ? undefined : `must be one of ${kind.join(', ')}`
  switch (kind) {
    case 'id':
      return matches(value, ARTICLE_ID) ? undefined : 'is not the id of an article'
    case 'passage':
      return matches(value, PASSAGE_ID) ? undefined : 'is not the id of a passage'
    case 'integer':
      return isCount(value) ? undefined : `must be a whole number from 0 to ${GREATEST_NUMBER}`
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false'
    case 'time':
      return matches(value, TIME) && !Number.isNaN(Date.parse(value as string))
        ? undefined
        : 'must be a time such as 2026-01-31T09:30:00.000Z'
    case 'content':
      return contentProblem(value)
    case 'texts':
      return textsProblem(name, value)
    default:
      return textProblem(name, value)
  }
}

function textProblem(name: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a text'
  if (UNSTORABLE.test(value)) return 'holds characters that no database keeps'
  if (name === 'language' && !LANGUAGE.test(value)) return 'must be a language such as fr or en'
  return undefined
}

function textsProblem(name: string, value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'must be a list of texts'
  const problem = value.map((each) => textProblem(name, each)).find((each) => each !== undefined)
  return problem && `has a text that ${problem}`
}

function contentProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'must be an object'
  const names = Object.keys(value)
  if (names.length !== CONTENT.length || !CONTENT.every((name) => Object.hasOwn(value, name)))
    return `must have the fields ${CONTENT.join(', ')}`
  for (const name of CONTENT) {
    const problem = textProblem(name, value[name])
    if (problem !== undefined) return `has a field "${name}" that ${problem}`
  }
  return undefined
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= GREATEST_NUMBER
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value)
}

function invalid(reason: string) {
  return importErrors.IMPORT_RECORD_INVALID({ reason })
}
