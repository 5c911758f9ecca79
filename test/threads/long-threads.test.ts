import { beforeEach, expect, it } from 'vitest'
import { commandLine as actor } from '../../src/access/actor.ts'
import type { ImportDeps } from '../../src/ingest/imports/import-request.ts'
import { createSourceStore } from '../../src/ingest/source-store.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { stableId } from '../../src/platform/ids.ts'
import { mergeThread, unmergeThread } from '../../src/threads/merge-thread.ts'
import { findInThread } from '../../src/threads/personal-data-routes.ts'
import { createProtectionStore } from '../../src/threads/protections/protection-store.ts'
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

describeEachDatabase('threads of very many posts', (database) => {
  let db: Database
  let deps: ImportDeps
  beforeEach(async () => {
    db = (await database()).db
    deps = importDeps(db)
    await clearThreads(db)
  })

  it('are merged and unmerged with a chain of thousands of comments, each on the one before', async () => {
    await importRecords(deps, [
      thread('a'),
      question('qa', 'a'),
      thread('b'),
      question('qb', 'b'),
      comment('c0', 'qb'),
    ])
    const first = await db.sql('posts').where({ external_id: 'c0' }).first()
    const length = 8000
    const chain = Array.from({ length }, (_, i) => ({
      ...first,
      id: `pst_chain_${i + 1}`,
      external_id: `c${i + 1}`,
      parent_id: i === 0 ? first.id : `pst_chain_${i}`,
    }))
    await db.sql.batchInsert('posts', chain.reverse(), 500)
    const threads = createThreadStore(db)
    const curate = {
      ...deps,
      threads,
      sources: createSourceStore(db, deps.clock),
      protections: createProtectionStore(db, deps.clock),
    }
    await mergeThread(curate, { threadId: thr('b'), into: thr('a'), actor })
    expect(await threads.postsOf(thr('a'), 'internal')).toHaveLength(length + 3)
    await unmergeThread(curate, { threadId: thr('b'), actor })
    expect(await threads.postsOf(thr('b'), 'internal')).toHaveLength(length + 2)
  })

  it('are searched for personal data in turns with what else there is to do', async () => {
    const answers = Array.from({ length: 100 }, (_, i) => answer(`a${i}`, 't'))
    await importRecords(deps, [thread('t'), question('q', 't'), ...answers])
    const stored = createThreadStore(db)
    const [stated, posts] = [
      await stored.require(thr('t'), 'internal'),
      await stored.postsOf(thr('t'), 'internal'),
    ]
    const threads = { ...stored, require: async () => stated, postsOf: async () => posts }
    let turns = 0
    let isDone = false
    const count = () => {
      turns += 1
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    await findInThread(threads, thr('t'), 'internal', { identifiers: [] })
    isDone = true
    expect(turns).toBeGreaterThan(5)
  })
})
