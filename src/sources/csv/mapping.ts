import { sourceErrors } from '../errors.ts'

/** The fields that a column may be mapped to; several columns may be answers, each with columns that belong to it. */
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

/** Field → names of its columns, in the given order. */
export type CsvMapping = ReadonlyMap<CsvField, readonly string[]>
/** Field → the indexes of its columns. */
export type CsvColumns = ReadonlyMap<CsvField, readonly number[]>

/** In place of a column for `accepted`: every answer is accepted. */
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
 * Reads `question=Body,answer=Reply,title=Subject`, separated by commas or line ends. The name of a column may contain
 * commas, unless `word=` follows one.
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

/** Whether a row is a post of the thread that it names, rather than a question with its answers. */
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
 * Finds the columns of a mapping in a header, ignoring case, accents and surrounding space.
 *
 * @throws CSV_COLUMN_UNKNOWN, which lists the existing columns; CSV_MAPPING_INVALID if a name occurs twice
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

/** Lower case, without accents, with one space in place of anything but letters and digits. */
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

/** French and English names of columns that are unambiguous; other names need a mapping. */
const wordings: Readonly<Partial<Record<CsvField, readonly string[]>>> = {
  question: ['question', 'question text', 'question body', 'texte de la question'],
  answer: ['answer', 'answer text', 'answer body', 'reponse', 'texte de la reponse'],
  thread: ['thread', 'thread id', 'fil', 'id du fil'],
  body: ['body', 'message', 'corps', 'texte du message'],
  id: ['id', 'identifiant', 'question id', 'id de la question'],
  kind: ['kind', 'type', 'nature'],
  parent: ['parent', 'parent id', 'id du parent'],
  title: ['title', 'titre', 'subject', 'sujet', 'objet'],
  created: ['date', 'created', 'created at', 'creation date', 'date de creation', 'cree le'],
  author: ['author', 'auteur'],
  accepted: ['accepted', 'acceptee', 'reponse acceptee', 'solved', 'resolved', 'resolu', 'resolue'],
  score: ['score', 'votes'],
  tags: ['tags', 'etiquettes'],
  category: ['category', 'categorie'],
  language: ['language', 'langue'],
  views: ['views', 'vues', 'nombre de vues'],
  url: ['url', 'lien', 'link'],
}
const rowPerPost: readonly CsvField[] = ['thread', 'body', 'kind', 'parent']
const rowPerQuestion: readonly CsvField[] = ['question', 'answer']

/**
 * The mapping that a header implies: it must name `question` and `answer` (or `thread`, `body`, and `kind` or `parent`)
 * in French or English.
 *
 * @returns undefined if it does not
 * @throws CSV_HEADER_AMBIGUOUS if two columns match the same field
 */
export function recogniseCsvColumns(
  header: readonly string[],
  place: { readonly file: string; readonly line: number },
): CsvMapping | undefined {
  const matches = new Map<CsvField, string[]>()
  for (const name of header) {
    for (const [field, words] of Object.entries(wordings) as [CsvField, readonly string[]][]) {
      if (words.includes(plainName(name))) matches.set(field, [...(matches.get(field) ?? []), name.trim()])
    }
  }
  const questions = matches.has('question') && matches.has('answer')
  const posts = matches.has('thread') && matches.has('body') && (matches.has('kind') || matches.has('parent'))
  if (questions === posts) return undefined
  const mapping = new Map<CsvField, readonly string[]>()
  for (const [field, columns] of matches) {
    if ((questions ? rowPerPost : rowPerQuestion).includes(field)) continue
    if (columns.length > 1)
      throw sourceErrors.CSV_HEADER_AMBIGUOUS({ ...place, field, columns: columns.join(', ') })
    mapping.set(field, columns)
  }
  return mapping
}
