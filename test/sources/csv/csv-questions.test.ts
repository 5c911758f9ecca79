import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { FormatOptions } from '../../../src/sources/record.ts'
import { requireFormat } from '../../../src/sources/registry.ts'
import { type Reading, readAllWith, recordsOf, rejectionsOf } from '../read-all.ts'

const format = requireFormat('csv')
const folder = mkdtempSync(join(tmpdir(), 'entraide-csv-questions-'))
const file = join(folder, 'qa.csv')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(content: string, options: FormatOptions = {}): Promise<Reading> {
  writeFileSync(file, content)
  return readAllWith(options, format, file)
}

const byType = async (reading: Promise<Reading>, type: string) =>
  recordsOf(await reading).filter((record) => record.type === type)
const posts = (content: string, options?: FormatOptions) => byType(read(content, options), 'post')
const threads = (content: string, options?: FormatOptions) => byType(read(content, options), 'thread')
const acceptances = (content: string, options?: FormatOptions) => byType(read(content, options), 'acceptance')

describe('CSV of a question and its answers in a row', () => {
  const map =
    'id=Id,question=Q,answer=A1,answer=A2,accepted=Best 1,accepted=Best 2,answer-author=By 1,answer-author=By 2'
  const header = 'Id,Q,A1,A2,Best 1,Best 2,By 1,By 2\n'

  it('takes several answers of a row, each with the columns that belong to it', async () => {
    const content = `${header}7,Why?,Because.,It is so.,no,yes,lea,sam\n`
    const [, first, second] = await posts(content, { map })
    expect(first).toMatchObject({ kind: 'answer', threadId: '7', body: 'Because.', authorId: 'lea' })
    expect(second).toMatchObject({ kind: 'answer', threadId: '7', body: 'It is so.', authorId: 'sam' })
    expect(await acceptances(content, { map })).toMatchObject([
      { threadId: '7', postIds: [(second as { id: string }).id] },
    ])
  })

  it('gathers the accepted answers of rows in any order into one set', async () => {
    const rows = ['1,Why?,A,,yes,,,', '2,How?,B,,no,,,', '1,Why?,C,,yes,,,', '1,,D,,no,,,', '2,,E,,,,,']
    const expected = await acceptances(`${header}${rows.join('\n')}\n`, { map })
    expect(expected.map((each) => ('postIds' in each ? each.postIds.length : -1)).sort()).toEqual([0, 2])
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (order) => {
        const found = await acceptances(`${header}${order.join('\n')}\n`, { map })
        expect(new Set(found.map((each) => JSON.stringify(each)))).toEqual(
          new Set(expected.map((each) => JSON.stringify(each))),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('states no acceptances without a column for them, and all with accepted=*', async () => {
    const content = 'Q,A\nWhy?,Because.\n'
    expect(await acceptances(content, { map: 'question=Q,answer=A' })).toEqual([])
    expect(await acceptances(content, { map: 'question=Q,answer=A,accepted=*' })).toMatchObject([
      { postIds: [expect.stringMatching(/-a-/)] },
    ])
  })

  it('names a question without id by what it asks', async () => {
    const [one] = await threads('Q,A\nWhy?,x\n', { map: 'question=Q,answer=A' })
    const [other] = await threads('A,Q\ny, Why? \n', { map: 'question=Q,answer=A' })
    expect((one as { id: string }).id).toBe((other as { id: string }).id)
  })

  it('states no acceptances of a truncated file', async () => {
    const reading = await read(`${header}1,Why?,A,,yes,,,\n2,"open,B`, { map })
    expect(reading.fault?.code).toBe('CSV_MALFORMED')
    expect(recordsOf(reading).map(({ type }) => type)).toEqual(['thread', 'post', 'post'])
  })
})

describe('CSV of a post in a row', () => {
  const map = 'thread=T,body=B,id=I,parent=P,author=U,accepted=A'

  it('knows a question by its having no parent', async () => {
    const content = 'T,I,P,B,U,A\n1,b,a,Answer,x,1\n1,a,,Question,y,\n'
    expect(await posts(content, { map })).toMatchObject([
      { id: 'b', kind: 'answer', parentId: 'a', threadId: '1' },
      { id: 'a', kind: 'question', threadId: '1' },
    ])
    expect(await acceptances(content, { map })).toMatchObject([{ threadId: '1', postIds: ['b'] }])
  })

  it('knows a question by its having its thread’s id', async () => {
    const content = 'T,I,B\n1,2,Answer\n1,1,Question\n'
    const kinds = (await posts(content, { map: 'thread=T,id=I,body=B' })).map(
      (post) => 'kind' in post && post.kind,
    )
    expect(kinds).toEqual(['answer', 'question'])
  })

  it('rejects a comment on nothing', async () => {
    const reading = await read('T,K,P,B\n1,comment,,Hm\n', { map: 'thread=T,kind=K,parent=P,body=B' })
    expect(rejectionsOf(reading)).toMatchObject([
      { of: 'post', code: 'ROW_FIELD_MISSING', reason: 'parent is empty' },
    ])
  })
})

describe('cells of a CSV', () => {
  const views = async (separator: string, cell: string) => {
    const map = 'question=Q,views=V'
    const reading = await read(`Q${separator}V\nWhy?${separator}"${cell}"\n`, { map })
    const [thread] = recordsOf(reading)
    return thread?.type === 'thread' ? thread.views : rejectionsOf(reading)[0]?.code
  }

  it.each([
    [';', '1\u202f204', 1204],
    [';', '12,0', 12],
    [';', '1.204', 1204],
    [';', '1,204', 'ROW_FIELD_INVALID'],
    [';', '12,5', 'ROW_FIELD_INVALID'],
    [',', '1,204', 1204],
    [',', '1,204,500.0', 1204500],
    [',', '12.0', 12],
    [',', '1.204', 'ROW_FIELD_INVALID'],
    [',', '-3', 'ROW_FIELD_INVALID'],
    [',', '99999999999', 'ROW_FIELD_INVALID'],
  ])('in a file separated by %s reads %s as %s', async (separator, cell, expected) => {
    expect(await views(separator, cell)).toBe(expected)
  })

  it('splits tags at commas, semicolons and bars, each once', async () => {
    const [thread] = await threads('Q\tT\nWhy?\tfacture; tarif|facture, box\n', { map: 'question=Q,tags=T' })
    expect(thread).toMatchObject({ tags: ['facture', 'tarif', 'box'] })
  })

  it('believes a first line that states the separator, and counts it', async () => {
    const reading = await read('sep=;\nQ;A\nWhy, oh why?;x\n', { map: 'question=Q,answer=A' })
    expect(recordsOf(reading)[1]).toMatchObject({ body: 'Why, oh why?' })
    expect(reading.items[0]?.place.line).toBe(3)
  })

  it('reads ambiguous dates only in the stated order', async () => {
    const content = 'Q,D\nWhy?,03/04/2026\n'
    const refused = await read(content, { map: 'question=Q,created=D' })
    expect(rejectionsOf(refused)).toMatchObject([
      { code: 'ROW_FIELD_INVALID', reason: expect.stringContaining('03/04/2026') },
    ])
    const [thread] = await threads(content, { map: 'question=Q,created=D', dates: 'dmy' })
    expect(thread).toMatchObject({ createdAt: '2026-04-03T00:00:00.000Z' })
  })

  it('reads bodies in the stated format', async () => {
    const [question] = await posts('Q\n<b>Why?</b>\n', { map: 'question=Q', bodies: 'html' })
    expect(question).toMatchObject({ format: 'html' })
  })
})

describe('a mapping of columns', () => {
  it.each([
    ['question', 'is not of the form'],
    ['question=', 'is not of the form'],
    ['quest=Q', 'there is no field "quest"'],
    ['answer=A', 'map either question'],
    ['question=Q,body=B', 'map either question'],
    ['body=B', 'a mapping with body also needs thread'],
    ['body=B,thread=T', 'a mapping with body also needs kind, parent, or id'],
    ['question=Q,question=R', 'question is given twice'],
    ['question=Q,accepted=A', 'accepted has 1 columns, but answer has 0'],
    ['question=Q,parent=P', 'parent can only be used with body'],
    ['thread=T,id=I,body=B,answer=A', 'answer cannot be combined with body'],
  ])('refuses "%s"', async (map, reason) => {
    const { fault, items } = await read('Q,A,R,B,T,I,P\n', { map })
    expect(items).toEqual([])
    expect(fault).toMatchObject({ code: 'CSV_MAPPING_INVALID', message: expect.stringContaining(reason) })
  })

  it('names the column that is missing, and those there are', async () => {
    const { fault } = await read('Corps;Réponse\na;b\n', { map: 'question=Body,answer=Réponse' })
    expect(fault).toMatchObject({
      code: 'CSV_COLUMN_UNKNOWN',
      details: { file, line: 1, field: 'question', column: 'Body', columns: 'Corps, Réponse' },
    })
  })

  it('finds columns whatever their case, accents and quotes, with commas in them too', async () => {
    const content = '"Question, en clair","RÉPONSE "\nPourquoi ?,Parce que.\n'
    expect(await posts(content, { map: 'question=question, en clair,answer=Reponse' })).toHaveLength(2)
  })

  it('refuses a column that stands twice', async () => {
    const { fault } = await read('Q,A,a\n', { map: 'question=Q,answer=A' })
    expect(fault).toMatchObject({
      code: 'CSV_MAPPING_INVALID',
      message: expect.stringContaining('two columns'),
    })
  })

  it.each([
    ['English', 'Title,Question,Answer,Date,Author,Accepted\nT,Why?,Because.,2024-05-31,lea,yes\n'],
    ['French', 'Titre;Question;Réponse;Date de création;Auteur;Résolu\nT;Why?;Because.;31/05/2024;lea;oui\n'],
  ])('is read from a header in plain %s, and reported', async (_, content) => {
    const reading = await read(content)
    expect(recordsOf(reading).map(({ type }) => type)).toEqual([
      'thread',
      'post',
      'post',
      'member',
      'acceptance',
    ])
    expect(recordsOf(reading)[0]).toMatchObject({ title: 'T', createdAt: '2024-05-31T00:00:00.000Z' })
    expect(reading.progress.notes).toEqual([expect.stringContaining('is read as --map "')])
  })

  it('is not guessed where two columns claim the same', async () => {
    const { fault, items } = await read('Question,Answer,Date,Created at\na,b,2024-01-01,2024-01-02\n')
    expect(items).toEqual([])
    expect(fault).toMatchObject({
      code: 'CSV_HEADER_AMBIGUOUS',
      details: { field: 'created', columns: 'Date, Created at' },
    })
  })

  it('is not guessed from headers that only look like it', async () => {
    const { fault } = await read('Frage,Antwort\na,b\n')
    expect(fault).toMatchObject({ code: 'CSV_HEADER_MISSING', details: { columns: 'Frage, Antwort' } })
  })
})
