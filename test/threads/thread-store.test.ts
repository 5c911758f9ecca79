import { beforeAll, expect, it } from 'vitest'
import type { Audience } from '../../src/access/audience.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { stableId } from '../../src/platform/ids.ts'
import { threadText } from '../../src/text/thread-text.ts'
import { createThreadStore, type ThreadQuery } from '../../src/threads/thread-store.ts'
import {
  acceptance,
  answer,
  comment,
  importDeps,
  importRecords,
  question,
  thread,
} from '../ingest/support.ts'
import { describeEachDatabase } from '../support/databases.ts'

const idOf = (source: string, externalId: string) => stableId('thr', source, externalId)
const day = (n: number) => ({ createdAt: `2024-01-${String(n).padStart(2, '0')}T00:00:00.000Z` })

describeEachDatabase.always('the thread store', (database) => {
  let db: Database
  let threads: ReturnType<typeof createThreadStore>
  beforeAll(async () => {
    db = (await database()).db
    threads = createThreadStore(db)
    const deps = importDeps(db)
    await importRecords(
      deps,
      [
        thread('t1', { ...day(1), language: 'fr', tags: ['sim'], views: 9, facts: { segment: 'pro' } }),
        question('q1', 't1', { ...day(5), authorId: 'm1' }),
        comment('c1', 'q1', { ...day(1), authorId: 'm2' }),
        answer('a1', 't1', { ...day(3), authorId: 'm2' }),
        answer('a2', 't1', { ...day(4), authorId: 'deleted' }),
        acceptance('t1', 'a2'),
        thread('t2', { ...day(2), language: 'en' }),
        question('q2', 't2'),
        answer('a3', 't2'),
        thread('t3', { ...day(2), language: 'en', closed: true, labels: { category: 'billing' } }),
        question('q3', 't3'),
        { type: 'member', id: 'm1', name: 'Ada', role: 'member' },
        { type: 'member', id: 'm2', name: 'Blaise', role: 'expert', reputation: 7 },
        { type: 'link', fromThreadId: 't2', toThreadId: 't1', kind: 'duplicate' },
      ],
      { source: 'open', audience: 'public' },
    )
    await importRecords(deps, [thread('t1', day(9)), question('q1', 't1')], { source: 'staff' })
  })

  const list = async (reader: Audience, query: Omit<ThreadQuery, 'reader' | 'limit'> = {}) => {
    const { items } = await threads.list({ reader, limit: 10, ...query })
    return items.map(({ source, externalId }) => `${source}/${externalId}`)
  }

  it('lists the newest first and only what the reader may see', async () => {
    expect((await list('internal'))[0]).toBe('staff/t1')
    const seen = await list('public')
    expect(seen.slice(0, 2).sort()).toEqual(['open/t2', 'open/t3'])
    expect(seen.slice(2)).toEqual(['open/t1'])
    expect(await list('public', { source: 'staff' })).toEqual([])
  })

  it('filters by source, language, resolution and answers', async () => {
    expect(await list('internal', { source: 'staff' })).toEqual(['staff/t1'])
    expect(await list('internal', { language: 'fr' })).toEqual(['open/t1'])
    expect(await list('internal', { resolved: true })).toEqual(['open/t1'])
    expect(await list('public', { resolved: false, unanswered: false })).toEqual(['open/t2'])
    expect(await list('public', { unanswered: true })).toEqual(['open/t3'])
  })

  it('pages through equal times without losing or repeating a thread', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await threads.list({
        reader: 'internal',
        limit: 1,
        cursor,
      })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(4)
    expect(seen).toHaveLength(4)
  })

  it('answers for a hidden thread as for one that is not there', async () => {
    const hidden = idOf('staff', 't1')
    for (const id of [hidden, 'thr_none']) {
      await expect(threads.require(id, 'public')).rejects.toMatchObject({
        code: 'THREAD_NOT_FOUND',
        status: 404,
      })
      await expect(threads.postsOf(id, 'public')).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
    }
    expect(await threads.require(hidden, 'internal')).toMatchObject({ audience: 'internal', source: 'staff' })
  })

  it('shows posts with the question first, their authors where known, and which are accepted', async () => {
    const posts = await threads.postsOf(idOf('open', 't1'), 'public')
    expect(posts.map(({ kind, accepted, author }) => [kind, accepted, author?.name, author?.role])).toEqual([
      ['question', false, 'Ada', 'member'],
      ['comment', false, 'Blaise', 'expert'],
      ['answer', false, 'Blaise', 'expert'],
      ['answer', true, undefined, undefined],
    ])
    expect(posts[1]!.parentId).toBe(posts[0]!.id)
  })

  it('shows links both ways, but to nothing hidden', async () => {
    expect(await threads.linksOf(idOf('open', 't1'), 'public')).toMatchObject([
      { threadId: idOf('open', 't2'), kind: 'duplicate', direction: 'from' },
    ])
    expect(await threads.linksOf(idOf('open', 't2'), 'public')).toMatchObject([
      { threadId: idOf('open', 't1'), direction: 'to' },
    ])
  })

  it('gives facts in the order asked for, without what does not exist', async () => {
    const ids = [idOf('open', 't3'), 'thr_none', idOf('open', 't1')]
    const facts = await threads.facts(ids)
    expect(facts.map(({ id }) => id)).toEqual([ids[0], ids[2]])
    expect(facts[0]).toMatchObject({
      closed: true,
      statedLabels: { category: 'billing' },
      askerRole: 'unknown',
    })
    expect(facts[1]).toMatchObject({
      source: 'open',
      audience: 'public',
      tags: ['sim'],
      views: 9,
      facts: { segment: 'pro' },
      answerCount: 2,
      resolved: true,
      askerRole: 'member',
      firstAnsweredAt: day(3).createdAt,
      question: expect.stringContaining('The text of q1'),
    })
    expect(facts[1]!.askerReputation).toBeUndefined()
  })

  it('walks through all threads that have a question, in chunks, of one source or of all', async () => {
    await importRecords(importDeps(db), [thread('frame')], { source: 'staff' })
    const all: string[] = []
    for (
      let ids = await threads.idsAfter(undefined, 3);
      ids.length > 0;
      ids = await threads.idsAfter(ids.at(-1), 3)
    )
      all.push(...ids)
    expect(all).toHaveLength(4)
    expect(all).toEqual([...all].sort())
    expect(await threads.idsAfter(undefined, 9, { sourceId: stableId('src', 'staff') })).toEqual([
      idOf('staff', 't1'),
    ])
  })
})

it('classifies a thread by its title and its question as plain text', () => {
  expect(threadText({ title: ' Twice? ', question: '**Charged** [twice](https://x.example)' })).toBe(
    'Twice?\nCharged twice',
  )
  expect(threadText({ title: '', question: 'Charged twice' })).toBe('Charged twice')
  expect(threadText({ title: 'Twice?', question: '' })).toBe('Twice?')
})
