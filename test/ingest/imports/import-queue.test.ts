import { beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { createImportQueue, type ImportQueue } from '../../../src/ingest/imports/import-queue.ts'
import { createSourceStore } from '../../../src/ingest/source-store.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { clearThreads, importDeps } from '../support.ts'

describeEachDatabase.always('the queue of imports', (database) => {
  let queue: ImportQueue
  beforeEach(async () => {
    const { db } = await database()
    await clearThreads(db)
    const { clock } = importDeps(db)
    queue = createImportQueue(db, clock)
    const { id: sourceId } = await createSourceStore(db, clock).ensure({
      name: 'forum',
      format: 'ndjson',
      audience: 'internal',
    })
    const request = { format: 'ndjson', source: 'forum', actor: commandLine }
    await queue.add({ id: 'imp_1', sourceId, request, files: [], homeId: 'home' })
  })

  const state = async () => {
    const { status, attempts, isCancelled } = (await queue.find('imp_1'))!
    return { status, attempts, isCancelled }
  }

  it('begins attempt after attempt, and none of an import that is not there', async () => {
    expect(await queue.start('imp_1')).toBe(1)
    expect(await queue.start('imp_1')).toBe(2)
    expect(await queue.start('imp_2')).toBeUndefined()
    expect(await state()).toEqual({ status: 'running', attempts: 2, isCancelled: false })
  })

  it('does not begin an import that was cancelled, before it ran or while it does', async () => {
    await queue.start('imp_1')
    await queue.requestCancellation('imp_1')
    expect(await queue.start('imp_1')).toBeUndefined()
    expect(await state()).toEqual({ status: 'running', attempts: 1, isCancelled: true })
    await queue.pause('imp_1', { attempt: 1, counts: true })
    await queue.requestCancellation('imp_1')
    expect(await queue.start('imp_1')).toBeUndefined()
    expect(await state()).toEqual({ status: 'cancelled', attempts: 1, isCancelled: true })
  })

  it('does not pause a run when an earlier attempt asks for that', async () => {
    await queue.start('imp_1')
    await queue.start('imp_1')
    await queue.pause('imp_1', { attempt: 1, counts: false })
    expect(await state()).toEqual({ status: 'running', attempts: 2, isCancelled: false })
    await queue.pause('imp_1', { attempt: 2, counts: false })
    expect(await state()).toEqual({ status: 'queued', attempts: 1, isCancelled: false })
  })
})
