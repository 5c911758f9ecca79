import { CsvCells } from './csv-cells.ts'
import type { CsvColumns } from './csv-mapping.ts'
import { type CsvContext, type CsvRowReader, membersOf, putRow } from './csv-reader.ts'
import { nameByContent, postOf, threadOf } from './csv-thread.ts'
import type { PostKind, SourceRecord } from './record.ts'

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
    if (text !== '') cells.invalid('kind', text, 'is none of question, answer, comment')
    return 'answer'
  }
  if (columns.has('parent')) return cells.text('parent') === undefined ? 'question' : 'answer'
  return cells.id('id') === threadId ? 'question' : 'answer'
}

function nameOf(cells: CsvCells, threadId: string, kind: PostKind, body: string): string {
  if (kind === 'question') return nameByContent(threadId, 'question')
  return nameByContent(threadId, cells.text('author') ?? '', cells.text('created') ?? '', body)
}
