import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { SourceRecord } from '../../../src/sources/record.ts'
import { requireFormat } from '../../../src/sources/registry.ts'
import { readAll, readAllWith, recordsOf } from '../read-all.ts'

const scratch = mkdtempSync(join(tmpdir(), 'entraide-discourse-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const discourse = requireFormat('discourse')

const post = (id: number, number: number, more: object = {}) => ({
  id,
  post_number: number,
  topic_id: 1,
  user_id: 5,
  username: 'ines',
  created_at: '2025-01-01T10:00:00.000Z',
  cooked: `<p>Post ${number}</p>`,
  ...more,
})
const topic = (posts: object[], more: object = {}) => ({
  id: 1,
  title: 'A question',
  created_at: '2025-01-01T10:00:00.000Z',
  posts_count: posts.length,
  post_stream: { posts, stream: posts.map((each) => (each as { id: number }).id) },
  ...more,
})

async function read(...documents: unknown[]) {
  const path = join(scratch, 'documents.ndjson')
  writeFileSync(path, documents.map((each) => `${JSON.stringify(each)}\n`).join(''))
  const { items, fault } = await readAll(discourse, path)
  expect(fault).toBeUndefined()
  return {
    records: recordsOf({ items }),
    incomplete: items.flatMap((item) => (item.outcome === 'incomplete' ? [item.reason] : [])),
    rejected: items.flatMap((item) => (item.outcome === 'rejected' ? [`${item.code} ${item.reason}`] : [])),
  }
}

const of = <T extends SourceRecord['type']>(records: readonly SourceRecord[], type: T) =>
  records.filter((each): each is Extract<SourceRecord, { type: T }> => each.type === type)
const kinds = (records: readonly SourceRecord[]) =>
  of(records, 'post').map(({ id, kind, parentId }) => [id, kind, parentId])

describe('a folder of a Discourse export', () => {
  it('may hold lists of tags and groups: one line a file tells of their rows, and none is rejected', async () => {
    const folder = mkdtempSync(join(scratch, 'folder-'))
    const write = (file: string, value: unknown) => writeFileSync(join(folder, file), JSON.stringify(value))
    write('t-1.json', topic([post(11, 1)]))
    write('tags.json', [
      { id: 'fibre', text: 'fibre', name: 'fibre', count: 12, pm_count: 0 },
      { id: 7, name: 'box', slug: 'box', topic_count: 3 },
    ])
    write('names.json', ['fibre', 'box', 'roaming'])
    write('groups.json', { groups: [{ id: 1, name: 'staff', user_count: 4 }] })
    const { items, fault, progress } = await readAll(discourse, folder)
    expect(fault).toBeUndefined()
    expect(items.filter(({ outcome }) => outcome === 'rejected')).toEqual([])
    expect(items.filter(({ outcome }) => outcome === 'ignored')).toHaveLength(6)
    expect(of(recordsOf({ items }), 'thread')).toHaveLength(1)
    expect(progress.notes).toEqual([
      `${join(folder, 'names.json')}: ignored 3 rows of a list that holds no threads.`,
      `${join(folder, 'tags.json')}: ignored 2 rows of a list that holds no threads.`,
    ])
  })

  it('still rejects a row that is nothing of Discourse', async () => {
    const { rejected } = await read({ name: 'somebody', age: 7 })
    expect(rejected).toEqual(['RECORD_TYPE_UNKNOWN it is not a Discourse topic, list or post'])
  })
})

describe('what a Discourse post is', () => {
  it('takes a reply to the question or to nothing for an answer, and other replies for comments on it', async () => {
    const { records } = await read(
      topic([
        post(11, 1),
        post(12, 2),
        post(13, 3, { reply_to_post_number: 1 }),
        post(14, 4, { reply_to_post_number: 3 }),
        post(15, 5, { reply_to_post_number: 4 }),
      ]),
    )
    expect(kinds(records)).toEqual([
      ['11', 'question', undefined],
      ['12', 'answer', undefined],
      ['13', 'answer', undefined],
      ['14', 'comment', '13'],
      ['15', 'comment', '13'],
    ])
  })

  it('takes an accepted reply to another post for an answer', async () => {
    const { records } = await read(
      topic([post(11, 1), post(12, 2), post(13, 3, { reply_to_post_number: 2, accepted_answer: true })]),
    )
    expect(kinds(records).at(-1)).toEqual(['13', 'answer', undefined])
    expect(of(records, 'acceptance')).toMatchObject([{ postIds: ['13'] }])
  })

  it('is not led round in circles by replies to later posts or to themselves', async () => {
    const { records } = await read(
      topic([
        post(11, 1),
        post(12, 2, { reply_to_post_number: 3 }),
        post(13, 3, { reply_to_post_number: 3 }),
        post(14, 4, { reply_to_post_number: 99 }),
      ]),
    )
    expect(kinds(records).map(([, kind]) => kind)).toEqual(['question', 'answer', 'answer', 'answer'])
  })

  it('reads what the community may not see as removed, including whispers among staff', async () => {
    const { records } = await read(
      topic([
        post(11, 1),
        post(12, 2, { hidden: true }),
        post(13, 3, { deleted_at: '2025-01-02T00:00:00.000Z' }),
        post(14, 4, { user_deleted: true }),
        post(15, 5, { post_type: 4 }),
        post(16, 6, { post_type: 3 }),
      ]),
    )
    expect(kinds(records).map(([id]) => id)).toEqual(['11'])
    expect(of(records, 'removal').map(({ id }) => id)).toEqual(['12', '13', '14', '15'])
  })

  it.each([
    ['deleted', topic([post(11, 1)], { deleted_at: '2025-01-02T00:00:00.000Z' })],
    ['unlisted', topic([post(11, 1)], { visible: false })],
    ['a private message', topic([post(11, 1)], { archetype: 'private_message' })],
    ['one whose question is hidden', topic([post(11, 1, { hidden: true }), post(12, 2)])],
  ])('reads a topic that is %s as removed and ignores its content', async (_, document) => {
    expect((await read(document)).records).toEqual([{ type: 'removal', of: 'thread', id: '1' }])
  })
})

describe('accepted answers of Discourse', () => {
  const posts = [post(11, 1), post(12, 2), post(13, 3)]

  it.each([
    ['a flag on the post', topic([post(11, 1), post(12, 2, { accepted_answer: true })]), ['12']],
    ['the object on the topic', topic(posts, { accepted_answer: { post_number: 3 } }), ['13']],
    [
      'the array on the topic',
      topic(posts, { accepted_answers: [{ post_number: 3 }, { post_number: 2 }] }),
      ['13', '12'],
    ],
    ['an empty array', topic(posts, { accepted_answers: [] }), []],
    ['nothing', topic(posts), []],
  ])('are read from %s', async (_, document, expected) => {
    expect(of((await read(document)).records, 'acceptance')).toMatchObject([
      { threadId: '1', postIds: expected },
    ])
  })

  it('are no complete set where the accepted post is not there', async () => {
    const { records, incomplete } = await read(
      topic(posts, {
        post_stream: { posts, stream: [11, 12, 13, 14] },
        accepted_answers: [{ post_number: 2 }, { post_number: 4 }],
      }),
    )
    expect(of(records, 'acceptance')).toEqual([])
    expect(of(records, 'acceptance-update')).toMatchObject([{ postId: '12', accepted: true }])
    expect(incomplete).toEqual(['topic 1 "A question": 3 of 4 posts'])
  })

  it('are a complete set where all that the topic states are there, though other posts are not', async () => {
    const stream = { posts, stream: [11, 12, 13, 14] }
    const { records } = await read(
      topic(posts, { post_stream: stream, accepted_answers: [{ post_number: 2 }] }),
    )
    expect(of(records, 'acceptance')).toMatchObject([{ postIds: ['12'] }])
  })
})

describe('topics in parts', () => {
  it('puts pages together, in any order, and reports nothing about a topic that is complete then', async () => {
    const all = [post(11, 1), post(12, 2), post(13, 3, { accepted_answer: true, reply_to_post_number: 2 })]
    const first = topic(all.slice(0, 1), { post_stream: { posts: all.slice(0, 1), stream: [11, 12, 13] } })
    const second = { id: 1, post_stream: { posts: all.slice(1) } }
    for (const documents of [
      [first, second],
      [second, first],
    ]) {
      const { records, incomplete } = await read(...documents)
      expect(kinds(records).map(([id, kind]) => [id, kind])).toEqual([
        ['11', 'question'],
        ['12', 'answer'],
        ['13', 'answer'],
      ])
      expect(of(records, 'acceptance')).toMatchObject([{ postIds: ['13'] }])
      expect(incomplete).toEqual([])
    }
  })

  it('goes by the count of posts where the topic does not list them', async () => {
    const { incomplete } = await read(
      topic([post(11, 1)], { posts_count: 3, post_stream: { posts: [post(11, 1)] } }),
    )
    expect(incomplete).toEqual(['topic 1 "A question": 1 of 3 posts'])
  })

  it('reads topics and posts of lists, and ignores those of topics that are present', async () => {
    const listed = (id: number) => ({
      id,
      title: `Topic ${id}`,
      created_at: '2025-01-01T10:00:00Z',
      posts_count: 2,
    })
    const { records, incomplete } = await read(
      { latest_posts: [post(31, 1, { topic_id: 3 }), post(11, 1)] },
      { topic_list: { topics: [listed(1), listed(2), listed(3), listed(2)] } },
      topic([post(11, 1)]),
    )
    expect(of(records, 'thread').map(({ title }) => title)).toEqual(['A question', 'Topic 2', 'Topic 3'])
    expect(of(records, 'post').map(({ id }) => id)).toEqual(['11', '31'])
    expect(incomplete).toEqual(['topic 2 "Topic 2": 0 of 2 posts', 'topic 3 "Topic 3": 1 of 2 posts'])
  })
})

describe('fields of Discourse', () => {
  it('gives threads their URL if the address is known', async () => {
    const path = join(scratch, 'url.json')
    writeFileSync(path, JSON.stringify(topic([post(11, 1)], { slug: 'a-question' })))
    const options = { 'base-url': 'https://community.example/forum/' }
    const [first] = recordsOf(await readAllWith(options, discourse, path))
    expect(first).toMatchObject({ url: 'https://community.example/forum/t/a-question/1' })
    const { fault } = await readAllWith({ 'base-url': 'javascript:alert(1)' }, discourse, path)
    expect(fault?.code).toBe('FORMAT_OPTION_INVALID')
  })

  it('reads tags both ways, closed, views, category, likes, edits, language and roles', async () => {
    const { records } = await read(
      topic(
        [
          post(11, 1, {
            version: 2,
            updated_at: '2025-02-01T00:00:00Z',
            actions_summary: [{ id: 2, count: 4 }],
          }),
          post(12, 2, { user_id: 6, username: 'ana', moderator: true, staff: true }),
          post(13, 3, { user_id: 7, username: 'léo', trust_level: 4 }),
        ],
        {
          tags: ['a', { id: 1, name: 'b', slug: 'b' }, 'a', null],
          archived: true,
          views: 9,
          category_id: 3,
          locale: 'pt_BR',
        },
      ),
    )
    expect(records[0]).toMatchObject({
      tags: ['a', 'b'],
      closed: true,
      views: 9,
      facts: { categoryId: '3' },
      language: 'pt',
    })
    expect(records[1]).toMatchObject({ score: 4, editedAt: '2025-02-01T00:00:00.000Z', format: 'html' })
    expect(of(records, 'member').map(({ name, role }) => [name, role])).toEqual([
      ['ines', 'member'],
      ['ana', 'moderator'],
      ['léo', 'expert'],
    ])
  })

  it.each([
    ['views', topic([post(11, 1)], { views: -3 }), 'ROW_FIELD_INVALID views is not a whole number'],
    [
      'a date',
      topic([post(11, 1)], { created_at: 'yesterday' }),
      'ROW_FIELD_INVALID created_at is not a date',
    ],
    ['a post', topic([post(11, 1), post(12, 2, { cooked: 7 })]), 'ROW_FIELD_INVALID cooked is not a string'],
    ['a number', topic([post(11, 1), post(12, 0)]), 'ROW_FIELD_INVALID post_number is not a whole number'],
    ['the posts', topic([], { post_stream: { posts: 'none' } }), 'ROW_FIELD_INVALID posts is not an array'],
    [
      'an error',
      { errors: ['Not found'], error_type: 'not_found' },
      'RECORD_TYPE_UNKNOWN it is an error response from',
    ],
    ['anything else', { hello: 1 }, 'RECORD_TYPE_UNKNOWN it is not a Discourse topic'],
    ['no object', [[1]], 'RECORD_TYPE_UNKNOWN'],
  ])('rejects %s that cannot be taken, and reads on', async (_, document, reason) => {
    const next = { ...topic([post(21, 1, { topic_id: 2 })]), id: 2 }
    const { rejected, records } = await read(document, next)
    expect(rejected).toHaveLength(1)
    expect(rejected[0]).toContain(reason)
    expect(records.some((each) => each.type === 'thread' && each.id === '2')).toBe(true)
  })
})
