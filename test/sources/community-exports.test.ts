import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { SourceRecord } from '../../src/sources/record.ts'
import { requireFormat } from '../../src/sources/registry.ts'
import { type Reading, readAll, recordsOf, rejectionsOf } from './read-all.ts'

const root = mkdtempSync(join(tmpdir(), 'entraide-communities-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Reads files of these contents, in a folder of their own. */
function read(format: string, files: Readonly<Record<string, string>>): Promise<Reading> {
  const folder = mkdtempSync(join(root, 'export-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return readAll(requireFormat(format), folder)
}

const stated = (reading: Reading) =>
  recordsOf(reading)
    .map((record) => JSON.stringify(record))
    .sort()
const of = (reading: Reading, type: SourceRecord['type']) =>
  recordsOf(reading).filter((record) => record.type === type)
const incomplete = ({ items }: Reading) =>
  items.flatMap((item) => (item.outcome === 'incomplete' ? [[item.code, item.reason]] : []))
const pretty = (value: unknown) => JSON.stringify(value, null, 2)

describe('GitHub Discussions', () => {
  const discussion = (id: string, more: object = {}) => ({
    id,
    number: 1,
    title: 'T',
    body: 'B',
    createdAt: '2025-01-01T00:00:00Z',
    isAnswered: false,
    answer: null,
    comments: { totalCount: 0, nodes: [] },
    ...more,
  })
  const comment = (id: string, more: object = {}) => ({
    id,
    body: 'C',
    createdAt: '2025-01-02T00:00:00Z',
    ...more,
  })
  const page = (nodes: object[], hasNextPage = false, more: object = {}) => ({
    data: { repository: { discussions: { nodes, pageInfo: { hasNextPage }, ...more } } },
  })
  const one = discussion('D_1')
  const two = discussion('D_2')

  it.each([
    [
      'pages one after the other',
      { 'a.json': JSON.stringify(page([one], true)) + JSON.stringify(page([two])) },
    ],
    ['pretty pages', { 'a.json': pretty(page([one], true)) + pretty(page([two])) }],
    ['an array of pages', { 'a.json': pretty([page([one], true), page([two])]) }],
    [
      'a page a line',
      { 'a.ndjson': `${JSON.stringify(page([one], true))}\n${JSON.stringify(page([two]))}\n` },
    ],
    ['a page a file, the last first', { '1.json': pretty(page([two])), '2.json': pretty(page([one], true)) }],
    ['bare discussions', { 'a.json': pretty([one, two]) }],
    ['a discussion a line', { 'a.jsonl': `${JSON.stringify(one)}\n${JSON.stringify(two)}\n` }],
    [
      'single answers',
      {
        'a.json': pretty({ data: { repository: { discussion: one } } }),
        'b.json': pretty({ data: { node: two } }),
      },
    ],
    ['a list by itself', { 'a.json': pretty({ nodes: [one, two] }) }],
  ])('come as %s', async (_, files) => {
    const reading = await read('github-discussions', files)
    expect(stated(reading)).toEqual(
      stated(await read('github-discussions', { 'a.json': JSON.stringify([one, two]) })),
    )
    expect(of(reading, 'thread')).toHaveLength(2)
    expect(incomplete(reading)).toEqual([])
  })

  it('take the chosen answer from itself where the comments were cut short before it', async () => {
    const answer = comment('DC_9', { body: 'This way.', replyTo: { id: 'DC_1' } })
    const comments = { totalCount: 150, pageInfo: { hasNextPage: true }, nodes: [comment('DC_1')] }
    const reading = await read('github-discussions', {
      'a.json': pretty(discussion('D_1', { isAnswered: true, answer, comments })),
    })
    expect(of(reading, 'acceptance')).toEqual([{ type: 'acceptance', threadId: 'D_1', postIds: ['DC_9'] }])
    expect(of(reading, 'post')).toContainEqual(
      expect.objectContaining({ id: 'DC_9', kind: 'answer', parentId: 'DC_1', body: 'This way.' }),
    )
    expect(incomplete(reading)).toEqual([['DISCUSSION_INCOMPLETE', 'discussion D_1 lacks 149 comments']])
  })

  it('are whole when the comments of a long one come in pages of it', async () => {
    const part = (nodes: object[], hasNextPage: boolean) =>
      discussion('D_1', {
        isAnswered: true,
        answer: { id: 'DC_2' },
        comments: { totalCount: 2, pageInfo: { hasNextPage }, nodes },
      })
    const parts = [part([comment('DC_1')], true), part([comment('DC_2', { isAnswer: true })], false)]
    const reading = await read('github-discussions', { 'a.json': pretty(parts) })
    expect(incomplete(reading)).toEqual([])
    expect(of(reading, 'acceptance')).toEqual([{ type: 'acceptance', threadId: 'D_1', postIds: ['DC_2'] }])
    const half = await read('github-discussions', { 'a.json': pretty(parts.slice(0, 1)) })
    expect(incomplete(half)).toEqual([
      ['DISCUSSION_INCOMPLETE', 'discussion D_1 lacks 1 comments and 1 chosen answer'],
    ])
  })

  it('say nothing of acceptance where the query did not ask, or the answer is not there', async () => {
    const { isAnswered: _, answer: __, ...unasked } = one
    const absent = discussion('D_2', { isAnswered: true, answer: { id: 'DC_9' } })
    const reading = await read('github-discussions', { 'a.json': pretty([unasked, absent]) })
    expect(of(reading, 'acceptance')).toEqual([])
    expect(incomplete(reading)).toEqual([['DISCUSSION_INCOMPLETE', 'discussion D_2 lacks 1 chosen answer']])
  })

  it.each([
    ['the last page', [page([one], true)], 'the last page of discussions is missing'],
    [
      'a page in the middle',
      [page([one], true, { totalCount: 3 }), page([two])],
      'only 2 of 3 discussions are in the export',
    ],
  ])('are incomplete without %s', async (_, pages, reason) => {
    const reading = await read('github-discussions', { 'a.json': pretty(pages) })
    expect(incomplete(reading)).toEqual([['LIST_INCOMPLETE', expect.stringContaining(reason)]])
  })

  it('report the errors that came with a part of the data', async () => {
    const reading = await read('github-discussions', {
      'a.json': pretty({ ...page([one]), errors: [{ message: 'Something went wrong' }] }),
    })
    expect(of(reading, 'thread')).toHaveLength(1)
    expect(rejectionsOf(reading)).toMatchObject([
      { code: 'GITHUB_ERRORS', reason: expect.stringContaining('went wrong') },
    ])
  })

  it('reject an answer that is an error among others, with its file', async () => {
    const reading = await read('github-discussions', {
      '1.json': '{"message":"Not Found"}',
      '2.json': pretty([one]),
    })
    expect(rejectionsOf(reading)).toMatchObject([
      {
        code: 'RECORD_TYPE_UNKNOWN',
        place: { file: expect.stringContaining('1.json') },
        reason: expect.stringContaining('Not Found'),
      },
    ])
    expect(of(reading, 'thread')).toHaveLength(1)
  })
})

describe('a Zendesk community', () => {
  const post = {
    id: 1,
    title: 'T',
    details: '<p>D</p>',
    created_at: '2024-01-01T00:00:00Z',
    comment_count: 2,
    topic_id: 5,
  }
  const first = { id: 1, post_id: 1, body: 'A', created_at: '2024-01-02T00:00:00Z', official: true }
  const second = { id: 2, post_id: 1, body: 'B', created_at: '2024-01-03T00:00:00Z', official: true }
  const topics = { topics: [{ id: 5, name: 'Routers' }] }

  it.each([
    [
      'lists of their own',
      {
        'c.json': pretty({ comments: [first, second] }),
        'p.json': pretty({ posts: [post] }),
        't.json': pretty(topics),
      },
    ],
    [
      'pages a line',
      {
        'a.ndjson': [{ comments: [first] }, { posts: [post], ...topics }, { comments: [second] }]
          .map((page) => `${JSON.stringify(page)}\n`)
          .join(''),
      },
    ],
    [
      'an array of pages',
      {
        'a.json': pretty([
          { comments: [first] },
          { posts: [post], ...topics },
          { comments: [second], next_page: null },
        ]),
      },
    ],
    ['bare posts and comments', { 'a.json': pretty([post, first, second]), 't.json': pretty(topics) }],
  ])('comes as %s', async (_, files) => {
    const reading = await read('zendesk', files)
    expect(incomplete(reading)).toEqual([])
    expect(rejectionsOf(reading)).toEqual([])
    expect(of(reading, 'thread')).toMatchObject([
      { id: '1', facts: { category: 'Routers', categoryId: '5' } },
    ])
    expect(of(reading, 'acceptance')).toEqual([
      { type: 'acceptance', threadId: '1', postIds: ['comment-1', 'comment-2'] },
    ])
  })

  it('yields only updates of single answers where comments are missing', async () => {
    const reading = await read('zendesk', { 'a.json': pretty([post, first]) })
    expect(of(reading, 'acceptance')).toEqual([])
    expect(of(reading, 'acceptance-update')).toEqual([
      { type: 'acceptance-update', threadId: '1', postId: 'comment-1', accepted: true },
    ])
    expect(incomplete(reading)).toEqual([['POST_INCOMPLETE', 'post 1 lacks 1 of its comments']])
  })

  it('is incomplete where its last page says that another follows', async () => {
    const reading = await read('zendesk', {
      'a.json': pretty({ posts: [{ ...post, comment_count: 0 }], meta: { has_more: true } }),
    })
    expect(incomplete(reading)).toEqual([
      ['LIST_INCOMPLETE', expect.stringContaining('refers to a next one')],
    ])
  })
})

describe('a Khoros community', () => {
  const root = {
    type: 'message',
    id: '1',
    depth: 0,
    subject: 'T',
    body: 'Q',
    post_time: '2023-01-01T00:00:00.000+00:00',
    conversation: { messages_count: 2 },
  }
  const reply = {
    type: 'message',
    id: '2',
    depth: 1,
    body: 'A',
    post_time: '2023-01-02T00:00:00.000+00:00',
    topic: { id: '1' },
    parent: { id: '1' },
    is_solution: true,
  }
  const answer = (...items: object[]) => ({ status: 'success', data: { type: 'messages', items } })

  it.each([
    ['answers one after the other', { 'a.json': pretty(answer(reply)) + pretty(answer(root)) }],
    ['an array of answers', { 'a.json': pretty([answer(root), answer(reply)]) }],
    [
      'an answer a line',
      { 'a.ndjson': `${JSON.stringify(answer(root))}\n${JSON.stringify(answer(reply))}\n` },
    ],
    ['bare messages', { 'a.json': pretty([reply, root]) }],
  ])('comes as %s', async (_, files) => {
    const reading = await read('khoros', files)
    expect(incomplete(reading)).toEqual([])
    expect(rejectionsOf(reading)).toEqual([])
    expect(of(reading, 'post')).toHaveLength(2)
    expect(of(reading, 'acceptance')).toEqual([{ type: 'acceptance', threadId: '1', postIds: ['2'] }])
  })

  it('takes a thread that is not approved for removed', async () => {
    const reading = await read('khoros', { 'a.json': pretty([{ ...root, moderation_status: 'spam' }]) })
    expect(recordsOf(reading)).toEqual([{ type: 'removal', of: 'thread', id: '1' }])
  })

  it('refuses an answer that is an error', async () => {
    const { fault } = await read('khoros', {
      'a.json': pretty({ status: 'error', message: 'Invalid query syntax', data: {} }),
    })
    expect(fault).toMatchObject({
      code: 'FILE_FORMAT_UNEXPECTED',
      message: expect.stringContaining('Invalid query syntax'),
    })
  })
})
