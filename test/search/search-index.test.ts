import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { createSearch, type Search } from '../../src/search/search.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { heardLog, searchOn, someDocument } from './some-documents.ts'

/** A process's life: it starts, is asked, and stops gracefully. */
async function live({ db, home }: TestDatabase, q = 'beacon') {
  const log = heardLog()
  const search = createSearch(db, { home, log })
  const { total, items } = await search.query({ q, audience: 'public', limit: 50 })
  await search.close()
  return { total, ids: items.map(({ id }) => id).sort(), warnings: log.warnings, notes: log.notes }
}

async function filled(address: TestDatabase, count = 20) {
  const search = await searchOn(address)
  await search.documents.put(
    Array.from({ length: count }, (_, i) => someDocument(`d${i}`, { body: `beacon ${i}` })),
  )
  await search.documents.remove(['d3'])
  return search
}

const snapshotOf = ({ home }: TestDatabase) => join(home, 'search.snapshot')

describeEachDatabase.always('the search snapshot', (database) => {
  it('is written when a process stops, and spares the next one the building', async () => {
    const address = await database()
    await filled(address)
    expect(await live(address)).toMatchObject({ total: 19, warnings: [], notes: ['search snapshot written'] })
    expect(readdirSync(address.home).filter((name) => name.startsWith('search.'))).toEqual([
      'search.snapshot',
    ])
    // What the snapshot holds is not read again: its text could be gone.
    await address.db.sql('search_documents').where({ id: 'd5' }).update({ body: 'altered behind its back' })
    expect(await live(address)).toMatchObject({ total: 19, warnings: [], notes: [] })
  })

  it('is brought up to date by the process that loads it', async () => {
    const address = await database()
    await filled(address)
    await live(address)
    const other = createSearch(address.db, { home: address.home, log: heardLog() })
    await other.documents.put([someDocument('new', { body: 'beacon' })])
    await other.documents.remove(['d0'])
    const { ids, warnings } = await live(address)
    expect(warnings).toEqual([])
    expect(ids).toContain('new')
    expect(ids).not.toContain('d0')
    expect(ids).toHaveLength(19)
  })

  const damages: readonly [string, (file: string) => void][] = [
    ['is empty', (file) => writeFileSync(file, '')],
    ['is something else', (file) => writeFileSync(file, 'hello\n'.repeat(1000))],
    ['was cut short', (file) => truncateSync(file, readFileSync(file).length - 100)],
    ['has a byte turned over in its head', (file) => flip(file, 3)],
    ['has a byte turned over in its middle', (file) => flip(file, readFileSync(file).length >> 1)],
  ]
  for (const [damage, inflict] of damages) {
    it(`is told of and built anew when it ${damage}`, async () => {
      const address = await database()
      await filled(address)
      await live(address)
      inflict(snapshotOf(address))
      const { total, warnings } = await live(address)
      expect(total).toBe(19)
      expect(warnings).toEqual(['search snapshot unusable, rebuilding the index'])
      expect(await live(address)).toMatchObject({ total: 19, warnings: [] })
    })
  }

  it('is refused when it is of another database', async () => {
    const one = await database()
    const two = await database()
    // Test databases are copies of one, which real databases are not.
    await two.db.sql('search_identity').update({ id: 'another' })
    await filled(one, 30)
    await live(one)
    await filled(two, 40)
    copyFileSync(snapshotOf(one), snapshotOf(two))
    const { total, warnings } = await live(two)
    expect(total).toBe(39)
    expect(warnings).toHaveLength(1)
  })

  it('is refused when it is newer than its database', async () => {
    const address = await database()
    await filled(address)
    await live(address)
    await address.db.sql('search_documents').where('seq', '>', 10).delete()
    await address.db.sql('sequences').where({ name: 'search' }).update({ value: 10 })
    const { total, warnings } = await live(address)
    expect(total).toBe(9)
    expect(warnings).toHaveLength(1)
  })

  it('does not stop search when it cannot be written', async () => {
    const address = await database()
    await filled(address)
    const log = heardLog()
    const search = createSearch(address.db, { home: '/dev/null/nowhere', log })
    expect((await search.query({ q: 'beacon', audience: 'public' })).total).toBe(19)
    await search.close()
    expect(log.warnings).toContain('cannot write the search snapshot')
  })

  it('is written after a long way too, without waiting for the end', async () => {
    const address = await database()
    await filled(address)
    const search = createSearch(address.db, { home: address.home, log: heardLog(), snapshotAfter: 10 })
    await search.query({ q: 'beacon', audience: 'public' })
    await vi.waitFor(() => expect(existsSync(snapshotOf(address))).toBe(true))
    await search.close()
  })

  it('builds an index of thousands without holding the thread', async () => {
    const address = await database()
    const search = await searchOn(address)
    const body = 'The modem blinks amber and the line drops every evening. '.repeat(20)
    for (let from = 0; from < 3_000; from += 500) {
      const documents = Array.from({ length: 500 }, (_, i) => someDocument(`d${from + i}`, { body }))
      await search.documents.put(documents)
    }
    let turns = 0
    const others = setInterval(() => turns++, 1)
    const amber = () => search.query({ q: 'amber', audience: 'public' })
    await vi.waitFor(async () => expect((await amber()).indexing).toBeUndefined(), { timeout: 120_000 })
    clearInterval(others)
    expect((await amber()).total).toBe(3_000)
    expect(turns).toBeGreaterThan(30)
  })
})

describeEachDatabase.always('an index from which much is missing', (database) => {
  const ask = (search: Search, q = 'beacon') => search.query({ q, audience: 'public', limit: 50 })

  it('answers from what it holds and says so, until it holds everything', async () => {
    const address = await database()
    await filled(address)
    const search = createSearch(address.db, { home: address.home, log: heardLog(), waitsFor: 10 })
    expect(await ask(search)).toMatchObject({ indexing: true, failed: false })
    await vi.waitFor(async () => expect((await ask(search)).indexing).toBeUndefined(), { timeout: 20_000 })
    expect(await ask(search)).toMatchObject({ total: 19, failed: true })
    await search.close()
  })

  it('waits for what is little: the next question finds what any process wrote', async () => {
    const address = await database()
    const other = await filled(address)
    const search = createSearch(address.db, { home: address.home, log: heardLog(), waitsFor: 21 })
    expect(await ask(search)).toMatchObject({ total: 19, indexing: undefined })
    await other.documents.put([someDocument('new', { body: 'beacon' })])
    expect(await ask(search)).toMatchObject({ total: 20, indexing: undefined })
    await search.close()
  })

  it('takes the snapshot first, so that what was there is found from the first question on', async () => {
    const address = await database()
    const other = await filled(address)
    await live(address)
    await other.documents.put(
      Array.from({ length: 30 }, (_, i) => someDocument(`late${i}`, { body: 'beacon' })),
    )
    const search = createSearch(address.db, { home: address.home, log: heardLog(), waitsFor: 10 })
    await search.warm()
    expect((await ask(search)).total).toBeGreaterThanOrEqual(19)
    await vi.waitFor(async () => expect((await ask(search)).total).toBe(49), { timeout: 20_000 })
    await search.close()
  })

  it('is no empty shelf while documents are still to be written', async () => {
    const address = await database()
    await filled(address)
    let isWriting = true
    const { home } = address
    const search = createSearch(address.db, { home, log: heardLog(), isWriting: async () => isWriting })
    expect(await ask(search, 'telescope')).toMatchObject({ total: 0, indexing: true, failed: false })
    expect(await ask(search)).toMatchObject({ total: 19, indexing: undefined })
    isWriting = false
    expect(await ask(search, 'telescope')).toMatchObject({ total: 0, indexing: undefined, failed: true })
    await search.close()
  })
})

function flip(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  writeFileSync(file, bytes)
}
