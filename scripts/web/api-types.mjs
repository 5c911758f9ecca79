// Writes the types of the API's document to dist/api-types.d.ts: the workbench is checked against them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import openapi, { astToString } from 'openapi-typescript'

const home = mkdtempSync(join(tmpdir(), 'entraide-types-'))
try {
  const { readConfig } = await import('../../dist/platform/config/config.js')
  const { createApp } = await import('../../dist/app.js')
  const app = await createApp({ ...readConfig({ ENTRAIDE_HOME: home, PORT: '0' }), logLevel: 'silent' })
  const serving = await app.serve()
  const document = await (await fetch(`${serving.url}/api/openapi.json`)).json()
  await serving.close()
  await app.close()
  writeFileSync(new URL('../../dist/api-types.d.ts', import.meta.url), astToString(await openapi(document)))
} finally {
  rmSync(home, { recursive: true, force: true })
}
