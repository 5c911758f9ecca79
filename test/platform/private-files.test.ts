import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { createDatabase } from '../../src/platform/database/database.ts'
import { openSqlite } from '../../src/platform/database/sqlite.ts'
import { ensureHome } from '../../src/platform/home.ts'

const root = mkdtempSync(join(tmpdir(), 'entraide-private-'))
const folder = join(root, 'data')
const home = join(folder, 'home')
const file = join(home, 'entraide.db')
afterEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

it("files of a SQLite database are their owner's alone, those of an earlier release too", async () => {
  const write = async () => {
    const db = createDatabase(openSqlite(file))
    await db.sql.raw('create table if not exists texts (body text)')
    await db.sql('texts').insert({ body: 'private' })
    const modes = [home, file, `${file}-wal`, `${file}-shm`].map(modeOf)
    await db.close()
    return modes
  }
  expect(await write()).toEqual(['700', '600', '600', '600'])
  chmodSync(file, 0o644)
  expect((await write()).slice(1)).toEqual(['600', '600', '600'])
  // Whoever shares the file with a group on purpose may.
  chmodSync(file, 0o660)
  expect(modeOf(file)).toBe('660')
  expect((await write())[1]).toBe('660')
})

it("a new home is its owner's alone, and one that was there keeps its mode", () => {
  ensureHome(home)
  expect(modeOf(home)).toBe('700')
  // Whoever shares the folder with a group on purpose may.
  chmodSync(home, 0o750)
  ensureHome(home)
  expect(modeOf(home)).toBe('750')
  const shared = join(folder, 'shared')
  mkdirSync(shared, { mode: 0o755 })
  ensureHome(join(shared, 'below', 'home'))
  expect([shared, join(shared, 'below', 'home')].map(modeOf)).toEqual(['755', '700'])
})
