import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { form, type ImportService, serveImports } from './serve-imports.ts'

const LIMIT = 200_000
const csv = 'text,label\nMy line is dead,network\n'

describeEachDatabase('uploads to import', (database) => {
  let address: TestDatabase
  let service: ImportService
  const uploads = () => join(address.home, 'uploads')
  /** What lies on the disk of uploads, whole or arriving. */
  const kept = () =>
    existsSync(uploads()) ? readdirSync(uploads()).filter((name) => name !== 'home-id') : []

  beforeAll(async () => {
    address = await database()
    service = await serveImports(address, { works: false, env: { ENTRAIDE_UPLOAD_LIMIT: String(LIMIT) } })
  })
  afterAll(() => service.close())

  async function refused(body: FormData | string, headers: Record<string, string> = {}) {
    const before = kept()
    const answer = await service.post('/imports', body, headers)
    expect(kept()).toEqual(before)
    return { status: answer.status, code: answer.body.code, errors: answer.body.errors }
  }

  it('are acknowledged once their files are on the disk, by their own names and whatever part comes first', async () => {
    const data = new FormData()
    data.append('file', new Blob([csv]), 'première partie.csv')
    data.append('source', '  Forum  ')
    data.append('file', new Blob(['text,label\nNo sound,tv\n']), '../../../etc/passwd')
    data.append('format', 'csv')
    data.append('file', new Blob([csv]), 'C:\\dumps\\last.csv')
    const answer = await service.post('/imports', data)
    expect(answer).toMatchObject({
      status: 202,
      body: {
        status: 'queued',
        source: 'Forum',
        attempts: 0,
        files: [{ name: 'première partie.csv', bytes: csv.length }, { name: 'passwd' }, { name: 'last.csv' }],
      },
    })
    expect(answer.headers.get('location')).toBe(`/api/imports/${answer.body.id}`)
    const folder = join(uploads(), answer.body.id)
    expect(readdirSync(folder).sort()).toEqual(['last.csv', 'passwd', 'première partie.csv'])
    expect(readFileSync(join(folder, 'last.csv'), 'utf8')).toBe(csv)
    const [audited] = (await service.app.access.audit.list({ limit: 1 })).items
    expect(audited).toMatchObject({ action: 'threads.imported', after: { importId: answer.body.id } })
  })

  it('are refused with a code, and leave nothing behind, when something is missing, unknown or twice', async () => {
    const fields = { format: 'csv', source: 'forum' }
    const files = { 'a.csv': csv }
    expect(await refused(form({ format: 'csv' }, files))).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
      errors: [{ where: 'body/source', message: 'is required' }],
    })
    expect(await refused(form({ ...fields, colour: 'red' }, files))).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ where: 'body/colour' }],
    })
    expect(await refused(form({ ...fields, audience: 'all' }, files))).toMatchObject({
      code: 'VALIDATION_FAILED',
    })
    expect(await refused(form({ ...fields, format: 'zip' }, files))).toMatchObject({
      status: 400,
      code: 'SOURCE_FORMAT_UNKNOWN',
    })
    expect(await refused(form({ ...fields, source: ' \n ' }, files))).toMatchObject({
      status: 400,
      code: 'SOURCE_NAME_INVALID',
    })
    expect(await refused(form(fields, {}))).toMatchObject({ status: 400, code: 'UPLOAD_WITHOUT_FILE' })
    expect(await refused(form(fields, { 'a.csv': csv, 'x/A.CSV': csv }))).toMatchObject({
      status: 400,
      code: 'UPLOAD_NAME_REPEATED',
    })
    const elsewhere = form(fields, files)
    elsewhere.append('attachment', new Blob([csv]), 'b.csv')
    expect(await refused(elsewhere)).toMatchObject({ status: 400, code: 'UPLOAD_MALFORMED' })
    const twice = form(fields, files)
    twice.append('source', 'other')
    expect(await refused(twice)).toMatchObject({ status: 400, code: 'UPLOAD_MALFORMED' })
  })

  it('are refused when their body is no multipart, or a broken one', async () => {
    const multipart = { 'content-type': 'multipart/form-data; boundary=x' }
    const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\ntext'
    expect(await refused('{}', { 'content-type': 'application/json' })).toMatchObject({
      status: 415,
      code: 'UPLOAD_EXPECTED',
    })
    expect(await refused('<x/>', { 'content-type': 'text/xml' })).toMatchObject({ status: 415 })
    expect(await refused(part, { 'content-type': 'multipart/form-data' })).toMatchObject({
      status: 400,
      code: 'UPLOAD_MALFORMED',
    })
    for (const garbage of [
      'garbage',
      part,
      '--x\r\n\r\n\r\n--x--\r\n',
      `--x\r\n${'a: b\r\n'.repeat(9000)}\r\n`,
    ]) {
      const { status, code } = await refused(garbage, multipart)
      expect([status, code]).toEqual([400, expect.stringMatching(/^UPLOAD_/)])
    }
    const proto = form({ format: 'csv', source: 'forum', __proto__x: 'x' }, { 'a.csv': csv })
    proto.append('__proto__', 'x')
    expect((await refused(proto)).status).toBe(400)
  })

  it('need a role, and an audience that sees the source', async () => {
    const body = () => form({ format: 'csv', source: 'hidden' }, { 'a.csv': csv })
    expect(await refused(body(), await service.headersFor('agent'))).toMatchObject({ status: 403 })
    const outsider = await service.headersFor('knowledge-manager', 'public')
    expect(await refused(body(), outsider)).toMatchObject({ status: 403, code: 'IMPORT_AUDIENCE_FORBIDDEN' })
    expect(await address.db.sql('sources').where({ name: 'hidden' })).toEqual([])
    await service.post(
      '/imports',
      form({ format: 'csv', source: 'partners', audience: 'partner' }, { 'a.csv': csv }),
    )
    const probe = async (source: string, audience?: string) => {
      const fields = { format: 'csv', source, ...(audience !== undefined && { audience }) }
      const { status, body } = await service.post('/imports', form(fields, { 'a.csv': csv }), outsider)
      return { status, code: body.code, detail: body.detail }
    }
    for (const audience of [undefined, 'internal', 'partner'])
      expect(await probe('partners', audience)).toEqual(await probe('no-such-source', audience))
  })

  it('larger than the limit are refused as soon as that is clear, and nothing of them stays', async () => {
    const fields = { format: 'csv', source: 'forum' }
    const half = 'x'.repeat(LIMIT * 0.6)
    expect(await refused(form(fields, { a: half, b: half }))).toEqual({
      status: 413,
      code: 'UPLOAD_TOO_LARGE',
      errors: undefined,
    })
    expect((await refused(form(fields, { a: 'x'.repeat(3_000_000) }))).code).toBe('UPLOAD_TOO_LARGE')
    expect((await service.post('/imports', form(fields, { a: 'x'.repeat(LIMIT) }))).status).toBe(202)
  })

  it('of unknown length are cut off at the limit while they are still being sent', async () => {
    const before = kept()
    const { sent, status, code } = await sendForEver(service)
    expect([status, code]).toEqual([413, 'UPLOAD_TOO_LARGE'])
    expect(sent).toBeGreaterThan(LIMIT)
    expect(kept()).toEqual(before)
  })

  it('whose line is cut leave nothing behind', async () => {
    const before = kept()
    const upload = await begun(service)
    while (kept().length === before.length) await sleep(5)
    upload.destroy()
    while (kept().length > before.length) await sleep(5)
    expect(kept()).toEqual(before)
  })

  it('asked for twice with one Idempotency-Key are one import', async () => {
    const headers = { 'idempotency-key': 'nightly-2026-01-15' }
    const send = () =>
      service.post('/imports', form({ format: 'csv', source: 'nightly' }, { 'a.csv': csv }), headers)
    const [first, second] = await Promise.all([send(), send()])
    const third = await send()
    expect([first.status, second.status, third.status]).toEqual([202, 202, 202])
    expect(new Set([first.body.id, second.body.id, third.body.id]).size).toBe(1)
    expect(third.headers.get('idempotent-replayed')).toBe('true')
    expect((await service.get('/imports?source=nightly')).body.items).toHaveLength(1)
    expect(kept()).toContain(first.body.id)
    const before = kept()
    for (const other of [
      form({ format: 'csv', source: 'nightly' }, { 'a.csv': `${csv}\n` }),
      form({ format: 'csv', source: 'nightly' }, { 'b.csv': csv }),
      form({ format: 'csv', source: 'another' }, { 'a.csv': csv }),
      form({ format: 'csv', source: 'nightly', audience: 'public' }, { 'a.csv': csv }),
    ])
      expect(await refused(other, headers)).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' })
    expect(kept()).toEqual(before)
    expect(await address.db.sql('sources').where({ name: 'another' })).toEqual([])
    const long = { 'idempotency-key': 'k'.repeat(201) }
    expect(await refused(form({}, {}), long)).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
      errors: [{ where: 'headers/idempotency-key' }],
    })
  })

  it('are documented with their fields and files', async () => {
    const document = (await service.get('/openapi.json')).body
    const { requestBody, parameters } = document.paths['/api/imports'].post
    const { schema } = requestBody.content['multipart/form-data']
    expect(schema.required).toEqual(['format', 'source', 'file'])
    expect(schema.properties.file).toMatchObject({ type: 'array', items: { format: 'binary' } })
    expect(parameters).toMatchObject([{ name: 'idempotency-key', in: 'header' }])
  })
})

const SMALL = join(tmpdir(), `entraide-small-${process.pid}`)
const small = mounted(SMALL)

describeEachDatabase('uploads to a disk that is full', (database) => {
  it.skipIf(small === undefined)(
    'are refused with 507 and leave the room they took (needs the right to mount)',
    async () => {
      const { databaseUrl } = await database()
      const home = small as string
      const service = await serveImports({ home, databaseUrl }, { works: false })
      try {
        const send = (bytes: number) =>
          service.post('/imports', form({ format: 'csv', source: 'forum' }, { 'a.csv': 'x'.repeat(bytes) }))
        expect(await send(9_000_000)).toMatchObject({ status: 507, body: { code: 'UPLOAD_NO_SPACE' } })
        expect(readdirSync(join(home, 'uploads')).filter((name) => name.startsWith('imp'))).toEqual([])
        expect((await send(200_000)).status).toBe(202)
        rmSync(join(home, 'uploads'), { recursive: true })
      } finally {
        await service.close()
      }
    },
  )
})
afterAll(() => {
  if (small !== undefined) execFileSync('umount', ['--lazy', small])
  rmSync(SMALL, { recursive: true, force: true })
})

/** A disk of 8 MB, where this process may make one. */
function mounted(path: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', path], { stdio: 'ignore' })
    return path
  } catch {
    return undefined
  }
}

const HEAD = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'

async function begun(service: ImportService) {
  const upload = request(`${service.url}/api/imports`, {
    method: 'POST',
    headers: {
      ...(await service.headersFor('knowledge-manager')),
      'content-type': 'multipart/form-data; boundary=x',
    },
  })
  upload.on('error', () => undefined)
  upload.write(HEAD + csv)
  return upload
}

async function sendForEver(service: ImportService) {
  const upload = await begun(service)
  let sent = 0
  let answer: { status: number; code: string } | undefined
  upload.on('response', async (response) => {
    let text = ''
    for await (const chunk of response) text += chunk
    answer = { status: response.statusCode ?? 0, code: JSON.parse(text).code }
  })
  const chunk = Buffer.alloc(16_384, 'x')
  while (answer === undefined) {
    upload.write(chunk)
    sent += chunk.length
    await sleep(1)
  }
  upload.destroy()
  return { ...answer, sent }
}
