import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { writeCommunity } from '../support/community.ts'
import { contentDigest } from '../support/content-digest.ts'
import { type DatabaseAddress, describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { runJson, type Service, startService } from '../support/service.ts'

interface Import {
  readonly id: string
  readonly status: string
  readonly attempts: number
  readonly summary?: object
  readonly progress?: { readonly posts: number; readonly bytesRead: number; readonly bytesTotal: number }
}

const THREADS = 2500

describeEachDatabase('an import over HTTP whose process is killed', (database) => {
  const scratch = mkdtempSync(join(tmpdir(), 'entraide-import-kill-'))
  const running = new Set<Service>()
  afterAll(async () => {
    for (const service of running) await service.kill()
    rmSync(scratch, { recursive: true, force: true })
  })

  async function start(address: DatabaseAddress): Promise<Service> {
    const service = await startService(address)
    running.add(service)
    return service
  }

  async function kill(service: Service): Promise<void> {
    running.delete(service)
    await service.kill()
  }

  async function upload(service: Service, key: string, dump: string): Promise<string> {
    const form = new FormData()
    form.append('format', 'ndjson')
    form.append('source', 'town')
    form.append('file', new Blob([readFileSync(dump)]), 'community.ndjson')
    const headers = { authorization: `Bearer ${key}` }
    const response = await fetch(`${service.url}/api/imports`, { method: 'POST', headers, body: form })
    expect(response.status).toBe(202)
    return ((await response.json()) as Import).id
  }

  const look = async (service: Service, key: string, id: string) =>
    (await service.call<Import>(`/api/imports/${id}`, { key })).body

  async function untilRead(service: Service, key: string, id: string, share: number): Promise<Import> {
    for (;;) {
      const now = await look(service, key, id)
      const { bytesRead = 0, bytesTotal = 1 } = now.progress ?? {}
      if (bytesRead >= share * bytesTotal && (share === 0 || now.status !== 'queued')) return now
      await sleep(10)
    }
  }

  async function untilEnded(service: Service, key: string, id: string): Promise<Import> {
    for (;;) {
      const now = await look(service, key, id)
      if (now.status !== 'queued' && now.status !== 'running') return now
      await sleep(50)
    }
  }

  /** What time does: the lease of the dead worker runs out. */
  async function letLeasesEnd({ db }: TestDatabase): Promise<void> {
    await db.sql('jobs').where({ status: 'running' }).update({ leased_until: '2020-01-01T00:00:00.000Z' })
  }

  const keyOf = async (address: DatabaseAddress) => {
    const args = ['keys', 'create', '--name', 'test', '--role', 'knowledge-manager']
    return (await runJson<{ token: string }>(address, args)).token
  }

  it('goes on at the next start, wherever it was, and ends with the database and the totals of an undisturbed one', {
    timeout: 600_000,
  }, async () => {
    const dump = writeCommunity(join(scratch, 'community.ndjson'), { threads: THREADS })
    const undisturbed = await database()
    const undisturbedKey = await keyOf(undisturbed)
    const calm = await start(undisturbed)
    const whole = await untilEnded(calm, undisturbedKey, await upload(calm, undisturbedKey, dump))
    expect(whole).toMatchObject({ status: 'completed', attempts: 1 })
    await kill(calm)

    const disturbed = await database()
    const key = await keyOf(disturbed)
    let service = await start(disturbed)
    const id = await upload(service, key, dump)
    let committed = 0
    for (const share of [0, 0.2, 0.5, 0.8]) {
      const before = await untilRead(service, key, id, share)
      await sleep(Math.random() * 30)
      await kill(service)
      expect(before.status).toMatch(/queued|running/)
      const held = Number((await disturbed.db.sql('posts').count('* as n').first())?.n)
      expect(held).toBeGreaterThanOrEqual(Math.max(committed, before.progress?.posts ?? 0))
      committed = held
      await letLeasesEnd(disturbed)
      service = await start(disturbed)
    }
    const done = await untilEnded(service, key, id)
    expect(done.attempts).toBeGreaterThan(2)
    expect({ ...done, summary: undefined }).toMatchObject({ id, status: 'completed' })
    expect(done.summary).toEqual(whole.summary)
    expect(await contentDigest(disturbed.db)).toEqual(await contentDigest(undisturbed.db))
    const { body } = await service.call<{ items: unknown[] }>('/api/imports', { key })
    expect(body.items).toHaveLength(1)
    await kill(service)
  })

  it('is picked up at once by the next start when its process was told to stop', {
    timeout: 120_000,
  }, async () => {
    const dump = writeCommunity(join(scratch, 'again.ndjson'), { threads: THREADS })
    const address = await database()
    const key = await keyOf(address)
    const first = await start(address)
    const id = await upload(first, key, dump)
    await untilRead(first, key, id, 0.2)
    running.delete(first)
    expect(await first.stop()).toBe(0)
    const [stopped] = await address.db.sql('imports')
    expect(stopped).toMatchObject({ status: 'queued', attempts: 0 })
    const second = await start(address)
    expect(await untilEnded(second, key, id)).toMatchObject({ status: 'completed', attempts: 1 })
    await kill(second)
  })

  it('leaves no import, and files only until they are swept up, when the upload was still arriving', {
    timeout: 60_000,
  }, async () => {
    const address = await database()
    const key = await keyOf(address)
    const service = await start(address)
    const endless = new ReadableStream({
      async pull(controller) {
        await sleep(5)
        controller.enqueue(Buffer.from('x'.repeat(1000)))
      },
      start(controller) {
        controller.enqueue(
          Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'),
        )
      },
    })
    const sending = fetch(`${service.url}/api/imports`, {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'multipart/form-data; boundary=x' },
    } as RequestInit).catch(() => undefined)
    await sleep(500)
    await kill(service)
    await sending
    expect(await address.db.sql('imports')).toEqual([])
    expect(await address.db.sql('jobs').where({ type: 'ingest.run-import' })).toEqual([])

    const uploads = join(address.home, 'uploads')
    const [left] = readdirSync(uploads).filter((name) => name.endsWith('.part'))
    const hoursAgo = new Date(Date.now() - 3 * 3_600_000)
    const paths = [join(uploads, left!, 'a.csv'), join(uploads, left!)]
    for (const path of paths) utimesSync(path, hoursAgo, hoursAgo)
    const next = await start(address)
    const dump = writeCommunity(join(scratch, 'small.ndjson'), { threads: 2 })
    await untilEnded(next, key, await upload(next, key, dump))
    expect(readdirSync(uploads)).not.toContain(left)
    await kill(next)
  })
})
