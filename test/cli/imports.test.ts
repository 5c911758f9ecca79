import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DatabaseAddress, describeEachDatabase } from '../support/databases.ts'
import { runCommand, runJson } from '../support/service.ts'

interface Shown {
  readonly id: string
  readonly status: string
  readonly files: { name: string }[]
  readonly rejections: { place: { file: string; line: number } }[]
}

describeEachDatabase('entraide imports', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'entraide-imports-'))
  let address: DatabaseAddress
  let ids: string[]
  beforeAll(async () => {
    address = await database()
    const file = join(folder, 'partly.ndjson')
    writeFileSync(file, 'no\nnor this\n')
    await runCommand(address, ['import', 'ndjson', file, '--source', 'town'])
    const { imports } = await runJson<{ imports: Shown[] }>(address, ['imports', 'list'])
    ids = imports.map(({ id }) => id)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('shows what came of one, with the first rejected records by file, line and reason', async () => {
    const { code, stdout } = await runCommand(address, ['imports', 'show', ids.at(-1)!, '--rejections', '1'])
    expect(code).toBe(0)
    expect(stdout).toContain('completed')
    expect(stdout).toContain('ndjson into town, from the command line')
    expect(stdout).toMatch(/^partly\.ndjson:1: LINE_NOT_JSON: /m)
    expect(stdout).not.toContain('partly.ndjson:2')
    expect(stdout).not.toContain(folder)
    const shown = await runJson<Shown>(address, ['imports', 'show', ids.at(-1)!])
    expect(shown.rejections.map(({ place }) => place.line)).toEqual([1, 2])
    expect(shown.files).toEqual([{ name: 'partly.ndjson' }])
  })

  it('lists by source and status, and refuses what it does not know', async () => {
    const of = async (...filter: string[]) =>
      (await runJson<{ imports: Shown[] }>(address, ['imports', 'list', ...filter])).imports
    expect((await of('--source', 'town')).map(({ status }) => status)).toEqual(['completed'])
    expect(await of('--source', 'town', '--status', 'cancelled')).toEqual([])
    expect((await runCommand(address, ['imports', 'list', '--status', 'lost'])).code).toBe(2)
    const unknown = await runCommand(address, ['imports', 'show', 'imp_none'])
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('IMPORT_NOT_FOUND')])
    const ended = await runCommand(address, ['imports', 'cancel', ids.at(-1)!])
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('IMPORT_ENDED')])
  })
})
