import { describe, expect, it } from 'vitest'
import { correctLabel, revokeAnnotation } from '../../src/labels/annotate-thread.ts'

import { describeEachDatabase } from '../support/databases.ts'
import {
  addLabels,
  addThreads,
  agent,
  emptiedEachTime,
  eventsOf,
  outsider,
  setUpLabels,
  supervisor,
} from './support.ts'

describeEachDatabase.always('annotations', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => {
    const deps = await setUpLabels(await database())
    await addThreads(deps, [{ id: 't1' }, { id: 't2' }])
    const category = await addLabels(deps, 'category', ['billing', 'network'])
    const correct = (label: string, threadId = 't1') =>
      correctLabel(deps, { threadId, facet: 'category', label, actor: agent })
    const labelOf = async (threadId: string) =>
      (await deps.threadLabels.labelsOf([threadId])).get(threadId)?.map(({ label }) => label)
    return { ...deps, category, correct, labelOf }
  }

  it('give the thread its label, append an event and are audited, in one transaction', async () => {
    const deps = await setUp()
    const annotation = await correctLabel(deps, {
      threadId: 't1',
      facet: 'category',
      label: 'billing',
      blind: true,
      note: 'clear',
      actor: agent,
    })
    expect(annotation).toMatchObject({
      facet: 'category',
      label: 'billing',
      provenance: 'agent',
      blind: true,
      note: 'clear',
      actor: { id: 'key_agent', name: 'Aude' },
    })
    expect(await deps.labelOf('t1')).toEqual(['billing'])
    expect(await eventsOf(deps.db, 'label.corrected')).toEqual([
      { facet: 'category', facetId: deps.category.id, threadId: 't1', annotationId: annotation.id },
    ])
    const audit = await deps.audit.list({ target: 't1', limit: 5 })
    expect(audit.items).toMatchObject([{ action: 'label.corrected', after: { label: 'billing' } }])
  })

  it('leave nothing behind when the transaction they are part of is undone', async () => {
    const deps = await setUp()
    const undone = deps.db.transaction(async () => {
      await deps.correct('billing')
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await deps.annotations.history('t1')).toEqual([])
    expect(await deps.labelOf('t1')).toEqual([])
    expect(await eventsOf(deps.db, 'label.corrected')).toEqual([])
  })

  it('are kept, the last one counting, also when they come within the same millisecond', async () => {
    const deps = await setUp()
    for (const label of ['billing', 'network', 'billing', 'network', 'billing']) await deps.correct(label)
    const history = await deps.annotations.history('t1')
    expect(history.map(({ label }) => label)).toEqual(['billing', 'network', 'billing', 'network', 'billing'])
    expect(await deps.labelOf('t1')).toEqual(['billing'])
  })

  it('count a confirmation of the same label as an annotation of its own', async () => {
    const deps = await setUp()
    await deps.correct('billing')
    await deps.correct('billing')
    expect(await deps.annotations.history('t1')).toHaveLength(2)
    expect(await deps.annotations.agentAnnotations(deps.category.id)).toBe(2)
  })

  it('give way to the one before when they are revoked, and stay in the history', async () => {
    const deps = await setUp()
    await deps.correct('billing')
    const { id } = await deps.correct('network')
    const revoked = await revokeAnnotation(deps, { id, actor: agent })
    expect(revoked.revoked).toMatchObject({ actor: { id: 'key_agent' } })
    expect(await deps.labelOf('t1')).toEqual(['billing'])
    expect(await deps.annotations.history('t1')).toMatchObject([{ id, revoked: {} }, { label: 'billing' }])
  })

  it('leave the thread without a label when the only one is revoked', async () => {
    const deps = await setUp()
    const { id } = await deps.correct('billing')
    await revokeAnnotation(deps, { id, actor: agent })
    expect(await deps.labelOf('t1')).toEqual([])
  })

  it('are revoked once, however often one asks', async () => {
    const deps = await setUp()
    const { id } = await deps.correct('billing')
    const first = await revokeAnnotation(deps, { id, actor: agent })
    deps.clock.advance(60_000)
    expect(await revokeAnnotation(deps, { id, actor: supervisor })).toEqual(first)
    expect(await eventsOf(deps.db, 'label.corrected')).toHaveLength(2)
    expect(await deps.annotations.agentAnnotations(deps.category.id)).toBe(2)
  })

  it('are appended one after the other when many agents speak at once', async () => {
    const deps = await setUp()
    const labels = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? 'billing' : 'network'))
    await Promise.all(labels.map((label) => deps.correct(label)))
    const history = await deps.annotations.history('t1')
    expect(history).toHaveLength(12)
    expect(await deps.labelOf('t1')).toEqual([history[0]?.label])
  })

  it('refuse a facet, a label and a thread that do not exist', async () => {
    const deps = await setUp()
    const correction = { threadId: 't1', facet: 'category', label: 'billing', actor: agent }
    const refused = (change: object) => correctLabel(deps, { ...correction, ...change })
    await expect(refused({ facet: 'mood' })).rejects.toMatchObject({ code: 'FACET_NOT_FOUND' })
    await expect(refused({ label: 'weather' })).rejects.toMatchObject({ code: 'LABEL_NOT_FOUND' })
    await expect(refused({ threadId: 't9' })).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
    const unknown = revokeAnnotation(deps, { id: 'ann_none', actor: agent })
    await expect(unknown).rejects.toMatchObject({ code: 'ANNOTATION_NOT_FOUND' })
  })

  describe('on a thread that the caller may not see', () => {
    it('can be neither given nor revoked, as if there were none', async () => {
      const deps = await setUp()
      await addThreads(deps, [{ id: 'secret' }], { name: 'staff', audience: 'internal' })
      const { id } = await deps.correct('billing', 'secret')
      const hidden = { threadId: 'secret', facet: 'category', label: 'network', actor: outsider }
      await expect(correctLabel(deps, hidden)).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
      const revoking = revokeAnnotation(deps, { id, actor: outsider })
      await expect(revoking).rejects.toMatchObject({ code: 'ANNOTATION_NOT_FOUND', status: 404 })
      expect(await deps.labelOf('secret')).toEqual(['billing'])
    })
  })

  it('list the labelled threads of a facet in chunks, by thread id, one label each', async () => {
    const deps = await setUp()
    const ids = Array.from({ length: 7 }, (_, i) => `x${i}`)
    await addThreads(
      deps,
      ids.map((id) => ({ id })),
    )
    for (const id of [...ids].reverse()) await deps.correct('billing', id)
    await deps.correct('network', 'x3')
    const chunks = []
    for await (const chunk of deps.threadLabels.labelledThreads(deps.category.id, { chunkSize: 3 }))
      chunks.push(chunk)
    expect(chunks.map((chunk) => chunk.length)).toEqual([3, 3, 1])
    expect(chunks.flat().map(({ threadId }) => threadId)).toEqual(ids)
    expect(chunks.flat().find(({ threadId }) => threadId === 'x3')?.label).toBe('network')
  })
})
