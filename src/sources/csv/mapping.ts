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
    if (field === undefined) throw invalid(`there is no field "${name}"; there are ${csvFields.join(', ')}`)
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
    throw invalid('give either question (a row is a question with its answers) or body (a row is a post)')
  if (has('body')) {
    if (!has('thread')) throw invalid('rows that are posts need a column for thread')
    if (!has('kind') && !has('parent') && !has('id'))
      throw invalid(
        'nothing tells questions from answers: give kind, parent, or id (the question has its thread’s)',
      )
    const stray = csvFields.find((field) => field.startsWith('answer') && has(field))
    if (stray !== undefined) throw invalid(`${stray} does not go with body`)
    return
  }
  const stray = (['thread', 'kind', 'parent'] as const).find(has)
  if (stray !== undefined) throw invalid(`${stray} goes with body, for rows that are posts`)
  const answers = mapping.get('answer')?.length ?? 0
  for (const [field, columns] of mapping) {
    if (field !== 'answer' && repeatable.has(field) && columns.length > answers)
      throw invalid(`${field} has ${columns.length} columns for ${answers} of answer`)
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

/** What French and English headers plainly say; anything less plain takes a mapping. */
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
 * The mapping that a header states by itself: it must name `question` and `answer` (or `thread`, `body`, and `kind` or
 * `parent`) in so many words, in French or English.
 *
 * @returns undefined when it does not
 * @throws CSV_HEADER_AMBIGUOUS when two columns claim the same field
 */
export function recogniseCsvColumns(
  header: readonly string[],
  place: { readonly file: string; readonly line: number },
): CsvMapping | undefined {
  const claims = new Map<CsvField, string[]>()
  for (const name of header) {
    for (const [field, words] of Object.entries(wordings) as [CsvField, readonly string[]][]) {
      if (words.includes(plainName(name))) claims.set(field, [...(claims.get(field) ?? []), name.trim()])
    }
  }
  const questions = claims.has('question') && claims.has('answer')
  const posts = claims.has('thread') && claims.has('body') && (claims.has('kind') || claims.has('parent'))
  if (questions === posts) return undefined
  const mapping = new Map<CsvField, readonly string[]>()
  for (const [field, columns] of claims) {
    if ((questions ? rowPerPost : rowPerQuestion).includes(field)) continue
    if (columns.length > 1)
      throw sourceErrors.CSV_HEADER_AMBIGUOUS({ ...place, field, columns: columns.join(', ') })
    mapping.set(field, columns)
  }
  return mapping
}
