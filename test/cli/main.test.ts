import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCommand, startCommand } from '../support/service.ts'

const somewhere = () => ({ home: mkdtempSync(join(tmpdir(), 'entraide-cli-')) })

it('ends well when nobody reads on', async () => {
  for (const args of [
    ['keys', 'list'],
    ['import', '--help'],
  ]) {
    const command = startCommand(somewhere(), args)
    command.stdout?.destroy()
    expect(await command.ended).toMatchObject({ code: 0, stderr: '' })
  }
})

it('prints one line of JSON about a database that cannot be reached, and nothing else', async () => {
  const address = { ...somewhere(), databaseUrl: 'postgres://someone:secret@127.0.0.1:1/nothing' }
  const { code, stdout, stderr } = await runCommand(address, ['keys', 'list', '--json'])
  expect([code, stdout.split('\n').length, stderr]).toEqual([1, 2, ''])
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'DATABASE_UNREACHABLE' } })
  expect(stdout).not.toContain('secret')
})

it('imports from a source that has a name only', async () => {
  for (const name of ['', '  ', 'a\nb', 'a'.repeat(201)]) {
    const { code, stderr } = await runCommand(somewhere(), ['import', 'csv', 'a.csv', '--source', name])
    expect([code, stderr]).toEqual([2, expect.stringContaining('1 to 200 characters')])
  }
})
