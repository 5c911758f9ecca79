import { expect, it } from 'vitest'
import { activateVersion } from '../../../src/models/registry/activate-version.ts'
import { createModelRegistry } from '../../../src/models/registry/model-registry.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { emptiedEachTime, eventsOf, supervisor } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { corpus, SUBJECTS } from '../corpus.ts'
import { addLabelled, annotate, setUpModels } from '../support.ts'

const actor = supervisor
const training = { facet: 'category', actor }

/** Every subject called by another's name. */
const swapped = (label: string) => SUBJECTS[(SUBJECTS.indexOf(label as never) + 1) % SUBJECTS.length]!

/** Of the same training on each database. */
const hashes = new Set<string>()

describeEachDatabase.rarely('training a facet', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => setUpModels(await database())

  it('makes a version that answers, with its report, event and audit record', async () => {
    const deps = await setUp()
    await addLabelled(deps)
    const version = await trainFacet(deps, training)
    expect(version).toMatchObject({ number: 1, status: 'active', annotationsSeen: 120 })
    expect(version.reason).toMatch(
      /^Activated: .* of 120 threads correct in held-out predictions \(cross-validation\); always/,
    )
    expect(version.report).toMatchObject({
      labels: 3,
      trainedOn: 120,
      labelledByAgents: 120,
      labelsReadAt: '2026-01-01T00:00:00.000Z',
      evaluation: { basis: 'held-out', threads: 120 },
      gate: { tests: [] },
    })
    const [model] = await deps.registry.active()
    expect(model).toMatchObject({ facet: 'category', version: 1, versionId: version.id })
    expect(model?.classifier.classify('Souci avec ma facture et le paiement').label).toBe('billing')
    expect(model?.classifier.classify('the router has no wifi signal').label).toBe('network')
    expect(await eventsOf(deps.db, 'model.activated')).toEqual([
      {
        facet: 'category',
        facetId: version.facetId,
        versionId: version.id,
        version: 1,
        activatedAt: version.activatedAt,
      },
    ])
    const audit = await deps.audit.list({ target: version.id, limit: 5 })
    expect(audit.items.map(({ action }) => action).sort()).toEqual(['model.activated', 'model.trained'])
  })

  it('gives the same artefact for the same annotations and seed on any database, and stores it once', async () => {
    const deps = await setUp()
    await addLabelled(deps)
    const first = await trainFacet(deps, training)
    const parts = await deps.db.sql('artefact_files').select('name', 'part')
    const second = await trainFacet(deps, training)
    expect(second.artefactHash).toBe(first.artefactHash)
    expect(second).toMatchObject({ number: 2, status: 'active', parentId: first.id })
    expect(await deps.db.sql('artefact_files').select('name', 'part')).toEqual(parts)
    expect(hashes.add(first.artefactHash).size).toBe(1)
    const other = await trainFacet(deps, { ...training, seed: 7 })
    expect(other.artefactHash).not.toBe(first.artefactHash)
    expect(other.artefactHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('turns a first version down that does not beat the commonest label, and says so', async () => {
    const deps = await setUp()
    const alike = corpus().map((thread) => ({ ...thread, title: 'help', question: 'please' }))
    await addLabelled(deps, alike)
    const version = await trainFacet(deps, training)
    expect(version).toMatchObject({ number: 1, status: 'rejected' })
    expect(version.reason).toMatch(/^Rejected: .*no better than guessing/)
    expect(await deps.registry.active()).toEqual([])
    expect(await eventsOf(deps.db, 'model.activated')).toEqual([])
  })

  it('turns a worse candidate down, says why, and leaves the active one in its place', async () => {
    const deps = await setUp()
    await addLabelled(deps)
    await trainFacet(deps, training)
    deps.clock.advance(60_000)
    await annotate(deps, corpus().slice(0, 25), ({ label }) => swapped(label))
    const second = await trainFacet(deps, training)
    expect(second).toMatchObject({ number: 2, status: 'rejected', report: { gate: { version: 1 } } })
    expect(second.reason).toMatch(
      /^Rejected: .*of 25 threads relabelled since version 1, the other examples support the old label/,
    )
    expect(await deps.registry.active()).toMatchObject([{ version: 1 }])
    const facet = await deps.facets.require('category')
    expect(await deps.versions.require(facet, 2)).toEqual(second)
  })

  it('retires the version that is replaced', async () => {
    const deps = await setUp()
    await addLabelled(deps)
    await trainFacet(deps, training)
    const second = await trainFacet(deps, { ...training, seed: 2 })
    expect(second).toMatchObject({ status: 'active', report: { evaluation: { compared: { version: 1 } } } })
    const facet = await deps.facets.require('category')
    const first = await deps.versions.require(facet, 1)
    expect(first).toMatchObject({ status: 'retired', retiredAt: expect.any(String) })
    expect(await deps.registry.active()).toMatchObject([{ version: 2 }])
  })

  it('rolls back to any version by one call, heard of at once in another process', async () => {
    const deps = await setUp()
    await addLabelled(deps)
    const elsewhere = createModelRegistry(deps.db, deps.facets)
    const first = await trainFacet(deps, training)
    await trainFacet(deps, { ...training, seed: 2 })
    expect(await elsewhere.active()).toMatchObject([{ version: 2 }])
    deps.clock.advance(1000)
    const back = await activateVersion(deps, { facet: 'category', version: 1, actor })
    expect(back).toMatchObject({ id: first.id, status: 'active' })
    expect(back.retiredAt).toBeUndefined()
    expect(await elsewhere.active()).toMatchObject([{ version: 1 }])
    const audit = await deps.audit.list({ target: first.id, limit: 1 })
    expect(audit.items).toMatchObject([
      { action: 'model.activated', before: { version: 2 }, after: { version: 1 } },
    ])
    const events = await eventsOf(deps.db, 'model.activated')
    await activateVersion(deps, { facet: 'category', version: 1, actor })
    expect(await eventsOf(deps.db, 'model.activated')).toEqual(events)
  })

  it('lets a person activate what the gate turned down', async () => {
    const deps = await setUp()
    const alike = corpus().map((thread) => ({ ...thread, title: 'help', question: 'please' }))
    await addLabelled(deps, alike)
    await trainFacet(deps, training)
    const version = await activateVersion(deps, { facet: 'category', version: 1, actor })
    expect(version.status).toBe('active')
    const missing = activateVersion(deps, { facet: 'category', version: 9, actor })
    await expect(missing).rejects.toMatchObject({ code: 'MODEL_VERSION_NOT_FOUND', status: 404 })
  })

  it('refuses to train on too little, and keeps nothing', async () => {
    const deps = await setUp()
    await expect(trainFacet(deps, training)).rejects.toMatchObject({ code: 'TOO_FEW_LABELS', status: 422 })
    await addLabelled(
      deps,
      corpus().filter(({ label }) => label === 'billing'),
    )
    await expect(trainFacet(deps, training)).rejects.toThrow(/at least two labels/)
    expect(await deps.db.sql('model_versions')).toEqual([])
    expect(await deps.db.sql('artefact_files')).toEqual([])
    expect(await deps.db.sql('training_leases')).toEqual([])
  })

  it('can be stopped, and leaves nothing', async () => {
    const deps = await setUp()
    await addLabelled(deps)
    const stop = new AbortController()
    const stopped = trainFacet(deps, { ...training, signal: stop.signal, onProgress: () => stop.abort() })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    expect(await deps.db.sql('model_versions')).toEqual([])
    expect(await deps.db.sql('training_leases')).toEqual([])
  })

  it('serialises trainings of one facet, whose numbers never collide', async () => {
    const deps = await setUp()
    await addLabelled(deps)
    const versions = await Promise.all([1, 2, 3].map((seed) => trainFacet(deps, { ...training, seed })))
    expect(versions.map(({ number }) => number).sort()).toEqual([1, 2, 3])
    const active = await deps.db.sql('model_versions').where({ status: 'active' })
    expect(active).toHaveLength(1)
  })
})
