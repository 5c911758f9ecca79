import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { importThreads } from '../../../src/ingest/imports/import-threads.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { importDeps } from '../support.ts'

const data = process.env.ENTRAIDE_EVAL_DATA
const dumps = [
  { name: 'quantumcomputing', threads: 612, answers: 1060, resolved: 389 },
  { name: 'ai_2016', threads: 421, answers: 749, resolved: 212 },
  { name: 'datascience.meta_2024', threads: 257, answers: 341, resolved: 83 },
]
const folderOf = (name: string) => join(data ?? '', 'threads', 'stackexchange', name)

if (data === undefined || !existsSync(folderOf('quantumcomputing'))) {
  console.warn(
    'Imports of real dumps are skipped: ENTRAIDE_EVAL_DATA does not name a folder with threads/stackexchange.',
  )
  describe.skip('real dumps (no ENTRAIDE_EVAL_DATA)', () => undefined)
} else {
  describeEachDatabase('real dumps', (database) => {
    it.each(dumps)(
      'imports $name, and nothing the second time',
      async ({ name, threads, answers, resolved }) => {
        const { db } = await database()
        const run = () =>
          importThreads(importDeps(db), {
            format: 'stack-exchange',
            paths: [folderOf(name)],
            source: name,
            actor: commandLine,
          })
        const first = await run()
        expect(first).toMatchObject({ threads: { new: threads, rejected: 0, resolved }, answers, orphans: 0 })
        const second = await run()
        expect(second).toMatchObject({
          threads: { new: 0, changed: 0, unchanged: threads, resolved },
          answers,
        })
        expect(second.posts).toEqual({ new: 0, changed: 0, unchanged: first.posts.new, rejected: 0 })
        const resolvedRows = await db.sql('threads').where('accepted_count', '>', 0).count('* as n').first()
        expect(Number(resolvedRows?.n)).toBe(resolved)
      },
    )
  })
}
