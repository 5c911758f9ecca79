import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { SourceRecord } from '../../../src/sources/record.ts'
import { requireFormat } from '../../../src/sources/registry.ts'
import { type Reading, readAll, recordsOf, rejectionsOf } from '../read-all.ts'

const format = requireFormat('stack-exchange')
const root = mkdtempSync(join(tmpdir(), 'entraide-stack-exchange-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(root, 'dump-'))
})

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const readPosts = (content: string | Uint8Array): Promise<Reading> =>
  readAll(format, write('Posts.xml', content))
const posts = (...rows: string[]) => `<posts>\n${rows.join('\n')}\n</posts>\n`
const question = (id: number, more = '') =>
  `<row Id="${id}" PostTypeId="1" CreationDate="2024-01-02T03:04:05.678" Body="b" Title="t" ${more}/>`

describe('a Stack Exchange dump', () => {
  it('is the same by its folder and by its Posts.xml', async () => {
    write('Posts.xml', posts(question(1)))
    write('Users.xml', '<users><row Id="-1" DisplayName="Community"/></users>')
    const byFolder = await readAll(format, folder)
    expect(byFolder.items).toEqual((await readAll(format, join(folder, 'Posts.xml'))).items)
    expect(recordsOf(byFolder).map(({ type }) => type)).toEqual(['thread', 'post', 'acceptance', 'member'])
  })

  it('yields comments in the order of their parents, including those before a fault', async () => {
    write('Posts.xml', posts(question(1)))
    const row = (id: number, post: number) =>
      `<row Id="${id}" PostId="${post}" Text="c" CreationDate="2024-01-02T03:04:05.678"/>`
    write('Comments.xml', `<comments>${row(1, 20)}${row(2, 3)}${row(3, 20)}${row(4, 3)}<row`)
    const reading = await readAll(format, folder)
    expect(reading.fault).toMatchObject({ code: 'XML_MALFORMED' })
    const ids = recordsOf(reading).flatMap((record) => (record.type === 'post' ? record.id : []))
    expect(ids).toEqual(['1', ...[2, 4, 1, 3].map((id) => `comment-${id}`)])
  })

  it('needs its Posts.xml', async () => {
    write('Users.xml', '<users/>')
    expect((await readAll(format, folder)).fault).toMatchObject({
      code: 'FILE_NOT_FOUND',
      details: { file: join(folder, 'Posts.xml') },
    })
  })

  it('finds its tables whatever the case of their names', async () => {
    write('posts.xml', posts(question(1)))
    write('VOTES.XML', '<votes><row PostId="1" VoteTypeId="2"/></votes>')
    expect(recordsOf(await readAll(format, folder)).at(-1)).toEqual({
      type: 'votes',
      postId: '1',
      up: 1,
      down: 0,
    })
  })

  it('may have no posts', async () => {
    expect(await readPosts('<posts />')).toMatchObject({ items: [] })
    expect((await readPosts('<posts></posts>')).fault).toBeUndefined()
  })

  it.each([
    ['Id', 'PostTypeId="1" CreationDate="2024-01-02T03:04:05" Body="b"', 'thread', 'Id is missing'],
    ['Body', 'Id="1" PostTypeId="1" CreationDate="2024-01-02T03:04:05"', 'thread', 'Body is missing'],
    ['date', 'Id="1" PostTypeId="2" ParentId="1" CreationDate="yesterday" Body="b"', 'post', '"yesterday"'],
    [
      'hour',
      'Id="1" PostTypeId="2" ParentId="1" CreationDate="2024-01-02T24:00:00" Body="b"',
      'post',
      'not a date',
    ],
    [
      'parent',
      'Id="1" PostTypeId="2" CreationDate="2024-01-02T03:04:05" Body="b"',
      'post',
      'ParentId is missing',
    ],
    [
      'views',
      'Id="1" PostTypeId="1" CreationDate="2024-01-02T03:04:05" Body="b" ViewCount="-3"',
      'thread',
      '"-3"',
    ],
    [
      'score',
      'Id="1" PostTypeId="1" CreationDate="2024-01-02T03:04:05" Body="b" Score="1e9"',
      'thread',
      '"1e9"',
    ],
    [
      'id',
      'Id="12 or 1" PostTypeId="1" CreationDate="2024-01-02T03:04:05" Body="b"',
      'thread',
      'is not an id',
    ],
    ['type', 'Id="1" CreationDate="2024-01-02T03:04:05" Body="b"', 'post', 'PostTypeId is missing'],
  ])('rejects a post with a bad %s and reads on', async (_, attributes, of, reason) => {
    const reading = await readPosts(posts(`<row ${attributes} />`, question(7)))
    expect(rejectionsOf(reading)).toEqual([
      expect.objectContaining({
        of,
        reason: expect.stringContaining(reason),
        place: { file: join(folder, 'Posts.xml'), line: 2 },
      }),
    ])
    expect(recordsOf(reading)).toHaveLength(3)
    expect(reading.fault).toBeUndefined()
  })

  it('sums votes by post, and rejects those that name none', async () => {
    write('Posts.xml', posts())
    const row = (post: string, type: number) => `<row PostId="${post}" VoteTypeId="${type}"/>`
    const rows = [row('9', 2), row('1', 3), row('9', 2), row('9', 3), row('4', 5), row('x', 2), row('-1', 2)]
    write('Votes.xml', `<votes>${rows.join('\n')}</votes>`)
    const reading = await readAll(format, folder)
    expect(recordsOf(reading)).toEqual([
      { type: 'votes', postId: '1', up: 0, down: 1 },
      { type: 'votes', postId: '9', up: 2, down: 1 },
    ])
    expect(rejectionsOf(reading).map(({ place }) => place.line)).toEqual([6, 7])
  })
})

describe('XML that is not what it should be', () => {
  const bomb = `<?xml version="1.0"?>
<!DOCTYPE posts [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<posts><row Id="1" Body="&b;"/></posts>`

  it.each([
    ['an entity bomb', bomb, 'XML_DOCTYPE_REFUSED', 2],
    ['an external DTD', '<!DOCTYPE posts SYSTEM "file:///etc/passwd"><posts/>', 'XML_DOCTYPE_REFUSED', 1],
    ['an entity of its own', posts('<row Id="1" Body="&xxe;"/>'), 'XML_MALFORMED', 2],
    ['another table', '<users><row Id="1"/></users>', 'FILE_FORMAT_UNEXPECTED', 1],
    ['an HTML page', '<html><body>Not found</body></html>', 'FILE_FORMAT_UNEXPECTED', 1],
    ['JSON', '{"error": 404}', 'FILE_FORMAT_UNEXPECTED', 1],
    [
      'latin-1 by declaration',
      '<?xml version="1.0" encoding="ISO-8859-1"?><posts/>',
      'FILE_ENCODING_INVALID',
      1,
    ],
    ['text between rows', posts('stray'), 'XML_MALFORMED', 2],
    ['CDATA', posts('<![CDATA[x]]>'), 'XML_MALFORMED', 2],
    ['an attribute twice', posts('<row Id="1" Id="2"/>'), 'XML_MALFORMED', 2],
    ['two documents', '<posts/>\n<posts/>', 'XML_MALFORMED', 2],
    ['attributes without number', posts(`<row ${'a="" '.repeat(2)}/>`), 'XML_MALFORMED', 2],
    ['"<" in a value', posts('<row Body="<b>"/>'), 'XML_MALFORMED', 2],
    ['a control character', posts('<row Body="\u0001"/>'), 'XML_MALFORMED', 2],
  ])('refuses %s with its line', async (_, content, code, line) => {
    const { fault, items } = await readPosts(content)
    expect(items).toEqual([])
    expect(fault).toMatchObject({ code, details: { file: join(folder, 'Posts.xml'), line } })
  })

  it('keeps the rows before a fault, and reports its line and column', async () => {
    const reading = await readPosts(
      `<posts>\n${question(1)}\n${question(2)}\n<row Id="3" Body=oops/>\n</posts>`,
    )
    expect(recordsOf(reading)).toHaveLength(6)
    expect(reading.fault).toMatchObject({
      code: 'XML_MALFORMED',
      message: `${join(folder, 'Posts.xml')}:4:18: malformed XML: Body has no quoted value`,
      details: { line: 4, column: 18 },
    })
  })

  it('reports where a truncated file ends', async () => {
    const reading = await readPosts(`<posts>\n${question(1)}\n<row Id="2" Bo`)
    expect(recordsOf(reading)).toHaveLength(3)
    expect(reading.fault).toMatchObject({ code: 'XML_MALFORMED', details: { line: 3, column: 15 } })
  })

  it('reads a reference to a forbidden character as U+FFFD, as real dumps hold some', async () => {
    const row = '<row Id="1" PostTypeId="1" CreationDate="2024-01-02T03:04:05" Body="a&#x0;b&#xD800;&#xB;c"/>'
    expect(recordsOf(await readPosts(posts(row)))[1]).toMatchObject({ body: 'a\ufffdb\ufffd\ufffdc' })
  })

  it('refuses a row in a row, and keeps the outer one', async () => {
    const reading = await readPosts(posts(question(1).replace('/>', '><row/></row>')))
    expect(recordsOf(reading)).toHaveLength(3)
    expect(reading.fault).toMatchObject({ code: 'XML_MALFORMED', details: { line: 2 } })
  })

  it('refuses a folder in place of a table', async () => {
    write('Posts.xml', posts())
    mkdirSync(join(folder, 'Votes.xml'))
    expect((await readAll(format, folder)).fault?.code).toBe('FILE_UNREADABLE')
  })
})

const dumps = process.env.ENTRAIDE_EVAL_DATA
if (dumps === undefined) console.log('skipped: real Stack Exchange dumps (set ENTRAIDE_EVAL_DATA)')

describe.skipIf(dumps === undefined)('the real dumps', () => {
  it.each([
    ['quantumcomputing', { threads: 612, answers: 1060, resolved: 389, ignored: 314 }],
    ['ai_2016', { threads: 421, answers: 749, resolved: 212, ignored: 109 }],
    ['datascience.meta_2024', { threads: 257, answers: 341, resolved: 83, ignored: 26 }],
  ])('%s has its threads, answers and accepted answers', async (name, expected) => {
    const reading = await readAll(format, join(dumps!, 'threads/stackexchange', name))
    const records = recordsOf(reading)
    const answers = new Set(records.flatMap((each) => (isAnswer(each) ? [each.id] : [])))
    expect({
      threads: records.filter(({ type }) => type === 'thread').length,
      answers: answers.size,
      resolved: records.filter(
        (each) => each.type === 'acceptance' && each.postIds.some((id) => answers.has(id)),
      ).length,
      ignored: reading.items.filter(({ outcome }) => outcome === 'ignored').length,
    }).toEqual(expected)
    expect(rejectionsOf(reading)).toEqual([])
    expect(reading.fault).toBeUndefined()
  })
})

function isAnswer(record: SourceRecord): record is SourceRecord & { type: 'post' } {
  return record.type === 'post' && record.kind === 'answer'
}
