import { basename } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import type { ImportDeps, ImportSummary } from '../../../src/ingest/imports/import-request.ts'
import { createImportStore } from '../../../src/ingest/imports/import-store.ts'
import { importThreads } from '../../../src/ingest/imports/import-threads.ts'
import { createSourceStore } from '../../../src/ingest/source-store.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import type { CodedError } from '../../../src/platform/errors.ts'
import { createThreadStore } from '../../../src/threads/thread-store.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { answer, fileOf, importDeps, question, thread } from '../support.ts'

describeEachDatabase.always('what an import cannot take', (database) => {
  let db: Database
  let deps: ImportDeps
  beforeEach(async () => {
    db = (await database()).db
    deps = importDeps(db)
  })

  it('is counted and kept, with code, reason and place, and the rest is taken', async () => {
    const path = fileOf(
      [
        JSON.stringify(thread('t1')),
        'not json',
        JSON.stringify({ ...question('q1', 't1'), createdAt: 'yesterday' }),
        JSON.stringify(answer('a1', 't1')),
      ].join('\n'),
    )
    let importId = ''
    const summary = await importThreads(deps, {
      format: 'ndjson',
      paths: [path],
      source: 'forum',
      actor: commandLine,
      onProgress: (progress) => {
        importId = progress.importId
      },
    })
    expect(summary).toMatchObject({
      threads: { new: 1, rejected: 0 },
      posts: { new: 1, rejected: 2 },
      orphans: 1,
    })
    expect(await createImportStore(db, deps.clock).rejections(importId)).toMatchObject([
      { code: 'LINE_NOT_JSON', place: { file: basename(path), line: 2 } },
      { code: 'RECORD_INVALID', place: { file: basename(path), line: 3 } },
    ])
  })

  it('leaves what a broken file held before its fault, and the mended one completes it', async () => {
    const row = (at: number) =>
      `<row Id="${at}" PostTypeId="1" CreationDate="2024-01-01T00:00:00.000" Score="1" Body="&lt;p&gt;Body ${at} of a question&lt;/p&gt;" Title="Title ${at}" Tags="&lt;a&gt;" />\n`
    const whole = `<posts>\n${Array.from({ length: 40 }, (_, i) => row(i + 1)).join('')}</posts>`
    const importXml = (text: string) =>
      importThreads(deps, {
        format: 'stack-exchange',
        paths: [fileOf(text, 'xml')],
        source: 'forum',
        actor: commandLine,
      })
    const fault: CodedError = await importXml(whole.slice(0, whole.indexOf('Title 31'))).then(
      () => expect.unreachable(),
      (error) => error,
    )
    expect(fault).toMatchObject({ code: 'XML_MALFORMED', details: { line: expect.any(Number) } })
    expect((fault.details.summary as ImportSummary).threads.new).toBe(30)
    expect(await db.sql('imports').first()).toMatchObject({ status: 'failed' })
    expect(JSON.parse((await db.sql('imports').first()).error)).toMatchObject({ code: 'XML_MALFORMED' })
    expect(await createThreadStore(db).idsAfter(undefined, 100)).toHaveLength(30)
    expect((await importXml(whole)).threads).toMatchObject({ new: 10, unchanged: 30, rejected: 0 })
  })

  it('makes no source where it is the whole export', async () => {
    const missing = importThreads(deps, {
      format: 'ndjson',
      paths: ['/nowhere'],
      source: 'forum',
      actor: commandLine,
    })
    await expect(missing).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    const unknown = importThreads(deps, { format: 'mbox', paths: [], source: 'forum', actor: commandLine })
    await expect(unknown).rejects.toMatchObject({ code: 'SOURCE_FORMAT_UNKNOWN' })
    expect(await createSourceStore(db, deps.clock).list()).toEqual([])
  })

  it('is kept up to ten thousand times and counted always', async () => {
    const path = fileOf('no\n'.repeat(10_050))
    await expect(
      importThreads(deps, { format: 'ndjson', paths: [path], source: 'forum', actor: commandLine }),
    ).resolves.toMatchObject({ posts: { rejected: 10_050 } })
    expect(Number((await db.sql('import_rejections').count('* as n').first())?.n)).toBe(10_000)
  })
})
