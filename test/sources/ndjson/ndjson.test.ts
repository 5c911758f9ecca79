import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lineSchema } from '../../../src/sources/ndjson/schema.ts'
import { requireFormat } from '../../../src/sources/registry.ts'
import { type Reading, readAll, recordsOf, rejectionsOf } from '../read-all.ts'

const format = requireFormat('ndjson')
const docs = join(import.meta.dirname, '../../../docs')
const folder = mkdtempSync(join(tmpdir(), 'entraide-ndjson-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(...lines: (object | string)[]): Promise<Reading> {
  const file = join(folder, 'export.ndjson')
  writeFileSync(
    file,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  return readAll(format, file)
}

const time = '2024-05-31T09:30:00Z'
const thread = { type: 'thread', id: 't', title: 'T', createdAt: time }
const answer = { type: 'post', id: 'p', kind: 'answer', threadId: 't', body: 'B', createdAt: time }

describe('Entraide NDJSON', () => {
  it('is documented by the schema that reads it', () => {
    const published = readFileSync(join(docs, 'operate/ndjson.schema.json'), 'utf8')
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(lineSchema)))
  })

  it('takes the example in its documentation', async () => {
    const [, example] = /```json\n([\s\S]*?)```/.exec(readFileSync(join(docs, 'operate/ndjson.md'), 'utf8'))!
    const reading = await read(example!)
    expect(rejectionsOf(reading)).toEqual([])
    expect(new Set(recordsOf(reading).map(({ type }) => type)).size).toBe(8)
  })

  it('fills in tags and format', async () => {
    const [first, second] = recordsOf(await read(thread, answer))
    expect(first).toMatchObject({ tags: [] })
    expect(second).toMatchObject({ format: 'markdown' })
  })

  it('turns times into UTC', async () => {
    const [record] = recordsOf(await read({ ...thread, createdAt: '2024-12-31T23:30:00-05:00' }))
    expect(record).toMatchObject({ createdAt: '2025-01-01T04:30:00.000Z' })
  })

  it('replaces what no database stores', async () => {
    const line = JSON.stringify(answer).replace('"B"', '"a\\u0000b\\ud800c\\ud83d\\ude00"')
    expect(recordsOf(await read(line))[0]).toMatchObject({ body: 'a\ufffdb\ufffdc😀' })
  })

  it.each([
    ['a missing field', { ...thread, title: undefined }, 'thread', 'RECORD_INVALID', 'title is missing'],
    ['a wrong kind', { ...thread, views: 'many' }, 'thread', 'RECORD_INVALID', 'views must be integer'],
    ['a negative count', { ...thread, views: -1 }, 'thread', 'RECORD_INVALID', 'views must be >= 0'],
    ['an unknown field', { ...thread, acepted: 1 }, 'thread', 'RECORD_INVALID', 'unknown field "acepted"'],
    ['a nested fault', { ...thread, labels: { category: 7 } }, 'thread', 'RECORD_INVALID', 'labels.category'],
    [
      'a time without zone',
      { ...thread, createdAt: '2024-05-31T09:30:00' },
      'thread',
      'RECORD_INVALID',
      'createdAt',
    ],
    [
      'no such day',
      { ...thread, createdAt: '2023-02-29T09:30:00Z' },
      'thread',
      'RECORD_INVALID',
      'is not a date',
    ],
    ['an empty id', { ...thread, id: '' }, 'thread', 'RECORD_INVALID', 'id must not have fewer'],
    ['an unsafe address', { ...thread, url: 'javascript:alert(1)' }, 'thread', 'RECORD_INVALID', 'url'],
    [
      'an unknown kind',
      { ...answer, kind: 'reply' },
      'post',
      'RECORD_INVALID',
      'kind must be one of question, answer',
    ],
    ['a comment on nothing', { ...answer, kind: 'comment' }, 'post', 'RECORD_INVALID', 'parentId is missing'],
    ['another type', { type: 'badge' }, 'other', 'RECORD_TYPE_UNKNOWN', 'type "badge"'],
    ['the internal shape', { ...answer, type: 'comment' }, 'other', 'RECORD_TYPE_UNKNOWN', 'type "comment"'],
    ['a prototype', { type: 'constructor' }, 'other', 'RECORD_TYPE_UNKNOWN', 'type "constructor"'],
    ['no type', {}, 'other', 'RECORD_TYPE_UNKNOWN', 'type nothing'],
    ['a number', '42', 'other', 'LINE_NOT_JSON', 'one JSON object'],
    ['half a line', '{"type":"thread",', 'other', 'LINE_NOT_JSON', 'not JSON'],
    ['deep nesting', '['.repeat(100_000), 'other', 'LINE_NOT_JSON', 'not JSON'],
  ])('rejects %s with its line, and reads on', async (_, line, of, code, reason) => {
    const reading = await read(thread, line, answer)
    expect(rejectionsOf(reading)).toEqual([
      expect.objectContaining({ of, code, reason: expect.stringContaining(reason) }),
    ])
    expect(rejectionsOf(reading)[0]?.place).toEqual({ file: join(folder, 'export.ndjson'), line: 2 })
    expect(recordsOf(reading)).toHaveLength(2)
  })

  it('never repeats what people wrote in a reason', async () => {
    const reading = await read(thread, '{"body": "my card is 4970 1234" oops')
    expect(JSON.stringify(rejectionsOf(reading))).not.toContain('4970')
  })

  it('refuses a JSON array as a whole', async () => {
    const { fault } = await read(JSON.stringify([thread, answer], null, 2))
    expect(fault).toMatchObject({ code: 'FILE_FORMAT_UNEXPECTED', details: { line: 1 } })
  })
})
