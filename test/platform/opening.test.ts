import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database/open.ts'
import { startJobRunner } from '../../src/platform/jobs/job-runner.ts'
import { createJobStore } from '../../src/platform/jobs/job-store.ts'
import { createLocalWakeups } from '../../src/platform/jobs/wakeups.ts'
import { createLog } from '../../src/server/log.ts'
import { runCommand } from '../support/service.ts'

const folder = mkdtempSync(join(tmpdir(), 'entraide-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
/** Nothing listens on the port of tcpmux. */
const REFUSED = 'postgres://entraide:secret@127.0.0.1:1/entraide'

describe('a command that finds no database', () => {
  it('names DATABASE_URL when the server refuses, and tells no password', async () => {
    const { code, stderr } = await runCommand({ home: join(folder, 'a'), databaseUrl: REFUSED }, [
      'jobs',
      'list',
    ])
    expect(code).toBe(1)
    expect(stderr).toBe(
      'DATABASE_UNREACHABLE: The database that DATABASE_URL names cannot be used: nothing listens at 127.0.0.1:1 (ECONNREFUSED). Start it, or correct DATABASE_URL.\n',
    )
  })

  it('names ENTRAIDE_HOME when the folder is a file', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const { code, stderr } = await runCommand({ home: file }, ['jobs', 'list'])
    expect(code).toBe(1)
    expect(stderr).toBe(
      `HOME_UNUSABLE: ENTRAIDE_HOME is ${file}, which cannot be used: it is not a folder. Set ENTRAIDE_HOME to a folder that Entraide may write to.\n`,
    )
  })

  it.runIf(process.platform === 'linux')('names ENTRAIDE_HOME at once where it cannot be made', async () => {
    const { code, stderr } = await runCommand({ home: '/proc/entraide/home' }, ['jobs', 'list'])
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^HOME_UNUSABLE: ENTRAIDE_HOME is \/proc\/entraide\/home, .* cannot be made \(ENOENT\)/,
    )
  })
})

it('the log has one line a minute while PostgreSQL is away, however often its statements fail', async () => {
  let minute = 0
  let written = ''
  const write = (text: string) => {
    written += text
  }
  const log = createLog({ level: 'info' }, { write }, () => minute * 60_000)
  const lines = () =>
    written
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  const db = openDatabase({ home: folder, databaseUrl: REFUSED })
  const wakeups = createLocalWakeups()
  const jobs = createJobStore(db, systemClock, wakeups.wake)
  const runner = startJobRunner(
    { db, jobs, clock: systemClock, handlers: [], wakeups, log },
    { concurrency: 1, pollMs: 5 },
  )
  try {
    await sleep(500)
    expect(lines()).toMatchObject([{ level: 'error', err: { code: 'ECONNREFUSED' } }])
    log.info('another line')
    log.error({ err: new Error('another trouble') }, 'failed')
    expect(lines()).toHaveLength(3)
    minute = 1
    await sleep(500)
    expect(lines()).toHaveLength(4)
    expect(lines()[3].omitted).toBeGreaterThan(1)
  } finally {
    await runner.stop()
    await db.close()
  }
})
