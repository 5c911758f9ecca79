import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { requireFormat } from '../../../src/sources/registry.ts'
import { type Reading, readAll, recordsOf, rejectionsOf } from '../read-all.ts'

const format = requireFormat('csv')
const folder = mkdtempSync(join(tmpdir(), 'entraide-csv-'))
const file = join(folder, 'questions.csv')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(content: string): Promise<Reading> {
  writeFileSync(file, content)
  return readAll(format, file)
}

const threadsOf = (reading: Reading) => recordsOf(reading).filter((record) => record.type === 'thread')
const bodiesOf = (reading: Reading) =>
  recordsOf(reading).flatMap((record) => (record.type === 'post' ? [record.body] : []))

describe('CSV of labelled texts', () => {
  it('names a row by a hash of its text, so that the same text is one thread', async () => {
    const hash = createHash('sha256').update('My text').digest('hex').slice(0, 24)
    const [first, second] = threadsOf(await read('text,label\nMy text,a\n My text ,b\n'))
    expect(first).toMatchObject({ id: hash, labels: { category: 'a' } })
    expect(second).toMatchObject({ id: hash, labels: { category: 'b' } })
  })

  it('takes columns in any order and case, and leaves others out', async () => {
    const [thread] = threadsOf(await read('Label,author,TEXT,Id\nbilling,bob,Why?,7\n'))
    expect(thread).toEqual({
      type: 'thread',
      id: '7',
      title: '',
      createdAt: '1970-01-01T00:00:00.000Z',
      tags: [],
      labels: { category: 'billing' },
    })
  })

  it.each([
    ['comma', 'text,label\n"a, b",x\n'],
    ['semicolon', 'text;label\n"a, b";x\n'],
    ['tab', 'text\tlabel\na, b\tx\n'],
    ['semicolon in a header with commas in quotes', '"label";"text"\nx;"a, b"\n'],
    ['comma and old Mac line ends', 'text,label\r"a, b",x\r'],
    ['comma, no last line end', 'text,label\r\n"a, b",x'],
  ])('reads cells separated by %s', async (_, content) => {
    expect(bodiesOf(await read(content))).toEqual(['a, b'])
  })

  it('keeps line ends in quotes, and counts lines', async () => {
    const reading = await read('text,label\r\n"one\r\ntwo",x\r\n\r\nthree\r\nfour,y\r\n')
    expect(bodiesOf(reading)).toEqual(['one\ntwo', 'four'])
    expect(reading.items.map(({ place }) => place.line)).toEqual([2, 2, 5, 6, 6])
    expect(rejectionsOf(reading)).toMatchObject([
      { code: 'CSV_ROW_MALFORMED', reason: '1 cells, but the header has 2' },
    ])
  })

  it('takes stray quotes for text', async () => {
    expect(bodiesOf(await read('text,label\na 5" screen,x\nnext,y\n'))).toEqual(['a 5" screen', 'next'])
  })

  it('keeps what came before a quote that never closes, and reports where it opens', async () => {
    const reading = await read('text,label\nfine,x\n\n"open,y\nlost,z\n')
    expect(bodiesOf(reading)).toEqual(['fine'])
    expect(reading.fault).toMatchObject({ code: 'CSV_MALFORMED', details: { file } })
    expect(reading.fault?.message).toContain('a quoted cell starts here and never ends')
  })

  it('rejects rows without text or with no language', async () => {
    const reading = await read('text,label,language\n,x,\nbonjour,x,french!\n')
    expect(rejectionsOf(reading).map(({ code, reason }) => [code, reason])).toEqual([
      ['ROW_FIELD_MISSING', 'text is empty'],
      ['ROW_FIELD_INVALID', 'language is not a language tag'],
    ])
  })

  it.each([
    ['text', 'question,label\na,b\n'],
    ['label', 'text\na\n'],
  ])('needs a column %s', async (column, content) => {
    expect((await read(content)).fault).toMatchObject({ code: 'CSV_HEADER_MISSING', details: { column } })
  })

  it('reads rows of many read blocks, each once', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `"row ${i}\n${'x'.repeat(i % 50)}",l`)
    const reading = await read(`text,label\n${rows.join('\n')}\n`)
    expect(threadsOf(reading)).toHaveLength(20_000)
    expect(reading.items.at(-1)?.place.line).toBe(2 * 20_000)
  })
})
