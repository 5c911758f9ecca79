import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { commandLine } from '../../src/access/actor.ts'
import { createApp } from '../../src/app.ts'
import { importInWorker } from '../../src/ingest/imports/import-in-worker.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { writeCommunity } from '../support/community.ts'
import { describeEachDatabase } from '../support/databases.ts'

const demo = fileURLToPath(new URL('../../fixtures/demo/community-fr.ndjson', import.meta.url))

/** A read that takes about five seconds where nothing else runs, and longer elsewhere. */
const SLOW_QUERY = {
  SQLite: `with recursive n (i) as (select 1 union all select i + 1 from n where i < 30000000) select count(*) from n`,
  PostgreSQL: 'select pg_sleep(5)',
}

describeEachDatabase.rarely('a process that is busy', (database, kind) => {
  it('answers classify requests begun after a 5-second query and an import before those end', async () => {
    const { home, databaseUrl } = await database()
    const address = { home, databaseUrl }
    const app = await createApp({
      ...readConfig({ PORT: '0', ENTRAIDE_LOG_LEVEL: 'error' }),
      ...address,
    })
    try {
      await app.ingest.importThreads({ format: 'ndjson', paths: [demo], source: 'fr', actor: commandLine })
      const { id: sourceId } = await app.ingest.sources.require('fr')
      await app.labels.labelImportedThreads({ sourceId })
      await app.models.trainFacet({ facet: 'category', actor: commandLine })
      const request = { name: 'router', roles: ['router'], audience: 'internal', actor: commandLine }
      const { token } = await app.access.createKey(request)
      const server = await app.serve()
      const ended: string[] = []

      const query = app.platform.db
        .longRead(app.platform.db.sql.raw(SLOW_QUERY[kind.name]))
        .then(() => ended.push('query'))
      const import_ = importInWorker(
        { address, identifiers: [], wake: () => undefined },
        {
          format: 'ndjson',
          paths: [writeCommunity(join(home, 'large.ndjson'), { threads: 8000 })],
          source: 'large',
          actor: commandLine,
        },
      ).then(() => ended.push('import'))
      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, i) => {
          const answer = await fetch(`${server.url}/api/classify`, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ body: `Le décodeur affiche TV-204 depuis ${i + 1} jours` }),
          })
          const body = (await answer.json()) as { predictions: unknown[] }
          return { status: answer.status, body, endedBefore: [...ended] }
        }),
      )
      for (const { status, body, endedBefore } of answers) {
        expect(status).toBe(200)
        expect(body.predictions).toHaveLength(1)
        expect(endedBefore).toEqual([])
      }
      await Promise.all([query, import_])
      expect(ended.sort()).toEqual(['import', 'query'])
      expect(Number((await app.platform.db.sql('threads').count('* as n').first())?.n)).toBe(8080)
      await server.close()
    } finally {
      await app.close()
    }
  })
})
