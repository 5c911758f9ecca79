import { sourceErrors } from '../../sources/errors.ts'
import { ByteWindow } from '../../sources/reading/byte-window.ts'
import { openInput } from '../../sources/reading/input-file.ts'
import { type Line, readLines } from '../../sources/reading/lines.ts'
import { relevanceErrors } from './errors.ts'

/** A document to be found. */
export interface JudgedDocument {
  readonly id: string
  readonly title: string
  readonly body: string
  /** ISO 639-1. */
  readonly language: string
}

/** A query with the documents that answer it. */
export interface JudgedQuery {
  readonly q: string
  readonly language: string
  /** Ids of documents; those that the file of documents does not have answer nothing. */
  readonly relevant: readonly string[]
}

/**
 * Reads a file of documents, one JSON object `{id, title, body, language}` a line.
 *
 * @throws CodedError RELEVANCE_LINE_INVALID; FILE_EMPTY and others of `sources` when the file cannot be read
 */
export async function readDocuments(file: string): Promise<JudgedDocument[]> {
  const lineOf = new Map<string, number>()
  return readObjects(file, (fields, place) => {
    const document = {
      id: stringOf(fields, 'id', place),
      title: stringOf(fields, 'title', place, true),
      body: stringOf(fields, 'body', place, true),
      language: stringOf(fields, 'language', place),
    }
    const before = lineOf.get(document.id)
    if (before !== undefined) throw invalid(place, `the id "${document.id}" is that of line ${before} too`)
    lineOf.set(document.id, place.line)
    return document
  })
}

/**
 * Reads a file of queries, one JSON object `{q, language, relevant: [id]}` a line.
 *
 * @throws CodedError RELEVANCE_LINE_INVALID; FILE_EMPTY and others of `sources` when the file cannot be read
 */
export async function readQueries(file: string): Promise<JudgedQuery[]> {
  return readObjects(file, (fields, place) => {
    const { relevant } = fields
    if (!Array.isArray(relevant) || !relevant.every((id) => typeof id === 'string'))
      throw invalid(place, '`relevant` must be a list of the ids of documents')
    return { q: stringOf(fields, 'q', place), language: stringOf(fields, 'language', place), relevant }
  })
}

interface Place {
  readonly file: string
  readonly line: number
}

type Fields = Readonly<Record<string, unknown>>

async function readObjects<T>(file: string, read: (fields: Fields, place: Place) => T): Promise<T[]> {
  const input = await openInput(file, { bytesRead: 0, bytesTotal: 0 })
  const objects: T[] = []
  try {
    for await (const lines of readLines(new ByteWindow(input)))
      for (const line of lines) objects.push(read(...fieldsOf(line, file)))
  } finally {
    await input.close()
  }
  if (objects.length === 0) throw sourceErrors.FILE_EMPTY({ file })
  return objects
}

function fieldsOf({ number, text }: Line, file: string): [Fields, Place] {
  const place = { file, line: number }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw relevanceErrors.RELEVANCE_LINE_INVALID({ ...place, reason: 'the line is not JSON' }, { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(place, 'the line must be a JSON object')
  return [{ ...value }, place]
}

function stringOf(fields: Fields, name: string, place: Place, mayBeEmpty = false): string {
  const value = fields[name]
  if (typeof value !== 'string') throw invalid(place, `\`${name}\` must be a string`)
  if (!mayBeEmpty && value.trim() === '') throw invalid(place, `\`${name}\` must not be empty`)
  return value
}

function invalid(place: Place, reason: string): Error {
  return relevanceErrors.RELEVANCE_LINE_INVALID({ ...place, reason })
}
