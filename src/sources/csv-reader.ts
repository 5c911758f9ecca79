import type { Acceptances } from './acceptances.ts'
import type { CsvCells, CsvConventions } from './csv-cells.ts'
import type { CsvColumns } from './csv-mapping.ts'
import type { BodyFormat, Place, SourceItem, SourceRecord } from './record.ts'

/** What is known of a CSV file once its header is read. */
export interface CsvContext {
  readonly columns: CsvColumns
  readonly conventions: CsvConventions
  readonly format: BodyFormat
  /** Every answer is accepted, without a column that says so. */
  readonly everyAnswer: boolean
  readonly acceptances: Acceptances
}

/** Reads one row's cells into items. */
export type CsvRowReader = (cells: readonly string[], place: Place, items: SourceItem[]) => void

/** The row's records, or its rejection when a cell could not be read. */
export function putRow(
  cells: CsvCells,
  of: 'thread' | 'post',
  records: readonly SourceRecord[],
  place: Place,
  items: SourceItem[],
): boolean {
  if (cells.problem) items.push({ outcome: 'rejected', of, ...cells.problem, place })
  else for (const record of records) items.push({ outcome: 'record', record, place })
  return cells.problem === undefined
}

/** Whoever wrote something is named in its column: by that name they are known. */
export function membersOf(records: readonly SourceRecord[]): SourceRecord[] {
  const names = new Set(records.flatMap((record) => (record.type === 'post' ? (record.authorId ?? []) : [])))
  return [...names].map((name): SourceRecord => ({ type: 'member', id: name, name }))
}
