import { expect, it, vi } from 'vitest'
import { correctLabel, revokeAnnotation } from '../../src/labels/annotate-thread.ts'
import { labelJobs } from '../../src/labels/jobs.ts'
import { labelImportedThreads } from '../../src/labels/label-imported-threads.ts'
import { startJobRunner } from '../../src/platform/jobs/job-runner.ts'
import { createLocalWakeups } from '../../src/platform/jobs/wakeups.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { performJob } from '../support/drain-jobs.ts'
import {
  addLabels,
  addThreads,
  agent,
  emptiedEachTime,
  eventsOf,
  type LabelTestDeps,
  setUpLabels,
  supervisor,
  type TestThread,
} from './support.ts'

const silent = { error: () => undefined, info: () => undefined }

const labelsOf = async (deps: LabelTestDeps, id: string) =>
  Object.fromEntries(
    ((await deps.threadLabels.labelsOf([id])).get(id) ?? []).map(({ facet, label }) => [facet, label]),
  )

const setTags = (deps: LabelTestDeps, id: string, tags: string[]) =>
  deps.db
    .sql('threads')
    .where({ id })
    .update({ tags: JSON.stringify(tags) })

/** `n` threads that carry these tags. */
const tagged = (prefix: string, n: number, tags: string[]): TestThread[] =>
  Array.from({ length: n }, (_, i) => ({ id: `${prefix}${i}`, tags }))

/** For a machine that is busy: what hangs fails all the same. */
const PATIENCE_MS = 60_000

describeEachDatabase('labelling imported threads', (fresh) => {
  const database = emptiedEachTime(fresh)
  it('takes the first tag that fifteen threads of the source carry, and no rarer one', async () => {
    const deps = await setUpLabels(await database())
    const sourceId = await addThreads(
      deps,
      [
        ...tagged('a', 15, ['odd', 'wifi']),
        ...tagged('b', 14, ['rare']),
        ...tagged('c', 15, ['box', 'wifi']),
      ],
      { labelFrom: 'tags' },
    )
    await addThreads(deps, tagged('z', 1, ['rare', 'rare']), { name: 'elsewhere' })
    await setTags(deps, 'a0', ['wifi', 'odd'])
    const summary = await labelImportedThreads(deps, { sourceId })
    expect(summary).toEqual({ threads: 44, appended: 30, revoked: 0, tags: 3 })
    expect(await labelsOf(deps, 'a0')).toEqual({ category: 'wifi' })
    expect(await labelsOf(deps, 'a1')).toEqual({ category: 'odd' })
    expect(await labelsOf(deps, 'b1')).toEqual({})
    expect(await labelsOf(deps, 'c1')).toEqual({ category: 'box' })
    expect(await labelsOf(deps, 'z0')).toEqual({})
    const [event] = await eventsOf(deps.db, 'labels.imported')
    expect(event).toMatchObject({ facet: 'category', count: expect.any(Number) })
  })

  it('changes nothing when it runs again', async () => {
    const deps = await setUpLabels(await database())
    const sourceId = await addThreads(deps, tagged('a', 20, ['wifi']), { labelFrom: 'tags' })
    await labelImportedThreads(deps, { sourceId })
    const before = await deps.db.sql('annotations').orderBy('id')
    const events = await eventsOf(deps.db, 'labels.imported')
    expect(await labelImportedThreads(deps, { sourceId })).toMatchObject({ appended: 0, revoked: 0 })
    expect(await deps.db.sql('annotations').orderBy('id')).toEqual(before)
    expect(await eventsOf(deps.db, 'labels.imported')).toEqual(events)
  })

  it('makes the facets and labels that threads state, naming facets in kebab-case', async () => {
    const deps = await setUpLabels(await database())
    const sourceId = await addThreads(deps, [
      { id: 't1', stated: { category: ' Facturation ', 'Urgency Level': 'high' } },
      { id: 't2', stated: { Sensibilité: 'données personnelles', '!!': 'x' } },
    ])
    await labelImportedThreads(deps, { sourceId })
    expect(await labelsOf(deps, 't1')).toEqual({ category: 'Facturation', 'urgency-level': 'high' })
    expect(await labelsOf(deps, 't2')).toEqual({ sensibilite: 'données personnelles' })
  })

  it('prefers a stated category to a tag, and reads no tags by default', async () => {
    const deps = await setUpLabels(await database())
    const threads = tagged('a', 15, ['wifi']).map((thread, i) =>
      i === 0 ? { ...thread, stated: { category: 'box' } } : thread,
    )
    const sourceId = await addThreads(deps, threads)
    await labelImportedThreads(deps, { sourceId })
    expect(await labelsOf(deps, 'a1')).toEqual({})
    await deps.sources.change(sourceId, { audience: 'public', labelFrom: 'tags' })
    await labelImportedThreads(deps, { sourceId })
    expect(await labelsOf(deps, 'a0')).toEqual({ category: 'box' })
    expect(await labelsOf(deps, 'a1')).toEqual({ category: 'wifi' })
  })

  it("never outranks an agent's annotation, whichever came first", async () => {
    const deps = await setUpLabels(await database())
    const sourceId = await addThreads(deps, [{ id: 't1', stated: { category: 'box' } }])
    await addLabels(deps, 'category', ['billing'])
    const correction = { threadId: 't1', facet: 'category', label: 'billing', actor: agent }
    const { id } = await correctLabel(deps, correction)
    await labelImportedThreads(deps, { sourceId })
    expect(await labelsOf(deps, 't1')).toEqual({ category: 'billing' })
    await revokeAnnotation(deps, { id, actor: agent })
    expect(await labelsOf(deps, 't1')).toEqual({ category: 'box' })
  })

  it('appends when the source states another label, and revokes what it no longer states', async () => {
    const deps = await setUpLabels(await database())
    const sourceId = await addThreads(deps, [{ id: 't1', stated: { category: 'box' } }])
    const state = (stated: object | null) =>
      deps.db
        .sql('threads')
        .where({ id: 't1' })
        .update({ stated_labels: stated && JSON.stringify(stated) })
    const label = () => labelImportedThreads(deps, { sourceId, threadIds: ['t1'] })
    await label()
    await state({ category: 'tv' })
    expect(await label()).toMatchObject({ threads: 1, appended: 1, revoked: 1 })
    expect(await labelsOf(deps, 't1')).toEqual({ category: 'tv' })
    await state(null)
    expect(await label()).toMatchObject({ threads: 1, appended: 0, revoked: 1 })
    expect(await labelsOf(deps, 't1')).toEqual({})
    await state({ category: 'tv' })
    expect(await label()).toMatchObject({ threads: 1, appended: 1, revoked: 0 })
    expect(await labelsOf(deps, 't1')).toEqual({ category: 'tv' })
    const { id } = (await deps.facets.require('category')) as { id: string }
    expect(await deps.annotations.agentAnnotations(id)).toBe(0)
  })

  it('does not bring back a label that a supervisor took away', async () => {
    const deps = await setUpLabels(await database())
    const sourceId = await addThreads(deps, [{ id: 't1', stated: { category: 'box' } }])
    await labelImportedThreads(deps, { sourceId })
    const [imported] = await deps.annotations.history('t1')
    await revokeAnnotation(deps, { id: imported!.id, actor: supervisor })
    expect(await labelImportedThreads(deps, { sourceId })).toMatchObject({ appended: 0, revoked: 0 })
    expect(await labelsOf(deps, 't1')).toEqual({})
  })

  it('appends once when two runs meet', async () => {
    const deps = await setUpLabels(await database())
    const sourceId = await addThreads(deps, tagged('a', 250, ['wifi']), { labelFrom: 'tags' })
    await Promise.all([labelImportedThreads(deps, { sourceId }), labelImportedThreads(deps, { sourceId })])
    const [{ n } = { n: -1 }] = await deps.db.sql('annotations').count('* as n')
    expect(Number(n)).toBe(250)
  })

  it('runs once for the many batches of an import labelled by tags', async () => {
    const deps = await setUpLabels(await database())
    const sourceId = await addThreads(deps, tagged('a', 30, ['wifi']), { labelFrom: 'tags' })
    for (let batch = 0; batch < 6; batch++) {
      const threadIds = Array.from({ length: 5 }, (_, i) => `a${batch * 5 + i}`)
      await deps.outbox.append({ type: 'threads.changed', sourceId, importId: 'i1', threadIds } as never)
    }
    const wakeups = createLocalWakeups()
    const handlers = labelJobs(deps)
    const worker = startJobRunner({ ...deps, handlers, wakeups, log: silent }, { concurrency: 1, pollMs: 20 })
    await vi.waitFor(async () => expect(await eventsOf(deps.db, 'threads.changed')).toEqual([]), PATIENCE_MS)
    await vi.waitFor(
      async () => expect(await deps.jobs.counts()).toMatchObject({ queued: 1, running: 0 }),
      PATIENCE_MS,
    )
    expect(await labelsOf(deps, 'a0')).toEqual({})
    deps.clock.advance(10_000)
    await vi.waitFor(
      async () => expect(await deps.jobs.counts()).toMatchObject({ queued: 0, running: 0 }),
      PATIENCE_MS,
    )
    await worker.stop()
    expect(await labelsOf(deps, 'a29')).toEqual({ category: 'wifi' })
  })

  it('labels what a batch states as soon as it is imported', async () => {
    const deps = await setUpLabels(await database())
    const sourceId = await addThreads(deps, [{ id: 't1', stated: { category: 'box' } }])
    const [handler] = labelJobs(deps)
    await performJob(handler, { sourceId, threadIds: ['t1'] })
    expect(await labelsOf(deps, 't1')).toEqual({ category: 'box' })
  })
})
