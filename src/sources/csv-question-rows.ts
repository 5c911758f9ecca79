import { CsvCells } from './csv-cells.ts'
import { type CsvContext, type CsvRowReader, membersOf, putRow } from './csv-reader.ts'
import { answerOf, nameByContent, postOf, threadOf } from './csv-thread.ts'
import type { SourceRecord } from './record.ts'

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
