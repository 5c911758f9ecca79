import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { commandLine } from '../../src/access/actor.ts'
import { createApp } from '../../src/app.ts'
import { importThreads } from '../../src/ingest/imports/import-threads.ts'
import { applyRecords } from '../../src/ingest/rows/apply-records.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { stableId } from '../../src/platform/ids.ts'
import type { SourceItem } from '../../src/sources/record.ts'
import { describeEachDatabase } from '../support/databases.ts'

const THREADS = 6_000

describeEachDatabase('a live post', (database) => {
  it('is routed before the threads of an import are all indexed and classified', async () => {
    const { home, databaseUrl } = await database()
    const config = readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'silent' })
    const app = await createApp({ ...config, databaseUrl })
    const { db } = app.platform
    const deps = { ...app.platform, audit: app.access.audit, identifiers: [] }
    const file = join(home, 'export.ndjson')
    const lines = Array.from({ length: THREADS }, (_, i) => [
      {
        type: 'thread',
        id: `t${i}`,
        title: `Question ${i} about my router`,
        createdAt: '2025-06-01T10:00:00Z',
      },
      {
        type: 'post',
        id: `q${i}`,
        thread: `t${i}`,
        kind: 'question',
        body: `The lamp number ${i} of my router blinks since Monday, and nothing helps. `.repeat(5),
        createdAt: '2025-06-01T10:00:00Z',
      },
    ]).flat()
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await importThreads(deps, {
      format: 'ndjson',
      paths: [file],
      source: 'forum',
      audience: 'public',
      actor: commandLine,
    })
    const runner = app.startJobRunner(2)
    try {
      await sleep(300)
      const routed = async (name: string): Promise<void> => {
        const at = new Date(Date.now() - 1000).toISOString()
        const records: SourceItem[] = [
          {
            outcome: 'record',
            record: { type: 'thread', id: name, title: 'Help', tags: [], createdAt: at },
            place: { file: 'd' },
          },
          {
            outcome: 'record',
            record: {
              type: 'post',
              id: `${name}-q`,
              threadId: name,
              format: 'markdown',
              kind: 'question',
              body: 'My line is dead.',
              createdAt: at,
            },
            place: { file: 'd' },
          },
        ]
        await applyRecords(deps, { source: 'forum', records })
        const thread_id = stableId('thr', 'forum', name)
        for (;;) {
          if ((await db.sql('routing_decisions').where({ thread_id }).first()) !== undefined) return
          await sleep(5)
        }
      }
      for (let i = 0; i < 5; i++) await routed(`live${i}`)
      const { queued } = await app.platform.jobs.counts()
      const events = await db.sql('events').count<{ n: number }[]>('* as n').first()
      expect(queued + Number(events?.n)).toBeGreaterThan(0)
    } finally {
      await runner?.stop(5_000)
      await app.close()
    }
  })
})
