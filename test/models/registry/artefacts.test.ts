import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { hashArtefact } from '../../../src/models/registry/hash-artefact.ts'
import { createModelRegistry } from '../../../src/models/registry/model-registry.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { agent, emptiedEachTime } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { addLabelled, setUpModels } from '../support.ts'

const bytes = (length: number, start = 0) => Uint8Array.from({ length }, (_, i) => (i * 31 + start) % 251)

const files = {
  'weights.bin': bytes(1_300_000),
  'model.json': bytes(40, 7),
  empty: new Uint8Array(0),
}

describeEachDatabase('artefacts', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => setUpModels(await database())

  it('come back as they were stored, in parts below a megabyte', async () => {
    const { artefacts, db } = await setUp()
    const hash = await hashArtefact(files)
    await artefacts.put(hash, files)
    const back = await artefacts.read(hash)
    expect(Object.keys(back).sort()).toEqual(Object.keys(files).sort())
    for (const [name, content] of Object.entries(files))
      expect(Buffer.compare(Buffer.from(back[name]!), Buffer.from(content))).toBe(0)
    const parts = await db.sql('artefact_files')
    expect(parts).toHaveLength(5)
    for (const part of parts) expect(part.bytes.length).toBeLessThanOrEqual(1_048_576)
  })

  it('are known by the hash of the listing that sha256sum prints', async () => {
    const sha = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex')
    const listing = Object.entries(files)
      .map(([name, content]) => [name, `${sha(content)}  ${name}\n`] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, line]) => line)
    expect(await hashArtefact(files)).toBe(sha(listing.join('')))
    expect(await hashArtefact({ ...files, empty: bytes(1) })).not.toBe(await hashArtefact(files))
  })

  it('left half by a process that died are completed by the next try', async () => {
    const { artefacts, db } = await setUp()
    const hash = await hashArtefact(files)
    await artefacts.put(hash, files)
    await db.sql('artefact_files').where({ name: 'weights.bin', part: 1 }).delete()
    await db.sql('artefact_files').where({ name: 'empty' }).delete()
    await expect(artefacts.read(hash)).rejects.toMatchObject({ code: 'ARTEFACT_CORRUPT' })
    await artefacts.put(hash, files)
    expect(Object.keys(await artefacts.read(hash))).toHaveLength(3)
  })

  it('are all there before a version names them, and none is named by a training that dies', async () => {
    const deps = await setUp()
    await addLabelled(deps)
    const versionsWhenStoring: unknown[][] = []
    const dying = {
      ...deps,
      artefacts: {
        ...deps.artefacts,
        async put(hash: string, some: Parameters<typeof deps.artefacts.put>[1]) {
          await deps.artefacts.put(hash, some)
          versionsWhenStoring.push(await deps.db.sql('model_versions'))
          throw new Error('the process dies here')
        },
      },
    }
    await expect(trainFacet(dying, { facet: 'category', actor: agent })).rejects.toThrow('dies here')
    expect(versionsWhenStoring).toEqual([[]])
    expect(await deps.db.sql('model_versions')).toEqual([])
    const parts = await deps.db.sql('artefact_files').select('artefact_hash', 'name', 'part')
    const version = await trainFacet(deps, { facet: 'category', actor: agent })
    expect(version.number).toBe(1)
    expect(await deps.db.sql('artefact_files').select('artefact_hash', 'name', 'part')).toEqual(parts)
  })

  it('that were changed in the database stop their facet alone, with an alert, and it is trained out of it', async () => {
    const deps = await setUp()
    await addLabelled(deps)
    await trainFacet(deps, { facet: 'category', actor: agent })
    const where = { name: 'weights.bin', part: 0 }
    const row = await deps.db.sql('artefact_files').where(where).first()
    const broken = Buffer.from(row.bytes)
    broken[10]! ^= 0xff
    await deps.db.sql('artefact_files').where(where).update({ bytes: broken })
    const spare = await deps.facets.ensure('spare')
    const { artefactHash, report } = await trainFacet(deps, { facet: 'category', actor: agent, seed: 2 })
    const good = await deps.versions.add({
      facetId: spare.id,
      status: 'candidate',
      artefactHash,
      report,
      reason: '',
      annotationsSeen: 0,
    })
    await deps.versions.activate(good)
    await deps.versions.activate(await deps.versions.require(await deps.facets.require('category'), 1))
    const { clock, lines } = deps
    const registry = createModelRegistry(deps.db, deps.facets, { clock, log: deps.log })
    expect(await registry.active()).toMatchObject([{ facet: 'spare', version: 1 }])
    await registry.active()
    expect(registry.unreadable()).toMatchObject([
      { facet: 'category', version: 1, reason: expect.stringContaining('does not match its hash') },
    ])
    const alerts = () => lines.filter(([, message]) => message.includes('cannot be read'))
    expect(alerts()).toHaveLength(1)
    clock.advance(60_000)
    await registry.active()
    expect(alerts()).toHaveLength(2)
    const next = await trainFacet(deps, { facet: 'category', actor: agent, seed: 3 })
    expect(next).toMatchObject({ number: 3, status: 'active' })
    expect(await registry.active()).toMatchObject([
      { facet: 'category', version: 3 },
      { facet: 'spare', version: 1 },
    ])
    expect(registry.unreadable()).toEqual([])
  })
})
