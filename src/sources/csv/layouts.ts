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

const LEAST_SCORE = -2_147_483_648
const HASH_DIGITS = 24

/** A name for what has no id: a hash of what it says, so that the same row is the same thing wherever it stands. */
export function nameByContent(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, HASH_DIGITS)
}

/** A thread's frame, from the row of its question. */
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
    ...(cells.flag('closed') && { closed: true }),
    ...(category !== undefined && { labels: { category } }),
  }
}

interface CsvPost {
  readonly id: string
  readonly kind: PostKind
  readonly threadId: string
  readonly body: string
  readonly format: BodyFormat
}

/** The post that a row is, or the question of a row with its answers. */
export function postOf(cells: CsvCells, post: CsvPost): PostRecord {
  const parentId = cells.id('parent')
  const authorId = cells.id('author')
  const editedAt = cells.time('edited')
  const score = cells.number('score', LEAST_SCORE)
  return {
    type: 'post',
    ...post,
    ...(parentId !== undefined && { parentId }),
    ...(authorId !== undefined && { authorId }),
    createdAt: cells.time('created') ?? NO_DATE,
    ...(editedAt !== undefined && { editedAt }),
    ...(score !== undefined && { score }),
  }
}

/** The `nth` answer in its question's row; where only the row has a date, that is its date too. */
export function answerOf(cells: CsvCells, nth: number, post: CsvPost): PostRecord {
  const authorId = cells.id('answer-author', nth)
  const score = cells.number('answer-score', LEAST_SCORE, nth)
  return {
    type: 'post',
    ...post,
    ...(authorId !== undefined && { authorId }),
    createdAt: cells.time('answer-created', nth) ?? cells.time('created') ?? NO_DATE,
    ...(score !== undefined && { score }),
  }
}

/**
 * Rows that hold a question with its answers. Several rows may have the same id: one for each answer, as a query over
 * two tables gives them. The question then stands in each of them, or in one; where it is empty, only the answers of
 * the row are read.
 */
export function createQuestionRows(context: CsvContext): CsvRowReader {
  const { columns, conventions, format, acceptances, everyAnswer } = context
  const answerColumns = columns.get('answer')?.length ?? 0

  return (row, place, items) => {
    const cells = new CsvCells(columns, row, conventions)
    const body = cells.text('question')
    const stated = cells.id('id')
    if (body === undefined && stated === undefined) cells.required('question')
    const id = stated ?? nameByContent(body ?? '')
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
      const answerId = cells.id('answer-id', nth) ?? `${id}-a-${nameByContent(text)}`
      records.push(answerOf(cells, nth, { id: answerId, kind: 'answer', threadId: id, body: text, format }))
      if (isAccepted) accepted.push(answerId)
    }
    if (!cells.problem) checkLength(cells, id, records)
    if (!putRow(cells, 'thread', [...records, ...membersOf(records)], place, items)) return
    if (!everyAnswer && !columns.has('accepted')) return
    acceptances.tell(id)
    for (const answerId of accepted) acceptances.accept(id, answerId)
  }
}

/** The ids of posts that are made of the row's own must not grow over what an id may be. */
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

/** Rows that are posts, and name their thread; they may stand in any order. */
export function createPostRows(context: CsvContext): CsvRowReader {
  const { columns, conventions, format, acceptances, everyAnswer } = context

  return (row, place, items) => {
    const cells = new CsvCells(columns, row, conventions)
    const threadId = cells.id('thread') ?? cells.required('thread')
    const body = cells.required('body')
    const kind = kindOf(cells, columns, threadId)
    const id = cells.id('id') ?? nameOf(cells, threadId, kind, body)
    if (kind === 'comment') cells.required('parent')
    const post = postOf(cells, { id, kind, threadId, body, format })
    const isAccepted = kind === 'answer' && (everyAnswer || cells.flag('accepted'))
    const records: SourceRecord[] = [...(kind === 'question' ? [threadOf(cells, threadId)] : []), post]
    const of = kind === 'question' ? 'thread' : 'post'
    if (!putRow(cells, of, [...records, ...membersOf(records)], place, items)) return
    if (!everyAnswer && !columns.has('accepted')) return
    acceptances.tell(threadId)
    if (isAccepted) acceptances.accept(threadId, id)
  }
}

/** What the row says it is; else a question hangs on nothing, or has its thread's id. */
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

function nameOf(cells: CsvCells, threadId: string, kind: PostKind, body: string): string {
  if (kind === 'question') return nameByContent(threadId, 'question')
  return nameByContent(threadId, cells.text('author') ?? '', cells.text('created') ?? '', body)
}

const columns = ['text', 'label', 'id', 'language', 'title'] as const
type Column = (typeof columns)[number]

/**
 * CSV of labelled questions: columns `text` and `label`, and `id`, `language`, `title` where there are. A row is a
 * thread with a question; without an `id` it is named by a hash of its text, so that the same text is one thread.
 *
 * @returns undefined when the header has no `text` and `label`
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
    const id = cell('id') || nameByContent(body)
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
        ...(language !== '' && { language }),
        ...(label !== '' && { labels: { category: label } }),
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
