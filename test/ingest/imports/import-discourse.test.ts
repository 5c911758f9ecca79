import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import type { ImportRequest, ImportWatcher } from '../../../src/ingest/imports/import-request.ts'
import { importThreads } from '../../../src/ingest/imports/import-threads.ts'
import type { Rejection } from '../../../src/ingest/rows/batch.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import {
  type DiscourseDouble,
  json,
  KEY,
  manyTopics,
  startDiscourseDouble,
} from '../../sources/discourse/discourse-double.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { startCommand } from '../../support/service.ts'
import { contentOf, importDeps as depsOfTests } from '../support.ts'

/** Uses the real clock: records of an API are dated by the time of the request. */
const importDeps = (db: Database) => ({ ...depsOfTests(db), clock: systemClock })
/** But for when each answer came. */
const undatedContent = async (db: Database) => {
  const { threads = [], posts = [], ...others } = await contentOf(db)
  const undated = (rows: readonly string[]) => rows.map((row) => row.replace(/"as_of":"[^"]*"/, ''))
  return { ...others, threads: undated(threads), posts: undated(posts) }
}

const doubles: DiscourseDouble[] = []
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((each) => each.close()))
})

async function serve(count: number): Promise<DiscourseDouble> {
  const double = await startDiscourseDouble(manyTopics(count))
  doubles.push(double)
  return double
}

const request = (url: string, more: Partial<ImportRequest & ImportWatcher> = {}) => ({
  format: 'discourse',
  paths: [url],
  source: 'forum',
  actor: commandLine,
  options: { key: KEY, 'private-hosts': '127.0.0.1' },
  ...more,
})

describeEachDatabase('an import from Discourse', (database) => {
  it('keeps how far it is with what it keeps, and goes on from there', async () => {
    const { db } = await database()
    const deps = importDeps(db)
    const double = await serve(200)
    let commits = 0
    const stop = new AbortController()
    const onProgress = () => {
      commits += 1
      if (commits === 8) stop.abort()
    }
    const cut = importThreads(deps, request(double.url, { signal: stop.signal, onProgress }))
    await expect(cut).rejects.toMatchObject({ code: 'IMPORT_STOPPED' })
    const kept = Number((await db.sql('threads').count('* as n').first())?.n)
    expect(kept).toBeGreaterThan(30)
    double.requests.length = 0

    await importThreads(deps, request(double.url))
    expect(Number((await db.sql('threads').count('* as n').first())?.n)).toBe(200)
    expect(double.topicRequests().length).toBeLessThan(200 - kept + 2 * 30)

    double.requests.length = 0
    const again = await importThreads(deps, request(double.url))
    expect(again.threads).toMatchObject({ new: 0, changed: 0 })
    expect(double.topicRequests()).toEqual([200])
  })

  it('leaves no cursor of another community or source in the way', async () => {
    const { db } = await database()
    const deps = importDeps(db)
    const [one, other] = [await serve(5), await serve(6)]
    await importThreads(deps, request(one.url))
    expect((await importThreads(deps, request(other.url))).threads).toMatchObject({ new: 1, changed: 5 })
    expect((await importThreads(deps, request(one.url, { source: 'second' }))).threads.new).toBe(5)
  })

  it('stops at once while it waits for a server that is busy', async () => {
    const { db } = await database()
    const double = await serve(5)
    const stop = new AbortController()
    double.fail(/categories/, (_, response) => {
      json(response, {}, 429, { 'retry-after': '600' })
      setTimeout(() => stop.abort(), 50)
    })
    const waiting = importThreads(importDeps(db), request(double.url, { signal: stop.signal }))
    await expect(waiting).rejects.toMatchObject({ code: 'IMPORT_STOPPED' })
  })

  it('ends with the same database after SIGKILL as without, and shows the key nowhere', async () => {
    const double = await serve(150)
    const [killed, whole] = [await database(), await database()]
    const keyFile = join(mkdtempSync(join(tmpdir(), 'entraide-key-')), 'key')
    writeFileSync(keyFile, `${KEY}\n`)
    const args = [
      'import',
      'discourse',
      double.url,
      '--source',
      'forum',
      '--key-file',
      keyFile,
      '--allow-private',
    ]
    const first = startCommand(killed, [...args, '--progress'])
    let output = ''
    for await (const chunk of first.stderr!) {
      output += chunk
      // Two pages of three were asked for.
      if (/imported \d/.test(output) && double.topicRequests().length > 100) break
    }
    first.kill('SIGKILL')
    await first.ended
    double.requests.length = 0

    const second = await startCommand(killed, [...args, '--json']).ended
    expect(second.code).toBe(0)
    expect(double.topicRequests().length).toBeLessThan(150)
    const undisturbed = await startCommand(whole, [...args, '--json']).ended
    expect(undisturbed.code).toBe(0)
    expect(await undatedContent(killed.db)).toEqual(await undatedContent(whole.db))
    const [imports, audit] = [await killed.db.sql('imports'), await killed.db.sql('audit_log')]
    expect(JSON.stringify([output, second, undisturbed, imports, audit])).not.toContain(KEY)
  })

  it('reports on the command line what is wrong with a key, an address or an option', async () => {
    const address = await database()
    const double = await serve(1)
    const run = (...args: string[]) =>
      startCommand(address, ['import', 'discourse', double.url, '--source', 'forum', '--json', ...args]).ended
    const refused = await run('--key', 'wrong-SECRET', '--allow-private')
    expect(refused).toMatchObject({ code: 1 })
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'API_REFUSED' } })
    expect(JSON.stringify(refused)).not.toContain('SECRET')
    const secret = await run('--key', 'wrong-SECRET')
    expect(secret.code).toBe(2)
    expect(JSON.stringify(secret)).not.toContain('SECRET')
    expect(await run()).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('OUTBOUND_ADDRESS_REFUSED'),
    })
    expect(await run('--since', 'yesterday')).toMatchObject({ code: 2 })
    const csv = ['import', 'csv', 'x.csv', '--source', 'forum', '--since', '2026-01-01']
    expect(await startCommand(address, csv).ended).toMatchObject({ code: 2 })
  })
})

const samples = join(process.env.ENTRAIDE_EVAL_DATA ?? '', 'threads', 'discourse')
if (process.env.ENTRAIDE_EVAL_DATA === undefined || !existsSync(samples)) {
  console.warn(
    'Imports of real Discourse samples are skipped: ENTRAIDE_EVAL_DATA does not name a folder with threads/discourse.',
  )
  describe.skip('real Discourse samples (no ENTRAIDE_EVAL_DATA)', () => undefined)
} else {
  describeEachDatabase('real Discourse samples', (database) => {
    it('are imported, the incomplete topics named', async () => {
      const { db } = await database()
      const reported: Rejection[] = []
      const onRejection = (each: Rejection) => reported.push(each)
      const summary = await importThreads(importDeps(db), {
        ...request(samples, { onRejection }),
        options: {},
      })
      expect(summary).toMatchObject({ threads: { new: 4 }, posts: { new: 25 }, answers: 12, incomplete: 2 })
      const incomplete = reported
        .filter(({ code }) => code === 'TOPIC_INCOMPLETE')
        .map(({ reason }) => reason)
      expect(incomplete).toEqual([
        expect.stringMatching(/^topic 1148 ".*": 20 of 22 posts$/),
        'topic 840: posts without their topic: 1',
      ])
      const kept = await db.sql('import_rejections').where({ code: 'TOPIC_INCOMPLETE' }).pluck('reason')
      expect(kept).toEqual(incomplete)
    })
  })
}
