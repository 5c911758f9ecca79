import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { createVersionStore } from '../src/models/registry/version-store.ts'
import { readConfig } from '../src/platform/config/config.ts'
import { type DatabaseAddress, describeEachDatabase } from './support/databases.ts'
import { keyOf } from './support/keys.ts'

describeEachDatabase.always('the app', (database) => {
  it('stops listening when it cannot serve after all, so that its process ends', async () => {
    const { app, port } = await compose(await database())
    try {
      await app.platform.db.sql.schema.dropTable('search_identity')
      await expect(app.serve()).rejects.toThrow('search_identity')
      await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow('fetch failed')
    } finally {
      await app.close()
    }
  })

  it('serves without the predictions of a facet whose model cannot be read, and says so', async () => {
    const address = await database()
    const { app } = await compose(address)
    try {
      const { db, clock } = app.platform
      const versions = createVersionStore(db, clock)
      const { id: facetId } = await app.labels.facets.require('category')
      const version = await versions.add({
        facetId,
        status: 'candidate',
        artefactHash: 'of nothing that is stored',
        report: { labelsReadAt: '2026-01-01T00:00:00.000Z' } as never, // Nobody reads the rest: the artefact is missed first.
        reason: '',
        annotationsSeen: 0,
      })
      await versions.activate(version)
      const { url, close } = await app.serve()
      const { token } = await keyOf({ db }, 'router')
      const answer = await fetch(`${url}/api/classify`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ body: 'My invoice is wrong' }),
      })
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({
        predictions: [],
        routing: { destination: expect.anything() },
        notice: expect.stringContaining('The stored model of "category" cannot be read'),
      })
      const metrics = await (await fetch(`${url}/metrics`)).text()
      expect(metrics).toContain('entraide_unreadable_model_version{facet="category"} 1')
      await close()
    } finally {
      await app.close()
    }
  })
})

async function compose({ home, databaseUrl }: DatabaseAddress) {
  const port = await freePort()
  const app = await createApp({
    ...readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'silent', PORT: String(port) }),
    ...(databaseUrl !== undefined && { databaseUrl }),
  })
  return { app, port }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
