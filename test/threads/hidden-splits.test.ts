import { beforeEach, expect, it } from 'vitest'
import { commandLine as actor } from '../../src/access/actor.ts'
import type { ImportDeps } from '../../src/ingest/imports/import-request.ts'
import { applyRecords } from '../../src/ingest/rows/apply-records.ts'
import { createSourceStore } from '../../src/ingest/source-store.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { stableId } from '../../src/platform/ids.ts'
import type { SourceRecord } from '../../src/sources/record.ts'
import { type CurateDeps, mergeThread } from '../../src/threads/merge-thread.ts'
import { createProtectionStore } from '../../src/threads/protections/protection-store.ts'
import { readableThreads } from '../../src/threads/readable-threads.ts'
import { splitThread, unsplitThread } from '../../src/threads/split-thread.ts'
import { createThreadStore } from '../../src/threads/thread-store.ts'
import {
  answer,
  clearThreads,
  comment,
  importDeps,
  importRecords,
  question,
  thread,
} from '../ingest/support.ts'
import { describeEachDatabase } from '../support/databases.ts'

const thr = (externalId: string) => stableId('thr', 'forum', externalId)
const pst = (externalId: string) => stableId('pst', 'forum', externalId)
const on = (day: number) => ({ createdAt: `2024-02-0${day}T00:00:00.000Z` })

describeEachDatabase('split threads whose question is removed', (database) => {
  let deps: ImportDeps
  let curate: CurateDeps
  let store: ReturnType<typeof createThreadStore>
  beforeEach(async () => {
    const db: Database = (await database()).db
    deps = importDeps(db)
    store = createThreadStore(db)
    curate = {
      ...deps,
      threads: store,
      sources: createSourceStore(db, deps.clock),
      protections: createProtectionStore(db, deps.clock),
    }
    await clearThreads(db)
    await importRecords(deps, [
      thread('a', on(2)),
      question('qa', 'a', on(2)),
      answer('a1', 'a', on(4)),
      thread('b', on(1)),
      question('qb', 'b', on(1)),
      answer('b1', 'b', on(5)),
      comment('cb', 'b1', on(6)),
      answer('b2', 'b', on(8)),
    ])
  })

  const split = () => splitThread(curate, { threadId: thr('b'), postIds: [pst('b1'), pst('b2')], actor })
  const get = (id: string) => store.require(id, 'internal')
  const names = new Map(['qa', 'a1', 'qb', 'b1', 'cb', 'b2'].map((each) => [pst(each), each]))
  const shown = async (threadId: string) =>
    (await store.postsOf(threadId, 'internal')).map(({ id, kind }) => `${kind} ${names.get(id)}`)
  const deliver = (record: SourceRecord) =>
    applyRecords(deps, {
      source: 'forum',
      records: [{ outcome: 'record', record, place: { file: 'delivery' } }],
    })

  it('hides such a thread from every query over the threads that a reader may see', async () => {
    const made = await split()
    const seen = async () => {
      const kinds = ['present', 'questioned', 'unremoved', 'stored'] as const
      const found = kinds.map(async (which) => {
        const row = await readableThreads(deps.db, 'internal', { which }).where('t.id', made.id).first('t.id')
        return row === undefined ? [] : [which]
      })
      return (await Promise.all(found)).flat()
    }
    expect(await seen()).toEqual(['present', 'questioned', 'unremoved', 'stored'])
    await deliver({ type: 'removal', of: 'post', id: 'b1' })
    expect(await seen()).toEqual(['stored'])
    await deliver(answer('b1', 'b', on(5)))
    expect(await seen()).toEqual(['present', 'questioned', 'unremoved', 'stored'])
  })

  it('hides such a thread, with the title made of its question, until that is back', async () => {
    const made = await split()
    const listed = async () => (await store.list({ reader: 'internal', limit: 10 })).items.map(({ id }) => id)
    expect(await listed()).toContain(made.id)
    await deliver({ type: 'removal', of: 'post', id: 'b1' })
    expect(await listed()).not.toContain(made.id)
    await expect(get(made.id)).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
    expect(await store.facts([made.id])).toEqual([])
    await deliver(answer('b1', 'b', on(5)))
    expect(await get(made.id)).toMatchObject({ questionId: pst('b1') })
    expect(await shown(made.id)).toEqual(['question b1', 'comment cb', 'answer b2'])
  })

  it('hides it where it is merged too, and shows the other posts when the split is taken back', async () => {
    const made = await split()
    await mergeThread(curate, { threadId: made.id, into: thr('a'), actor })
    expect(await get(made.id)).toMatchObject({ mergedInto: thr('a') })
    await deliver({ type: 'removal', of: 'post', id: 'b1' })
    await expect(get(made.id)).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
    expect(await shown(thr('a'))).toContain('answer b2')
    await unsplitThread(curate, { threadId: made.id, actor })
    expect(await shown(thr('b'))).toEqual(['question qb', 'answer b2'])
    expect(await shown(thr('a'))).toEqual(['question qa', 'answer a1'])
  })
})
