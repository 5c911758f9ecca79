import { expect, it } from 'vitest'
import type { Audience } from '../../src/access/audience.ts'
import type { CitationView } from '../../src/articles/citation.ts'
import { applyRecords } from '../../src/ingest/rows/apply-records.ts'
import type { SourceItem, SourceRecord } from '../../src/sources/record.ts'
import { mergeThread, unmergeThread } from '../../src/threads/merge-thread.ts'
import { splitThread } from '../../src/threads/split-thread.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { manager, openWorld, type ThreadFixture } from './world.ts'

const threads: Readonly<Record<string, ThreadFixture>> = {
  t: {
    title: 'Blinking router',
    question: 'Why does it blink?',
    answers: [{ body: 'Restart it.', accepted: true }],
  },
  u: { title: 'Lamp', question: 'My lamp flickers.', answers: [{ body: 'Change the fuse.' }] },
}

describeEachDatabase('what became of threads', (database) => {
  async function open() {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', threads)
    const call = await world.app([manager])
    const { id } = (await call('manager', 'POST', `/threads/${thread('t')}/promote`)).body
    await call('manager', 'POST', `/articles/${id}/publish`, { audience: 'public' })
    await world.runJobs()
    const externalIds = async (threadId: string) =>
      world.db.sql('posts').where({ thread_id: threadId }).orderBy('kind').pluck('external_id')
    return {
      world,
      thread,
      call,
      id,
      answerOf: async (name: string) => (await externalIds(thread(name)))[0] as string,
      async deliver(...records: SourceRecord[]) {
        const items: SourceItem[] = records.map((record) => ({
          outcome: 'record',
          record,
          place: { file: 'delivery' },
        }))
        await applyRecords(world, { source: 'forum', records: items })
        await world.runJobs()
      },
      async flags() {
        const { citations } = (await call('manager', 'GET', `/articles/${id}`)).body
        return Object.fromEntries(citations.map((one: CitationView) => [one.section, one.flag ?? 'sound']))
      },
      async found(query: string) {
        const { body } = await call(undefined, 'GET', `/search?q=${query}`)
        return body.items.map((item: { id: string }) => item.id)
      },
    }
  }

  it('flags an article that rests on a removed post, until that is back', async () => {
    const { deliver, flags, answerOf, world, thread } = await open()
    const id = await answerOf('t')
    const [row] = await world.db.sql('posts').where({ thread_id: thread('t'), external_id: id })
    await deliver({ type: 'removal', of: 'post', id })
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'deleted' })
    const { body, created_at: createdAt } = row
    await deliver({ type: 'post', id, kind: 'answer', threadId: 't', body, format: 'markdown', createdAt })
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'sound' })
  })

  it('tells nobody but staff that an article rests on a post that was removed', async () => {
    const { deliver, answerOf, world, id } = await open()
    const sections = async (reader: Audience) =>
      (await world.citations.of(id, reader)).map(({ section }) => section)
    expect(await sections('public')).toEqual(['issue', 'resolution'])
    await deliver({ type: 'removal', of: 'post', id: await answerOf('t') })
    expect(await sections('public')).toEqual(['issue'])
    expect(await sections('customer')).toEqual(['issue'])
    expect(await sections('internal')).toEqual(['issue', 'resolution'])
  })

  it('flags every section and forgets the document when the thread is removed', async () => {
    const { deliver, flags, found, thread } = await open()
    expect(await found('blink')).toContain(thread('t'))
    await deliver({ type: 'removal', of: 'thread', id: 't' })
    expect(await flags()).toEqual({ issue: 'deleted', resolution: 'deleted' })
    expect(await found('blink')).not.toContain(thread('t'))
  })

  it('keeps the citations of an article whose thread is merged, and finds its answers in the other', async () => {
    const { flags, found, thread, world, call } = await open()
    await mergeThread(world, { threadId: thread('t'), into: thread('u'), actor: manager })
    await world.runJobs()
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'sound' })
    expect(await found('restart')).toContain(thread('u'))
    expect(await found('restart')).not.toContain(thread('t'))
    const again = await call('manager', 'POST', `/threads/${thread('t')}/promote`)
    expect(again.status).toBe(200)
    await world.importThreads('forum', 'public', threads)
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'sound' })
    await unmergeThread(world, { threadId: thread('t'), actor: manager })
    await world.runJobs()
    expect(await found('restart')).toContain(thread('t'))
    expect(await found('restart')).not.toContain(thread('u'))
  })

  it('makes no article of a thread that is shown within another', async () => {
    const { thread, world, call } = await open()
    await mergeThread(world, { threadId: thread('u'), into: thread('t'), actor: manager })
    const refused = await call('manager', 'POST', `/threads/${thread('u')}/promote`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'THREAD_MERGED' } })
  })

  it('finds a thread that was split off, and its posts no more in the one they left', async () => {
    const { thread, world, found } = await open()
    const row = await world.db
      .sql('posts')
      .where({ thread_id: thread('u'), kind: 'answer' })
      .first('id')
    const made = await splitThread(world, { threadId: thread('u'), postIds: [row.id], actor: manager })
    await world.runJobs()
    expect(await found('fuse')).toEqual([made.id])
  })
})
