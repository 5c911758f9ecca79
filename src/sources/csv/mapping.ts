import { sourceErrors } from '../errors.ts'

/** What a column of questions and answers may be; several columns may be answers, with what belongs to each. */
const csvFields = [
  'question',
  'answer',
  'thread',
  'body',
  'id',
  'kind',
  'parent',
  'title',
  'created',
  'edited',
  'author',
  'accepted',
  'score',
  'tags',
  'category',
  'language',
  'views',
  'closed',
  'url',
  'answer-id',
  'answer-created',
  'answer-author',
  'answer-score',
] as const
export type CsvField = (typeof csvFields)[number]

/** Field → names of its columns, in the order in which they were given. */
export type CsvMapping = ReadonlyMap<CsvField, readonly string[]>
/** Field → the indexes of its columns. */
export type CsvColumns = ReadonlyMap<CsvField, readonly number[]>

/** In place of a column of `accepted`: every answer is. */
export const EVERY_ANSWER = '*'

const repeatable = new Set<CsvField>([
  'answer',
  'accepted',
  'answer-id',
  'answer-created',
  'answer-author',
  'answer-score',
])

/**
 * Reads `question=Body,answer=Reply,title=Subject`, commas or line ends between. A column's name may itself hold
 * commas, as long as no `word=` follows one.
 *
 * @throws CSV_MAPPING_INVALID
 */
export function parseCsvMapping(text: string): CsvMapping {
  const mapping = new Map<CsvField, string[]>()
  for (const pair of text.split(/\n|,(?=\s*[\w-]+\s*=)/)) {
    if (pair.trim() === '') continue
    const [, name = '', column = ''] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/s.exec(pair) ?? []
    if (column === '') throw invalid(`"${pair.trim()}" is not of the form field=Column`)
    const field = csvFields.find((each) => each === name.toLowerCase())
    if (field === undefined)
      throw invalid(`there is no field "${name}"; the fields are ${csvFields.join(', ')}`)
    const columns = mapping.get(field) ?? []
    if (columns.length > 0 && !repeatable.has(field)) throw invalid(`${field} is given twice`)
    mapping.set(field, [...columns, column])
  }
  checkShape(mapping)
  return mapping
}

/** A row is a question with its answers, or a post of the thread that it names. */
export function isRowPerPost(mapping: ReadonlyMap<CsvField, unknown>): boolean {
  return mapping.has('body')
}

function checkShape(mapping: CsvMapping): void {
  const has = (field: CsvField) => mapping.has(field)
  if (has('question') === has('body'))
    throw invalid(
      'map either question (each row is a question with its answers) or body (each row is a post)',
    )
  if (has('body')) {
    if (!has('thread')) throw invalid('a mapping with body also needs thread')
    if (!has('kind') && !has('parent') && !has('id'))
      throw invalid(
        'a mapping with body also needs kind, parent, or id (the id of a question is that of its thread)',
      )
    const stray = csvFields.find((field) => field.startsWith('answer') && has(field))
    if (stray !== undefined) throw invalid(`${stray} cannot be combined with body`)
    return
  }
  const stray = (['thread', 'kind', 'parent'] as const).find(has)
  if (stray !== undefined) throw invalid(`${stray} can only be used with body, where each row is a post`)
  const answers = mapping.get('answer')?.length ?? 0
  for (const [field, columns] of mapping) {
    if (field !== 'answer' && repeatable.has(field) && columns.length > answers)
      throw invalid(`${field} has ${columns.length} columns, but answer has ${answers}`)
  }
}

/**
 * Finds the mapping's columns in a header; case, accents and space around do not matter.
 *
 * @throws CSV_COLUMN_UNKNOWN, which lists the columns there are; CSV_MAPPING_INVALID when a name stands twice
 */
export function findCsvColumns(
  mapping: CsvMapping,
  header: readonly string[],
  place: { readonly file: string; readonly line: number },
): CsvColumns {
  const names = header.map(plainName)
  const indexOf = (field: CsvField, column: string): number => {
    const at = names.indexOf(plainName(column))
    if (at < 0) throw sourceErrors.CSV_COLUMN_UNKNOWN({ ...place, field, column, columns: header.join(', ') })
    if (names.lastIndexOf(plainName(column)) !== at) throw invalid(`two columns are named "${column}"`)
    return at
  }
  const columns = new Map<CsvField, readonly number[]>()
  for (const [field, of] of mapping) {
    if (field === 'accepted' && of.includes(EVERY_ANSWER) && !names.includes(EVERY_ANSWER)) continue
    columns.set(
      field,
      of.map((column) => indexOf(field, column)),
    )
  }
  return columns
}

/** Lower case, no accents, one space for what is no letter or digit. */
export function plainName(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return plain === '' ? name.trim() : plain
}

function invalid(reason: string): Error {
  return sourceErrors.CSV_MAPPING_INVALID({ reason })
}
