import { createHash } from 'node:crypto'
import type { CsvCells } from './csv-cells.ts'
import { type BodyFormat, NO_DATE, type PostKind, type PostRecord, type SourceRecord } from './record.ts'

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
    ...(language !== undefined && { language }),
    ...(url !== undefined && { url }),
    ...(views !== undefined && { views }),
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
