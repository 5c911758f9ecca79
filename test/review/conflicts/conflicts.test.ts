import { expect, it } from 'vitest'
import { correctLabel, revokeAnnotation, ruleOnLabel } from '../../../src/labels/annotate-thread.ts'
import { findConflicts, recomputeConflicts } from '../../../src/review/conflicts/find-conflicts.ts'

import { ruleOnConflict } from '../../../src/review/conflicts/rule-on-conflict.ts'
import { addThreads, emptiedEachTime, eventsOf } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { aude, ben, type ConflictSetting, chloe, manager, setUpConflicts } from './setting.ts'

const nothing = { examples: 10, agreement: 0.9, errors: 1, suspects: [], withheld: 0, contradictions: [] }

describeEachDatabase.always('the conflict inbox', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => setUpConflicts(await database())
  const labelInForce = async (setting: ConflictSetting, threadId: string) =>
    (await setting.threadLabels.labelsOf([threadId])).get(threadId)?.[0]

  it('holds a thread on which ratings differ, and closes when they no longer do', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't1', 'billing')
    await setting.annotate(ben, 't1', 'billing')
    await setting.drain()
    expect(await setting.inbox()).toEqual([])
    const odd = await setting.annotate(chloe, 't1', 'contract')
    await setting.drain()
    const [conflict] = await setting.inbox()
    expect(conflict).toMatchObject({
      threadId: 't1',
      facet: 'category',
      title: 'Charged twice',
      label: 'billing',
    })
    expect(conflict?.grounds).toMatchObject([
      {
        kind: 'ratings',
        ratings: [
          { label: 'billing', actor: { name: 'Aude' } },
          { label: 'billing', actor: { name: 'Ben' } },
          { label: 'contract', actor: { name: 'Chloé' }, annotationId: odd.id },
        ],
      },
    ])
    await setting.annotate(chloe, 't1', 'billing')
    await setting.drain()
    expect(await setting.inbox()).toEqual([])
    expect(await setting.inbox({ closed: true })).toMatchObject([
      { id: conflict?.id, closed: { outcome: 'resolved' } },
    ])
  })

  it('shows who gave which label, when and why, and the guidelines of the labels at stake', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't3', 'billing')
    await ruleOnLabel(setting.deps, {
      threadId: 't3',
      facet: 'category',
      label: 'contract',
      guideline: 'What both sides signed',
      actor: manager,
    })
    const gone = await setting.annotate(ben, 't1', 'network')
    await revokeAnnotation(setting.deps, { id: gone.id, actor: ben })
    await setting.annotate(aude, 't1', 'billing')
    const note = 'The charge is in the contract'
    const item = { threadId: 't1', facet: 'category', label: 'contract', blind: true, note }
    await correctLabel(setting.deps, { ...item, actor: ben })
    await setting.drain()
    const [conflict] = await setting.inbox()
    expect(conflict?.annotations).toMatchObject([
      { label: 'contract', actor: { name: 'Ben' }, note, blind: true, provenance: 'agent' },
      { label: 'billing', actor: { name: 'Aude' }, createdAt: expect.any(String) },
    ])
    expect(conflict?.labels).toMatchObject([
      { name: 'billing', guidelines: [] },
      { name: 'contract', guidelines: [{ text: 'What both sides signed' }] },
    ])
  })

  it('does not ask about annotations made in sight of a prediction', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't1', 'billing', false)
    await setting.annotate(ben, 't1', 'contract', false)
    await setting.drain()
    expect(await setting.inbox()).toEqual([])
  })

  it('holds a thread once, whatever speaks against its label', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't1', 'billing')
    await setting.annotate(ben, 't1', 'contract')
    await setting.annotate(ben, 't3', 'network')
    await setting.labelIssues.replace(setting.facetId, {
      ...nothing,
      suspects: [await setting.suspect('t1', 'billing', 0.02), await setting.suspect('t3', 'billing', 0.4)],
    })
    await recomputeConflicts(setting, setting.facetId, ['t1', 't3'])
    await setting.drain()
    const inbox = await setting.inbox()
    expect(inbox.map(({ threadId, grounds }) => [threadId, grounds.map(({ kind }) => kind)])).toEqual([
      ['t1', ['ratings', 'suspect']],
      ['t3', ['suspect']],
    ])
    expect(inbox[1]?.grounds).toEqual([{ kind: 'suspect', likely: 'billing', ownConfidence: 0.4 }])
    expect(await setting.inbox({ kind: 'ratings' })).toMatchObject([{ threadId: 't1' }])
    const first = await setting.conflicts.list({ reader: 'internal', limit: 1 })
    const second = await setting.conflicts.list({ reader: 'internal', limit: 1, cursor: first.next! })
    expect([...first.items, ...second.items].map(({ threadId }) => threadId)).toEqual(['t1', 't3'])
    expect(second.next).toBeUndefined()
  })

  it('drops a suspect when anyone annotates the thread again, or a search no longer finds it', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't1', 'billing', false)
    await setting.annotate(aude, 't3', 'network', false)
    const suspects = [
      await setting.suspect('t1', 'contract', 0.1),
      await setting.suspect('t3', 'billing', 0.1),
    ]
    await setting.labelIssues.replace(setting.facetId, { ...nothing, suspects })
    await recomputeConflicts(setting, setting.facetId, ['t1', 't3'])
    expect(await setting.inbox()).toHaveLength(2)
    await setting.annotate(ben, 't1', 'billing', false)
    await setting.drain()
    expect((await setting.inbox()).map(({ threadId }) => threadId)).toEqual(['t3'])
    await setting.labelIssues.replace(setting.facetId, nothing)
    await recomputeConflicts(setting, setting.facetId, ['t3'])
    expect(await setting.inbox()).toEqual([])
  })

  it('asks about one of two near-duplicates, that of lower rank or the later, and then about the other', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't2', 'contract', false)
    await setting.annotate(aude, 't1', 'billing', false)
    await setting.db.sql('thread_links').insert({
      from_id: 't2',
      to_id: 't1',
      kind: 'near-duplicate',
      likeness: 0.93,
    })
    await recomputeConflicts(setting, setting.facetId, ['t1', 't2'])
    const [conflict] = await setting.inbox()
    expect(await setting.inbox()).toMatchObject([
      {
        threadId: 't1',
        grounds: [
          {
            kind: 'near-duplicate',
            threadId: 't2',
            title: 'Billed two times',
            label: 'contract',
            likeness: 0.93,
          },
        ],
      },
    ])
    await ruleOnConflict(setting.deps, { id: conflict!.id, confirm: true, actor: manager })
    await setting.drain()
    const [other] = await setting.inbox()
    expect(await setting.inbox()).toMatchObject([
      { threadId: 't2', grounds: [{ threadId: 't1', label: 'billing' }] },
    ])
    await ruleOnConflict(setting.deps, { id: other!.id, confirm: true, actor: manager })
    await setting.drain()
    expect(await setting.inbox()).toEqual([])
    expect(await labelInForce(setting, 't2')).toMatchObject({ label: 'contract', provenance: 'ruling' })
  })

  it('shows a reader nothing of threads they may not see', async () => {
    const setting = await setUp()
    await addThreads(setting.deps, [{ id: 's1', title: 'Secret' }], { name: 'desk', audience: 'internal' })
    await setting.annotate(aude, 's1', 'billing')
    await setting.annotate(ben, 's1', 'contract')
    await setting.annotate(ben, 't1', 'network', false)
    await setting.labelIssues.replace(setting.facetId, {
      ...nothing,
      contradictions: [{ threadId: 's1', otherId: 't1', likeness: 0.95 }],
    })
    await recomputeConflicts(setting, setting.facetId, ['s1', 't1'])
    expect((await setting.inbox()).map(({ threadId }) => threadId).sort()).toEqual(['s1', 't1'])
    const outside = { ...manager, audience: 'public' as const }
    expect(await setting.inbox({}, outside)).toEqual([])
    for (const { id } of await setting.inbox())
      await expect(setting.conflicts.require(id, 'public')).rejects.toMatchObject({
        code: 'CONFLICT_NOT_FOUND',
      })
  })

  it('changes nothing when it is recomputed again', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't1', 'billing')
    await setting.annotate(ben, 't1', 'contract')
    await setting.drain()
    const before = await setting.inbox()
    await recomputeConflicts(setting, setting.facetId, ['t1', 't2', 't3'])
    expect(await setting.inbox()).toEqual(before)
    expect(await setting.inbox({ closed: true })).toEqual([])
  })

  it('is filled by a search for wrong labels, after a training and at most hourly', async () => {
    const setting = await setUp()
    const threads = Array.from({ length: 60 }, (_, i) => ({
      id: `x${String(i).padStart(2, '0')}`,
      title:
        i % 2 === 0 ? `Invoice number ${i} was paid twice by card` : `Antenna ${i} loses the mobile signal`,
    }))
    await addThreads(setting.deps, threads)
    for (const [i, { id }] of threads.entries())
      await setting.annotate(aude, id, i === 10 || i % 2 === 1 ? 'network' : 'billing', false)
    const event = {
      type: 'model.trained' as const,
      facet: 'category',
      facetId: setting.facetId,
      versionId: 'v',
      version: 1,
    }
    await setting.deps.outbox.append(event)
    const searches = async () =>
      (await setting.drain()).filter((type) => type === 'review.find-conflicts').length
    expect(await searches()).toBe(1)
    await setting.deps.outbox.append(event)
    expect(await searches()).toBe(0)
    setting.clock.advance(3_600_000)
    expect(await searches()).toBe(1)
    const inbox = await setting.inbox()
    expect(inbox[0]).toMatchObject({ threadId: 'x10', label: 'network' })
    expect(inbox[0]?.grounds).toContainEqual(expect.objectContaining({ kind: 'suspect', likely: 'billing' }))
    await ruleOnConflict(setting.deps, { id: inbox[0]!.id, confirm: true, actor: manager })
    const found = await findConflicts(setting.deps, { facet: 'category' })
    expect(found.examples).toBe(60)
    expect((await setting.inbox()).map(({ threadId }) => threadId)).not.toContain('x10')
  })
})

describeEachDatabase.always('rulings on conflicts', (fresh) => {
  const database = emptiedEachTime(fresh)
  const disputed = async () => {
    const setting = await setUpConflicts(await database())
    await setting.annotate(aude, 't1', 'billing')
    await setting.annotate(ben, 't1', 'contract')
    await setting.drain()
    const [conflict] = await setting.inbox()
    return { setting, id: conflict!.id }
  }
  const labelInForce = async (setting: ConflictSetting) =>
    (await setting.threadLabels.labelsOf(['t1'])).get('t1')?.[0]

  it('outrank ratings, close the conflict, are audited and heard of', async () => {
    const { setting, id } = await disputed()
    const { ruling, conflict } = await ruleOnConflict(setting.deps, {
      id,
      label: 'billing',
      note: 'The invoice is the point',
      actor: manager,
    })
    expect(ruling).toMatchObject({ provenance: 'ruling', label: 'billing', blind: false })
    expect(conflict).toMatchObject({ id, closed: { outcome: 'ruled', rulingId: ruling.id } })
    await setting.annotate(chloe, 't1', 'contract')
    await setting.annotate(chloe, 't1', 'network', false)
    await setting.drain()
    expect(await labelInForce(setting)).toMatchObject({ label: 'billing', provenance: 'ruling' })
    expect(await setting.inbox()).toEqual([])
    const { items } = await setting.audit.list({ target: id, limit: 10 })
    expect(items).toMatchObject([
      {
        action: 'conflict.ruled',
        actor: { name: 'Karim' },
        before: { label: 'contract' },
        after: { label: 'billing' },
      },
    ])
  })

  it('bring the conflict back when they are revoked', async () => {
    const { setting, id } = await disputed()
    const { ruling } = await ruleOnConflict(setting.deps, { id, label: 'billing', actor: manager })
    await setting.drain()
    await revokeAnnotation(setting.deps, { id: ruling.id, actor: manager })
    await setting.drain()
    expect(await labelInForce(setting)).toMatchObject({ label: 'contract', provenance: 'agent' })
    const open = await setting.inbox()
    expect(open).toMatchObject([{ threadId: 't1', grounds: [{ kind: 'ratings' }] }])
    expect(open[0]?.id).not.toBe(id)
  })

  it('are one where two are made at once: the other is refused', async () => {
    const { setting, id } = await disputed()
    const rule = (label: string) => ruleOnConflict(setting.deps, { id, label, actor: manager })
    const outcomes = await Promise.allSettled([rule('billing'), rule('contract'), rule('network')])
    const made = outcomes.filter((outcome) => outcome.status === 'fulfilled')
    expect(made).toHaveLength(1)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'CONFLICT_CLOSED', status: 409 })
    expect(await setting.db.sql('annotations').where({ provenance: 'ruling' })).toHaveLength(1)
    expect(await eventsOf(setting.db, 'label.corrected')).toHaveLength(1)
  })

  it('must be clear: one label, or the one in force', async () => {
    const { setting, id } = await disputed()
    const rule = (ruling: { label?: string; confirm?: boolean }) =>
      ruleOnConflict(setting.deps, { id, ...ruling, actor: manager })
    await expect(rule({})).rejects.toMatchObject({ code: 'RULING_UNCLEAR' })
    await expect(rule({ label: 'billing', confirm: true })).rejects.toMatchObject({ code: 'RULING_UNCLEAR' })
    await expect(rule({ label: 'unheard-of' })).rejects.toMatchObject({ code: 'LABEL_NOT_FOUND' })
    expect(await setting.inbox()).toHaveLength(1)
    const { ruling } = await rule({ confirm: true })
    expect(ruling.label).toBe('contract')
  })
})
