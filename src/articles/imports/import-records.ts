import type { Actor } from '../../access/actor.ts'
import { CodedError } from '../../platform/errors.ts'
import { ByteWindow } from '../../sources/reading/byte-window.ts'
import { openInput } from '../../sources/reading/input-file.ts'
import { isObject } from '../../sources/reading/json-fields.ts'
import { type Line, readLines } from '../../sources/reading/lines.ts'
import type { Place } from '../../sources/record.ts'
import type { ArticleDeps } from '../deps.ts'
import { FIRST_LINE } from '../exports/export-records.ts'
import type { RecordType, Row } from '../exports/record-type.ts'
import { ARTICLE_RECORD, PART_RECORDS } from '../exports/record-types.ts'
import { importErrors } from './errors.ts'
import { type ImportReport, type Remark, ReportedOutcomes } from './import-report.ts'
import { rowOf } from './read-record.ts'
import { restoreArticle } from './restore-article.ts'

/** Characters of an article with all that belongs to it. */
const LONGEST_ARTICLE = 64 * 1024 * 1024

export interface RecordsImport {
  readonly path: string
  readonly actor: Actor
  readonly onRemark?: (remark: Remark) => void
}

/** An article of an export and what belongs to it, as rows. */
export interface ReadArticle {
  readonly article: Row
  readonly parts: readonly { readonly record: RecordType; readonly row: Row }[]
}

interface Gathered {
  readonly place: Place
  readonly rows: { record: RecordType; row: Row }[]
  length: number
  fault?: { readonly place: Place; readonly code: string; readonly reason: string }
}

/**
 * Imports an export in JSON Lines: adds the articles that the store lacks, with all that belongs to them, each in a
 * transaction of its own. An article that is there already is left as it is, and refused if it differs.
 *
 * @throws CodedError IMPORT_NOT_AN_EXPORT, and those of files that cannot be read; what came before stays imported
 */
export async function importRecords(
  deps: ArticleDeps,
  { path, actor, onRemark }: RecordsImport,
): Promise<ImportReport & { readonly complete: boolean }> {
  const outcomes = new ReportedOutcomes(onRemark)
  const input = await openInput(path, { bytesRead: 0, bytesTotal: 0 })
  let gathered: Gathered | undefined
  let isFirst = true
  let complete = false
  try {
    for await (const lines of readLines(new ByteWindow(input)))
      for (const line of lines) {
        if (isFirst && line.text !== FIRST_LINE)
          throw importErrors.IMPORT_NOT_AN_EXPORT({ file: path, expected: FIRST_LINE })
        if (!isFirst) await take(line)
        isFirst = false
      }
    await finish()
  } finally {
    await input.close()
  }
  return { ...outcomes.report, complete }

  async function take(line: Line): Promise<void> {
    const place = { file: path, line: line.number }
    const parsed = parse(line.text)
    if (isObject(parsed) && parsed.type === 'end') {
      complete = true
      return
    }
    if (isObject(parsed) && parsed.type === ARTICLE_RECORD.type) {
      await finish()
      gathered = { place, rows: [], length: 0 }
    }
    gathered ??= { place, rows: [], length: 0 }
    if (gathered.fault !== undefined) return
    gathered.length += line.text.length
    try {
      if (gathered.length > LONGEST_ARTICLE) throw invalid(`the article is longer than ${LONGEST_ARTICLE}`)
      gathered.rows.push(recordOf(parsed, gathered.rows))
    } catch (error) {
      if (!(error instanceof CodedError)) throw error
      gathered.fault = { place, code: error.code, reason: error.message }
      gathered.rows.length = 0
    }
  }

  /** Imports the article whose lines have all come. */
  async function finish(): Promise<void> {
    if (gathered === undefined) return
    const { place, rows, fault } = gathered
    gathered = undefined
    if (fault !== undefined) return outcomes.refuse({ outcome: 'refused', ...fault })
    const [first, ...parts] = rows
    const read: ReadArticle = { article: first!.row, parts }
    await outcomes.attempt(place, () => restoreArticle(deps, read, actor))
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @throws CodedError IMPORT_RECORD_INVALID */
function recordOf(parsed: unknown, before: Gathered['rows']): Gathered['rows'][number] {
  if (!isObject(parsed)) throw invalid('the line is not a JSON object')
  const records = before.length === 0 ? [ARTICLE_RECORD] : PART_RECORDS
  const record = records.find(({ type }) => type === parsed.type)
  if (record === undefined)
    throw invalid(
      before.length === 0
        ? 'an article must come before what belongs to it'
        : `"type" must be one of ${PART_RECORDS.map(({ type }) => type).join(', ')}`,
    )
  const row = rowOf(record, parsed)
  const id = before[0]?.row.id
  if (id !== undefined && row.article_id !== id)
    throw invalid(`"articleId" must be ${id}, the article before it`)
  const isSame = (other: Gathered['rows'][number]) =>
    other.record === record && record.key.every((column) => other.row[column] === row[column])
  if (before.some(isSame)) throw invalid(`the record "${record.type}" occurs twice`)
  return { record, row }
}

function invalid(reason: string): CodedError {
  return importErrors.IMPORT_RECORD_INVALID({ reason })
}
