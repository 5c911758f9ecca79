import { expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { importInWorker } from '../../../src/ingest/imports/import-in-worker.ts'
import type { ImportProgress } from '../../../src/ingest/imports/import-request.ts'
import type { Rejection } from '../../../src/ingest/rows/batch.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import {
  acceptance,
  answer,
  contentOf,
  fileOf,
  importDeps,
  importRecords,
  ndjsonOf,
  question,
  thread,
} from '../support.ts'

const records = Array.from({ length: 1500 }, (_, i) => [
  thread(`t${i}`),
  question(`q${i}`, `t${i}`, {
    body: `<p>Question ${i} is <b>long</b>${' and long'.repeat(200)}</p>`,
    format: 'html',
  }),
  answer(`a${i}`, `t${i}`),
  acceptance(`t${i}`, `a${i}`),
]).flat()

describeEachDatabase('an import in a worker thread', (database) => {
  it('imports as in the same thread, reports its progress, and does not block the waiting thread', async () => {
    const [here, there] = [await database(), await database()]
    const expected = await importRecords(importDeps(here.db), records)

    const reported: ImportProgress[] = []
    let woken = 0
    let longestPause = 0
    let last = performance.now()
    const ticker = setInterval(() => {
      longestPause = Math.max(longestPause, performance.now() - last)
      last = performance.now()
    }, 5)
    const summary = await importInWorker(
      { address: there, identifiers: [], wake: () => woken++ },
      {
        format: 'ndjson',
        paths: [ndjsonOf(records)],
        source: 'forum',
        actor: commandLine,
        onProgress: (progress) => reported.push(progress),
      },
    )
    clearInterval(ticker)
    expect(summary).toEqual(expected)
    expect(await contentOf(there.db)).toEqual(await contentOf(here.db))
    expect(reported.at(-1)!.posts).toBe(3000)
    expect(woken).toBe(reported.length)
    // Converting alone takes seconds; a pause is what the machine's other work costs.
    expect(longestPause).toBeLessThan(500)
  })

  it('throws what the import threw, with its code, place and summary', async () => {
    const address = await database()
    const rejections: Rejection[] = []
    const broken = importInWorker(
      { address, identifiers: [], wake: () => undefined },
      {
        format: 'stack-exchange',
        paths: [fileOf('<posts>\n<row Id="x" PostTypeId="1" />\n<row Id="1', 'xml')],
        source: 'forum',
        actor: commandLine,
        onRejection: (rejection) => rejections.push(rejection),
      },
    )
    await expect(broken).rejects.toMatchObject({
      code: 'XML_MALFORMED',
      status: 422,
      details: { line: 3, summary: { threads: { rejected: 1 } } },
    })
    expect(rejections).toMatchObject([{ of: 'thread', place: { line: 2 } }])
  })

  it('stops when asked to', async () => {
    const address = await database()
    const stop = new AbortController()
    const stopped = importInWorker(
      { address, identifiers: [], wake: () => undefined },
      {
        format: 'ndjson',
        paths: [ndjsonOf(records)],
        source: 'forum',
        actor: commandLine,
        signal: stop.signal,
        onProgress: () => stop.abort(),
      },
    )
    await expect(stopped).rejects.toMatchObject({ code: 'IMPORT_STOPPED' })
  })
})
