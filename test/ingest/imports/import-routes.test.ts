import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { importInWorker } from '../../../src/ingest/imports/import-in-worker.ts'
import { createImportQueue } from '../../../src/ingest/imports/import-queue.ts'
import { type RunImportDeps, runImport } from '../../../src/ingest/imports/run-import.ts'
import { createUploadFolder } from '../../../src/ingest/imports/upload-folder.ts'
import { contentDigest } from '../../support/content-digest.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { answer, fileOf, question, thread } from '../support.ts'
import { form, type ImportService, serveImports } from './serve-imports.ts'

const records = (threads: number) =>
  Array.from({ length: threads }, (_, i) => [
    thread(`t${i}`),
    question(`q${i}`, `t${i}`, { body: `<p>Question ${i} ${'and more '.repeat(60)}</p>`, format: 'html' }),
    answer(`a${i}`, `t${i}`),
  ])
    .flat()
    .map((record) => JSON.stringify(record))
const ndjson = (threads: number) => `${records(threads).join('\n')}\n`

describeEachDatabase('imports over HTTP', (database) => {
  let address: TestDatabase
  let service: ImportService
  beforeAll(async () => {
    address = await database()
    service = await serveImports(address)
  })
  afterAll(() => service.close())

  const send = async (
    source: string,
    files: Record<string, string | Uint8Array<ArrayBuffer>>,
    more: object = {},
  ) => {
    const accepted = await service.post('/imports', form({ format: 'ndjson', source, ...more }, files))
    expect(accepted.status).toBe(202)
    return accepted.body.id as string
  }
  /** They go right after the end of an import. */
  const filesGone = async (id: string) => {
    while (existsSync(join(address.home, 'uploads', id))) await sleep(20)
  }

  it('end in the database that the command line makes of the same files, which are then removed', async () => {
    const [undisturbed, first, second] = [await database(), ndjson(40), ndjson(60)]
    const summary = await importInWorker(
      { address: undisturbed, identifiers: [], wake: () => undefined },
      { format: 'ndjson', source: 'town', actor: commandLine, paths: [fileOf(first), fileOf(second)] },
    )
    const done = await service.ended(await send('town', { 'one.ndjson': first, 'two.ndjson': second }))
    expect(done).toMatchObject({ status: 'completed', attempts: 1, progress: { posts: 200 } })
    expect(done.summary).toEqual(summary)
    await filesGone(done.id)
    expect(await contentDigest(service.app.platform.db)).toEqual(await contentDigest(undisturbed.db))
  })

  it('read a folder of tables where the format has such', async () => {
    const folder = fileURLToPath(new URL('../../../fixtures/formats/stack-exchange/', import.meta.url))
    const names = readdirSync(folder).filter((name) => name.endsWith('.xml'))
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]))
    const done = await service.ended(await send('tables', files, { format: 'stack-exchange' }))
    expect(done).toMatchObject({ status: 'completed', files: { length: names.length } })
    const source = await service.app.ingest.sources.require('tables')
    const members = await address.db.sql('members').where({ source_id: source.id }).count('* as n').first()
    expect(Number(members?.n)).toBeGreaterThan(0)
  })

  it('list what they rejected by the name of the uploaded file, its line and the reason, page by page', async () => {
    const id = await send('partly', { 'part.ndjson': `no\n${ndjson(1)}{"type":"cat"}\nno\n` })
    const done = await service.ended(id)
    expect(done).toMatchObject({ status: 'completed', summary: { posts: { new: 2, rejected: 3 } } })
    const first = await service.get(`/imports/${id}/rejections?limit=2`)
    expect(first.body.items).toMatchObject([
      { number: 1, code: 'LINE_NOT_JSON', place: { file: 'part.ndjson', line: 1 } },
      { number: 2, place: { file: 'part.ndjson', line: 5 } },
    ])
    const rest = await service.get(`/imports/${id}/rejections?limit=2&cursor=${first.body.next}`)
    expect(rest.body).toMatchObject({ items: [{ number: 3, place: { line: 6 } }] })
    expect(rest.body.next).toBeUndefined()
  })

  it('fail with the code, the line and no path of the server when an export cannot be read', async () => {
    const zip = Buffer.from('504b0304140000000800', 'hex')
    const failed = [
      await service.ended(await send('zipped', { 'Posts.xml': zip }, { format: 'stack-exchange' })),
      await service.ended(
        await send('tableless', { 'a.xml': '<x/>', 'b.xml': '<x/>' }, { format: 'stack-exchange' }),
      ),
      await service.ended(await send('empty', { 'a.csv': '' }, { format: 'csv' })),
    ]
    for (const body of failed) {
      expect(body).toMatchObject({
        status: 'failed',
        error: { code: expect.stringMatching(/^(XML|FILE)_/) },
      })
      expect(JSON.stringify(body)).not.toContain(address.home)
      await filesGone(body.id)
    }
    expect(failed[0].error.message).toContain('Posts.xml')
    expect(await address.db.sql('jobs').where({ status: 'dead' })).toEqual([])
  })

  it('of one source at once both end, and nothing is there twice', async () => {
    const body = ndjson(120)
    const ids = [await send('both', { a: body }), await send('both', { a: body })]
    const [one, other] = [await service.ended(ids[0]!), await service.ended(ids[1]!)]
    expect([one.status, other.status]).toEqual(['completed', 'completed'])
    expect(one.summary.posts.new + other.summary.posts.new).toBe(240)
    expect(one.summary.posts.unchanged + other.summary.posts.unchanged).toBe(240)
  })

  it('change the settings of their source only once they run, and record who did', async () => {
    await service.ended(await send('opened', { a: ndjson(1) }))
    const done = await service.ended(await send('opened', { a: ndjson(1) }, { audience: 'public' }))
    expect((await service.app.ingest.sources.require('opened')).audience).toBe('public')
    const entries = (await service.app.access.audit.list({ limit: 3 })).items
    const change = entries.find(({ action }) => action === 'source.changed')
    expect(change).toMatchObject({ actor: done.startedBy, before: { audience: 'internal' } })
  })

  it('are listed newest first by source and status, and shown to those who see the source', async () => {
    const all = await service.get('/imports?limit=1')
    expect(all.body).toMatchObject({ items: [{ source: 'opened' }], next: expect.any(String) })
    const more = await service.get(`/imports?limit=100&cursor=${all.body.next}`)
    expect(more.body.items.map(({ id }: { id: string }) => id)).not.toContain(all.body.items[0].id)
    expect((await service.get('/imports?status=failed')).body.items).toHaveLength(3)
    expect((await service.get('/imports?source=both&status=completed')).body.items).toHaveLength(2)
    const outsider = await service.headersFor('supervisor', 'public')
    const seen: { source: string }[] = (await service.get('/imports?limit=100', outsider)).body.items
    expect(new Set(seen.map(({ source }) => source))).toEqual(new Set(['opened']))
    const hidden = (await service.get('/imports?source=both')).body.items[0].id
    for (const path of [hidden, `${hidden}/rejections`, `${hidden}/events`, 'imp_none'])
      expect(await service.get(`/imports/${path}`, outsider)).toMatchObject({
        status: 404,
        body: { code: 'IMPORT_NOT_FOUND' },
      })
    expect((await service.get('/imports', await service.headersFor('agent'))).status).toBe(403)
  })

  it('that are cancelled stop at the next batch, keep what they committed, and answer the same again', async () => {
    const id = await send('cut', { a: ndjson(4000) })
    const cancel = () => service.post(`/imports/${id}/cancel`)
    while (((await service.get(`/imports/${id}`)).body.progress?.posts ?? 0) === 0) await sleep(5)
    expect((await cancel()).body).toMatchObject({ status: 'running', cancelRequestedAt: expect.any(String) })
    const done = await service.ended(id)
    expect(done.status).toBe('cancelled')
    expect(done.summary.posts.new).toBeGreaterThan(0)
    expect(done.summary.posts.new).toBeLessThan(8000)
    const source = await service.app.ingest.sources.require('cut')
    const held = await address.db.sql('posts').where({ source_id: source.id }).count('* as n').first()
    expect(Number(held?.n)).toBe(done.summary.posts.new)
    expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled' } })

    const resumed = await service.post(`/imports/${id}/resume`)
    expect(resumed).toMatchObject({ status: 200, body: { id, status: 'queued', attempts: 0 } })
    expect(resumed.body).not.toHaveProperty('cancelRequestedAt')
    const whole = await service.ended(id)
    expect(whole).toMatchObject({ status: 'completed', summary: { posts: { new: 8000 } } })
    await filesGone(id)
    expect(await service.post(`/imports/${id}/resume`)).toMatchObject({
      status: 409,
      body: { code: 'IMPORT_NOT_RESUMABLE' },
    })
    const audited = (await service.app.access.audit.list({ target: id, limit: 10 })).items
    expect(audited.map(({ action }) => action)).toEqual(['import.resumed', 'import.cancelled'])
  })

  it('that have ended cannot be cancelled', async () => {
    const done = await service.ended(await send('quick', { a: ndjson(1) }))
    expect(await service.post(`/imports/${done.id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'IMPORT_ENDED' },
    })
    expect((await service.post('/imports/imp_none/cancel')).status).toBe(404)
  })
})

describeEachDatabase('imports over HTTP that wait', (database) => {
  it('are cancelled before they begin, and their files go when they can no longer be resumed', async () => {
    const address = await database()
    const waiting = await serveImports(address, { works: false })
    const upload = form({ format: 'ndjson', source: 'forum' }, { a: ndjson(3) })
    const { id } = (await waiting.post('/imports', upload)).body
    expect((await waiting.post(`/imports/${id}/cancel`)).body.status).toBe('cancelled')
    await waiting.close()
    const long = new Date(Date.now() - 86_400_000).toISOString()
    await address.db.sql('imports').where({ id }).update({ finished_at: long })
    const service = await serveImports(address)
    const folder = join(address.home, 'uploads', id)
    while (existsSync(folder)) await sleep(20)
    expect(await service.ended(id)).toMatchObject({ status: 'cancelled', attempts: 0 })
    expect(await address.db.sql('posts').first()).toBeUndefined()
    await service.close()
  })

  it('keep their files when they are resumed while the job that would remove these looks at them', async () => {
    const address = await database()
    const waiting = await serveImports(address, { works: false })
    const { id } = (
      await waiting.post('/imports', form({ format: 'ndjson', source: 'forum' }, { a: ndjson(3) }))
    ).body
    await waiting.post(`/imports/${id}/cancel`)
    const { platform } = waiting.app
    const queue = createImportQueue(address.db, platform.clock)
    const resumedOnceRead: typeof queue = {
      ...queue,
      async find(wanted) {
        const found = await queue.find(wanted)
        if (found?.status === 'cancelled') await waiting.post(`/imports/${id}/resume`)
        return found
      },
    }
    const uploads = createUploadFolder(address.home)
    const deps: Partial<RunImportDeps> = { ...platform, queue: resumedOnceRead, uploads }
    await runImport(deps as RunImportDeps, id, new AbortController().signal)
    await waiting.close()
    const service = await serveImports(address)
    expect(await service.ended(id)).toMatchObject({ status: 'completed', summary: { posts: { new: 6 } } })
    await service.close()
  })

  it('fail when their files are lost, and are left to the machine that has them', async () => {
    const address = await database()
    const here = await serveImports(address, { works: false })
    const ids: string[] = []
    for (const source of ['lost', 'elsewhere']) {
      const upload = form({ format: 'ndjson', source }, { a: ndjson(3) })
      ids.push((await here.post('/imports', upload)).body.id)
    }
    rmSync(join(address.home, 'uploads', ids[0]!), { recursive: true })
    if (address.databaseUrl !== undefined) {
      const other = await serveImports({ ...address, home: join(address.home, 'other') })
      await sleep(1500)
      for (const id of ids) expect((await here.get(`/imports/${id}`)).body.status).toBe('queued')
      await other.close()
    }
    await here.close()
    const back = await serveImports(address)
    expect(await back.ended(ids[0]!)).toMatchObject({
      status: 'failed',
      error: { code: 'IMPORT_FILES_LOST' },
    })
    expect(await back.ended(ids[1]!)).toMatchObject({ status: 'completed' })
    await back.close()
  })
})
