import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandLine } from '../../src/access/actor.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { openCentre } from './centre.ts'

describeEachDatabase.always('a search right after an import', (database) => {
  it('says that texts are still being added, and counts as no search that failed', async () => {
    const address = await database()
    const centre = await openCentre(address)
    const file = join(address.home, 'late.ndjson')
    const createdAt = '2025-06-01T10:00:00Z'
    const question = { kind: 'question', id: 't-0', threadId: 't', authorId: 'asker', body: 'It drifts.' }
    const records = [
      { type: 'member', id: 'asker', name: 'Ana' },
      { type: 'thread', id: 't', title: 'Why does the sextant drift?', createdAt },
      { type: 'post', ...question, createdAt },
    ]
    writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
    await centre.app.ingest.importThreads({
      format: 'ndjson',
      paths: [file],
      source: 'late',
      audience: 'public',
      actor: commandLine,
    })
    const searched = () => centre.app.search.query({ q: 'sextant', audience: 'public' })
    const page = async (language: 'en' | 'fr') =>
      (await fetch(`${centre.url}/help/${language}/search?q=sextant`)).text()

    expect(await searched()).toMatchObject({ total: 0, indexing: true, failed: false })
    expect(await page('en')).toContain('New texts are still being added to the search')
    expect(await page('en')).toContain('Nothing found for “sextant” so far')
    expect(await page('fr')).toContain('De nouveaux textes sont en cours d’ajout')

    await centre.runJobs()
    expect(await searched()).toMatchObject({ total: 1, indexing: undefined })
    expect(await page('en')).not.toContain('still being added')
  })
})
