import { createHash } from 'node:crypto'
import type { RejectionCode } from '../errors.ts'
import type { Acceptances } from '../reading/acceptances.ts'
import {
  type BodyFormat,
  NO_DATE,
  type Place,
  type PostKind,
  type PostRecord,
  type SourceItem,
  type SourceRecord,
} from '../record.ts'
import { CsvCells, type CsvConventions, cellText } from './cells.ts'
import type { CsvColumns } from './mapping.ts'

/** The settings of a CSV file, known once its header is read. */
export interface CsvContext {
  readonly columns: CsvColumns
  readonly conventions: CsvConventions
  readonly format: BodyFormat
  /** Whether every answer is accepted, without a column that states it. */
  readonly everyAnswer: boolean
  readonly acceptances: Acceptances
}

/** Reads the cells of a row into items. */
export type CsvRowReader = (cells: readonly string[], place: Place, items: SourceItem[]) => void

/** Adds the records of a row to the items, or its rejection if a cell is invalid. @returns whether it was accepted */
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

/** The authors of posts as members, identified by the names in their columns. */
export function membersOf(records: readonly SourceRecord[]): SourceRecord[] {
  const names = new Set(records.flatMap((record) => (record.type === 'post' ? (record.authorId ?? []) : [])))
  return [...names].map((name): SourceRecord => ({ type: 'member', id: name, name }))
}

const LEAST_SCORE = -2_147_483_648
const HASH_DIGITS = 24

/** An id for a row without one: a hash of its content, so that the same row always has the same id. */
export function idFromContent(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, HASH_DIGITS)
}

/** The thread, from the row of its question. */
export function threadOf(cells: CsvCells, id: string): SourceRecord {
  const language = cells.language()
  const url = cells.url()
  const views = cells.number('views', 0)
  const category = cells.id('category')
  return {
    type: 'thread',
    id,
    title: cells.title(),
    createdAt: cells.time('created') ?? NO_DATE,
    tags: cells.tags(),
    language,
    url,
    views,
    closed: cells.flag('closed') || undefined,
    labels: category === undefined ? undefined : { category },
  }
}

interface CsvPost {
  readonly id: string
  readonly kind: PostKind
  readonly threadId: string
  readonly body: string
  readonly format: BodyFormat
}

/** The post of a row, or the question of a row with answers. */
export function postOf(cells: CsvCells, post: CsvPost): PostRecord {
  const parentId = cells.id('parent')
  const authorId = cells.id('author')
  const editedAt = cells.time('edited')
  const score = cells.number('score', LEAST_SCORE)
  return {
    type: 'post',
    ...post,
    parentId,
    authorId,
    createdAt: cells.time('created') ?? NO_DATE,
    editedAt,
    score,
  }
}

/** The `nth` answer in the row of its question; without a date of its own, it has that of the row. */
export function answerOf(cells: CsvCells, nth: number, post: CsvPost): PostRecord {
  const authorId = cells.id('answer-author', nth)
  const score = cells.number('answer-score', LEAST_SCORE, nth)
  return {
    type: 'post',
    ...post,
    authorId,
    createdAt: cells.time('answer-created', nth) ?? cells.time('created') ?? NO_DATE,
    score,
  }
}

/**
 * Reads rows that hold a question with its answers. Several rows may have the same id, one for each answer, as a query
 * over two tables returns them. The question is then in each of them, or in one; in rows where it is empty only the
 * answers are read.
 */
export function createQuestionRows(context: CsvContext): CsvRowReader {
  const { columns, conventions, format, acceptances, everyAnswer } = context
  const answerColumns = columns.get('answer')?.length ?? 0

  return (row, place, items) => {
    const cells = new CsvCells(columns, row, conventions)
    const body = cells.text('question')
    const stated = cells.id('id')
    if (body === undefined && stated === undefined) cells.required('question')
    const id = stated ?? idFromContent(body ?? '')
    const records: SourceRecord[] = []
    if (body !== undefined) {
      const question = postOf(cells, { id: `${id}-q`, kind: 'question', threadId: id, body, format })
      records.push(threadOf(cells, id), question)
    }
    const accepted: string[] = []
    for (let nth = 0; nth < answerColumns; nth += 1) {
      const text = cells.text('answer', nth)
      const isAccepted = everyAnswer || cells.flag('accepted', nth)
      if (text === undefined) continue
      const answerId = cells.id('answer-id', nth) ?? `${id}-a-${idFromContent(text)}`
      records.push(answerOf(cells, nth, { id: answerId, kind: 'answer', threadId: id, body: text, format }))
      if (isAccepted) accepted.push(answerId)
    }
    if (!cells.problem) checkLength(cells, id, records)
    if (!putRow(cells, 'thread', [...records, ...membersOf(records)], place, items)) return
    if (!everyAnswer && !columns.has('accepted')) return
    acceptances.addThread(id)
    for (const answerId of accepted) acceptances.accept(id, answerId)
  }
}

/** Checks that ids of posts that are derived from the row's id are not too long. */
function checkLength(cells: CsvCells, id: string, records: readonly SourceRecord[]): void {
  const isLong = records.some((record) => record.type === 'post' && record.id.length > 255)
  if (isLong) cells.invalid('id', id, 'is too long')
}

const kinds: Readonly<Record<string, PostKind>> = {
  question: 'question',
  answer: 'answer',
  reply: 'answer',
  reponse: 'answer',
  comment: 'comment',
  commentaire: 'comment',
}

/** Reads rows that hold a post each and name its thread; they may be in any order. */
export function createPostRows(context: CsvContext): CsvRowReader {
  const { columns, conventions, format, acceptances, everyAnswer } = context

  return (row, place, items) => {
    const cells = new CsvCells(columns, row, conventions)
    const threadId = cells.id('thread') ?? cells.required('thread')
    const body = cells.required('body')
    const kind = kindOf(cells, columns, threadId)
    const id = cells.id('id') ?? contentIdOf(cells, threadId, kind, body)
    if (kind === 'comment') cells.required('parent')
    const post = postOf(cells, { id, kind, threadId, body, format })
    const isAccepted = kind === 'answer' && (everyAnswer || cells.flag('accepted'))
    const records: SourceRecord[] = [...(kind === 'question' ? [threadOf(cells, threadId)] : []), post]
    const of = kind === 'question' ? 'thread' : 'post'
    if (!putRow(cells, of, [...records, ...membersOf(records)], place, items)) return
    if (!everyAnswer && !columns.has('accepted')) return
    acceptances.addThread(threadId)
    if (isAccepted) acceptances.accept(threadId, id)
  }
}

/** The kind that the row states; without one, a question is a post without a parent, or with the id of its thread. */
function kindOf(cells: CsvCells, columns: CsvColumns, threadId: string): PostKind {
  if (columns.has('kind')) {
    const text = cells.required('kind')
    const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    if (Object.hasOwn(kinds, plain)) return kinds[plain]!
    if (text !== '') cells.invalid('kind', text, 'is not question, answer or comment')
    return 'answer'
  }
  if (columns.has('parent')) return cells.text('parent') === undefined ? 'question' : 'answer'
  return cells.id('id') === threadId ? 'question' : 'answer'
}

function contentIdOf(cells: CsvCells, threadId: string, kind: PostKind, body: string): string {
  if (kind === 'question') return idFromContent(threadId, 'question')
  return idFromContent(threadId, cells.text('author') ?? '', cells.text('created') ?? '', body)
}

const columns = ['text', 'label', 'id', 'language', 'title'] as const
type Column = (typeof columns)[number]

/**
 * Reads labelled questions: columns `text` and `label`, and optionally `id`, `language` and `title`. A row is a thread
 * with a question. Without an `id` its id is a hash of its text, so that the same text is one thread.
 *
 * @returns undefined if the header does not have `text` and `label`
 */
export function createLabelledRows(header: readonly string[]): CsvRowReader | undefined {
  const names = header.map((name) => name.trim().toLowerCase())
  if (!names.includes('text') || !names.includes('label')) return undefined
  const at = new Map(columns.map((column) => [column, names.indexOf(column)]))

  return (row, place, items) => {
    const reject = (code: RejectionCode, reason: string) =>
      items.push({ outcome: 'rejected', of: 'thread', code, reason, place })
    const cell = (column: Column) => cellText(row[at.get(column)!] ?? '')
    const body = cell('text')
    const id = cell('id') || idFromContent(body)
    const label = cell('label')
    const language = cell('language').toLowerCase().split(/[-_]/, 1)[0]!
    if (body === '') reject('ROW_FIELD_MISSING', 'text is empty')
    else if (id.length > 255) reject('ROW_FIELD_INVALID', 'id is longer than 255 characters')
    else if (!/^([a-z]{2,3})?$/.test(language)) reject('ROW_FIELD_INVALID', 'language is not a language tag')
    else {
      const thread = {
        type: 'thread',
        id,
        title: cell('title'),
        createdAt: NO_DATE,
        tags: [],
        language: language || undefined,
        labels: label === '' ? undefined : { category: label },
      } as const
      const question = {
        type: 'post',
        id: `${id}-q`,
        kind: 'question',
        threadId: id,
        body,
        format: 'text',
        createdAt: NO_DATE,
      } as const
      items.push({ outcome: 'record', record: thread, place }, { outcome: 'record', record: question, place })
    }
  }
}
