import { afterEach, expect, it } from 'vitest'
import {
  type DiscourseDouble,
  KEY,
  manyTopics,
  startDiscourseDouble,
} from '../../sources/discourse/discourse-double.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { type ImportService, serveImports } from './serve-imports.ts'

describeEachDatabase('a crawl', (database) => {
  const open: (ImportService | DiscourseDouble)[] = []
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close()
  })

  async function setUp(works = true) {
    const double = await startDiscourseDouble(manyTopics(12))
    open.push(double)
    const service = await serveImports(await database(), {
      works,
      env: { ENTRAIDE_PRIVATE_HOSTS: '127.0.0.1' },
    })
    open.push(service)
    const admin = await service.headersFor('admin')
    const json = { ...admin, 'content-type': 'application/json' }
    await service.app.ingest.sources.ensure({ name: 'forum', format: 'discourse', audience: 'internal' })
    await service.app.ingest.sources.ensure({ name: 'files', format: 'ndjson', audience: 'internal' })
    const crawl = (source: string, body: object = {}) =>
      service.post(`/sources/${source}/crawl`, JSON.stringify(body), json)
    const giveAccess = () =>
      fetch(`${service.url}/api/sources/forum/access`, {
        method: 'PUT',
        headers: json,
        body: JSON.stringify({ address: double.url, credentials: { user: 'system', token: KEY } }),
      })
    return { service, double, crawl, giveAccess }
  }

  it('reads a source through its API, shows the token nowhere, and goes on where it was', async () => {
    const { service, double, crawl, giveAccess } = await setUp()
    expect((await crawl('forum')).body.code).toBe('CRAWL_ACCESS_REQUIRED')
    expect((await crawl('files')).body.code).toBe('CRAWL_UNSUPPORTED')
    expect((await giveAccess()).status).toBe(204)
    const begun = await crawl('forum')
    expect(begun).toMatchObject({ status: 202, body: { origin: 'crawl', source: 'forum', files: [] } })
    const done = await service.ended(begun.body.id)
    expect(done).toMatchObject({ status: 'completed', summary: { threads: { new: 12 } } })
    expect(JSON.stringify(await service.app.platform.db.sql('imports'))).not.toContain(KEY)

    double.requests.length = 0
    const again = await service.ended((await crawl('forum')).body.id)
    expect(again.summary.threads).toMatchObject({ new: 0, changed: 0 })
    expect(double.topicRequests().length).toBeLessThan(12)
  })

  it('runs once at a time, and can be cancelled and resumed', async () => {
    const { service, crawl, giveAccess } = await setUp(false)
    await giveAccess()
    const { id } = (await crawl('forum')).body
    expect((await crawl('forum', { since: '2026-01-01' })).body.id).toBe(id)
    expect((await service.post(`/imports/${id}/cancel`)).body.status).toBe('cancelled')
    expect((await service.post(`/imports/${id}/resume`)).body).toMatchObject({ id, status: 'queued' })
  })
})
