import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { createVersionStore } from '../src/models/registry/version-store.ts'
import { readConfig } from '../src/platform/config.ts'
import { describeEachDatabase } from './support/databases.ts'

describeEachDatabase.always('the app', (database) => {
  it('stops listening when it cannot serve after all, so that its process ends', async () => {
    const { home, databaseUrl } = await database()
    const port = await freePort()
    const app = await createApp({
      ...readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'silent', PORT: String(port) }),
      ...(databaseUrl !== undefined && { databaseUrl }),
    })
    try {
      const { db } = app.platform
      const versions = createVersionStore(db, app.platform.clock)
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
      await expect(app.serve()).rejects.toMatchObject({ code: 'ARTEFACT_CORRUPT' })
      await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow('fetch failed')
    } finally {
      await app.close()
    }
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
