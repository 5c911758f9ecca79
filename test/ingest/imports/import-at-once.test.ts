import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ImportSummary } from '../../../src/ingest/imports/import-request.ts'
import { type DatabaseAddress, describeEachDatabase } from '../../support/databases.ts'
import { contentOf } from '../support.ts'

const folder = mkdtempSync(join(tmpdir(), 'entraide-dump-'))
const POSTS = 300

beforeAll(() => {
  const script = new URL('../../../scripts/generate-dump.mjs', import.meta.url).pathname
  execFileSync(process.execPath, [script, folder, '--posts', String(POSTS)])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Run {
  readonly child: ChildProcess
  /** Lines it printed: posts acknowledged, a number a line, then the summary. */
  readonly lines: string[]
  readonly ended: Promise<void>
  /** Resolves when so many batches were acknowledged. */
  acknowledged(batches: number): Promise<void>
}

function start({ home, databaseUrl }: DatabaseAddress): Run {
  const script = new URL('./import-process.mjs', import.meta.url).pathname
  const child = spawn(process.execPath, [script, home, databaseUrl ?? '', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  const lines: string[] = []
  let waiting: { readonly lines: number; readonly resolve: () => void } | undefined
  child.stdout!.on('data', (data) => {
    const parts = (text + data).split('\n')
    text = parts.pop()!
    lines.push(...parts)
    if (waiting !== undefined && lines.length >= waiting.lines) waiting.resolve()
  })
  return {
    child,
    lines,
    ended: new Promise((resolve) => child.once('close', () => resolve())),
    acknowledged: (batches) =>
      new Promise((resolve) => {
        waiting = { lines: batches, resolve }
      }),
  }
}

const summaryOf = ({ lines }: Run): ImportSummary => JSON.parse(lines.at(-1)!)

describeEachDatabase('imports of one source by several processes', (database) => {
  it('both end, and the database is as after one of them', async () => {
    const alone = await database()
    const one = start(alone)
    await one.ended
    const shared = await database()
    const two = [start(shared), start(shared)]
    await Promise.all(two.map(({ ended }) => ended))

    expect(await contentOf(shared.db)).toEqual(await contentOf(alone.db))
    const [first, second] = two.map(summaryOf)
    expect(first!.posts.new + second!.posts.new).toBe(summaryOf(one).posts.new)
    expect(first!.answers).toBe(second!.answers)
  })

  it('keeps what it acknowledged when killed, and the next run completes it', async () => {
    const undisturbed = await database()
    await start(undisturbed).ended
    const killed = await database()
    for (const batches of [2, 14, 30]) {
      const run = start(killed)
      await run.acknowledged(batches)
      await new Promise((resolve) => setTimeout(resolve, batches % 7))
      run.child.kill('SIGKILL')
      await run.ended
      const row = await killed.db.sql('posts').count('* as n').first()
      expect(Number(row?.n)).toBeGreaterThanOrEqual(Number(run.lines.at(-1)))
      expect(Number(row?.n)).toBeLessThan(POSTS * 1.5)
    }
    const last = start(killed)
    await last.ended
    expect(await contentOf(killed.db)).toEqual(await contentOf(undisturbed.db))
    expect(summaryOf(last).threads.rejected).toBe(0)
  })
})
