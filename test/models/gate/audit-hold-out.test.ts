import { expect, it } from 'vitest'
import { revokeAnnotation } from '../../../src/labels/annotate-thread.ts'
import { loadClassifier } from '../../../src/learning/artefact/artefact.ts'
import { activateVersion } from '../../../src/models/registry/activate-version.ts'
import type { ModelVersion } from '../../../src/models/registry/model-version.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { agent, emptiedEachTime, supervisor } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { corpus, type LabelledText, SUBJECTS } from '../corpus.ts'
import { addLabelled, annotate, type ModelTestDeps, setUpModels } from '../support.ts'

const training = { facet: 'category', actor: supervisor }

/** The corpus several times over, in other words: 120 threads each time. */
const copies = (from: number, to: number): LabelledText[] =>
  Array.from({ length: to - from }, (_, at) =>
    corpus().map((thread) => ({
      ...thread,
      id: `${thread.id}-${from + at}`,
      question: `${thread.question} ${from + at}`,
    })),
  ).flat()

const swapped = ({ label }: LabelledText) => SUBJECTS[(SUBJECTS.indexOf(label) + 1) % SUBJECTS.length]!

describeEachDatabase.rarely('the hold-out', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => setUpModels(await database())

  async function draw(deps: ModelTestDeps, threads: readonly LabelledText[]) {
    await deps.auditSlice.add(threads.map(({ id }) => id))
  }

  async function refitsOf(deps: ModelTestDeps, { artefactHash }: ModelVersion) {
    return loadClassifier(await deps.artefacts.read(artefactHash)).model.fullFit.refits
  }

  const drawnFirst = async () => {
    const deps = await setUp()
    const learned = copies(0, 2)
    const audited = copies(3, 5)
    await addLabelled(deps, learned)
    await addLabelled(deps, audited, ({ label }) => label, { blind: true })
    await draw(deps, audited)
    deps.clock.advance(60_000)
    return { deps, learned, audited }
  }

  it('is the audit slice: no facet learns from a thread of it, whoever labelled it', async () => {
    const deps = await setUp()
    const [blind, seen, imported] = [copies(1, 2).slice(0, 30), copies(2, 3).slice(0, 30), copies(3, 4)]
    await addLabelled(deps)
    await addLabelled(deps, blind, () => 'only-drawn', { blind: true })
    await addLabelled(deps, seen, () => 'only-drawn')
    await addLabelled(deps, imported.slice(0, 30), () => 'only-drawn', { provenance: 'import' })
    await draw(deps, [...blind, ...seen, ...imported.slice(0, 30)])
    const version = await trainFacet(deps, training)
    expect(version.report).toMatchObject({ labels: 3, trainedOn: 120, evaluation: { basis: 'held-out' } })
  })

  it('judges both versions once it has 200 threads labelled blind that neither has seen', async () => {
    const { deps, audited } = await drawnFirst()
    const first = await trainFacet(deps, training)
    expect(first.report.evaluation).toMatchObject({ basis: 'audit-slice', threads: audited.length })
    deps.clock.advance(60_000)
    const second = await trainFacet(deps, { ...training, seed: 2 })
    const compared = second.report.evaluation.compared
    expect(compared).toMatchObject({ version: 1, threads: audited.length })
    expect(compared?.active.right).toBe(first.report.evaluation.candidate.right)
    const grounds = second.report.gate?.tests.filter(({ scope }) => scope === 'all').map(({ on }) => on)
    expect(grounds).toEqual(['audit-slice', 'held-out'])
  })

  it('is too small again when its labels are revoked', async () => {
    const { deps, audited } = await drawnFirst()
    await trainFacet(deps, training)
    deps.clock.advance(60_000)
    for (const { id } of audited.slice(0, 50)) {
      const [annotation] = await deps.annotations.history(id)
      await revokeAnnotation(deps, { id: annotation!.id, actor: agent })
    }
    const second = await trainFacet(deps, { ...training, seed: 2 })
    expect(second.report).toMatchObject({ trainedOn: 240, evaluation: { basis: 'held-out' } })
  })

  it('leaves out of the comparison what the active version learned from before it was drawn', async () => {
    const deps = await setUp()
    const learned = copies(0, 3)
    const later = copies(3, 5)
    await addLabelled(deps, [...learned, ...later])
    await trainFacet(deps, training)
    deps.clock.advance(60_000)
    await draw(deps, later)
    await annotate(deps, later, ({ label }) => label, { blind: true })
    const second = await trainFacet(deps, { ...training, seed: 2 })
    expect(second.report).toMatchObject({
      trainedOn: 360,
      evaluation: { basis: 'audit-slice', threads: 240 },
    })
    expect(second.report.evaluation.compared?.threads).toBe(360)
    expect(second.report.gate?.tests.map(({ on }) => on)).not.toContain('audit-slice')
  })

  it('lets a version be fitted further, which has no out-of-fold predictions, only where it is large enough', async () => {
    const { deps, learned, audited } = await drawnFirst()
    await trainFacet(deps, training)
    const more = copies(5, 6).slice(0, 15)
    deps.clock.advance(60_000)
    await addLabelled(deps, more)
    const second = await trainFacet(deps, training)
    expect(await refitsOf(deps, second)).toBe(1)
    expect(await deps.heldOut.of(second)).toBeUndefined()
    expect(second.report.gate?.tests.map(({ on }) => on)).toContain('audit-slice')

    deps.clock.advance(60_000)
    await addLabelled(deps, copies(6, 7).slice(0, 5))
    await annotate(deps, learned.slice(0, 25), swapped)
    const poisoned = await trainFacet(deps, training)
    expect(await refitsOf(deps, poisoned)).toBe(2)
    expect(poisoned.reason).toMatch(/^Rejected: .*25 threads relabelled since version 2/)

    const [annotation] = await deps.annotations.history(audited[0]!.id)
    await deps.db.sql('audit_slice').whereNot({ thread_id: annotation!.threadId }).delete()
    await deps.db
      .sql('thread_labels')
      .whereIn(
        'thread_id',
        audited.slice(1).map(({ id }) => id),
      )
      .delete()
    expect(await refitsOf(deps, await trainFacet(deps, training))).toBe(0)
  })

  it('shows damage that nothing else shows: wrong labels of threads that nobody had labelled', async () => {
    const { deps } = await drawnFirst()
    await trainFacet(deps, training)
    deps.clock.advance(60_000)
    await addLabelled(deps, copies(5, 8), swapped)
    const second = await trainFacet(deps, training)
    expect(second.status).toBe('rejected')
    expect(second.report.gate?.tests.find(({ on }) => on === 'audit-slice')).toMatchObject({
      refusal: 'test',
    })
    const overruled = await activateVersion(deps, { facet: 'category', version: 2, actor: supervisor })
    expect(overruled.status).toBe('active')
  })
})
