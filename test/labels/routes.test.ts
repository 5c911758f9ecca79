import { expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { correctLabels } from '../../src/labels/annotate-thread.ts'
import { labelRoutes } from '../../src/labels/routes.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { serveRoutes } from './serve-routes.ts'
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

describeEachDatabase('the API of labels', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => {
    const deps = await setUpLabels(await database())
    await addLabels(deps, 'category', ['billing', 'network'])
    await addThreads(deps, [{ id: 't1' }])
    await addThreads(deps, [{ id: 'secret' }], { name: 'staff', audience: 'internal' })
    return serveRoutes(labelRoutes(deps))
  }

  it('annotates, shows the history and revokes', async () => {
    const { call } = await setUp()
    const body = { facet: 'category', label: 'billing', note: 'sure' }
    const given = await call(agent, 'POST', '/threads/t1/annotations', body)
    expect(given).toMatchObject({
      status: 201,
      body: { label: 'billing', provenance: 'agent', note: 'sure' },
    })
    expect(given.body).not.toHaveProperty('facetId')
    const revoked = await call(agent, 'DELETE', `/annotations/${given.body.id}`)
    expect(revoked).toMatchObject({ status: 200, body: { revoked: { actor: { id: agent.id } } } })
    expect(await call(agent, 'DELETE', `/annotations/${given.body.id}`)).toEqual(revoked)
    const history = await call(agent, 'GET', '/threads/t1/annotations')
    expect(history).toMatchObject({ status: 200, body: { items: [{ id: given.body.id, revoked: {} }] } })
  })

  it('annotates several threads in one request, all or none, and revokes them together', async () => {
    const { call } = await setUp()
    const item = { facet: 'category', label: 'billing' }
    const items = [
      { ...item, threadId: 't1', note: 'sure' },
      { ...item, threadId: 'secret', label: 'network', blind: true },
      { ...item, threadId: 't1', label: 'network' },
    ]
    const unknown = await call(agent, 'POST', '/annotations', {
      items: [...items, { ...item, threadId: 't1', label: 'none' }],
    })
    expect(unknown).toMatchObject({ status: 404, body: { code: 'LABEL_NOT_FOUND' } })
    const hidden = await call(outsider, 'POST', '/annotations', { items })
    expect(hidden).toMatchObject({ status: 404, body: { code: 'THREAD_NOT_FOUND' } })
    expect((await call(agent, 'GET', '/threads/t1/annotations')).body.items).toEqual([])

    const given = await call(agent, 'POST', '/annotations', { items })
    expect(given).toMatchObject({
      status: 201,
      body: {
        items: [
          { threadId: 't1', label: 'billing', note: 'sure', provenance: 'agent' },
          { threadId: 'secret', label: 'network', blind: true },
          { threadId: 't1', label: 'network' },
        ],
      },
    })
    const ids = given.body.items.map(({ id }: { id: string }) => id)
    const other = { ...agent, id: 'key_other', name: 'Ben' }
    const theirs = await call(other, 'POST', '/annotations/revoke', { ids })
    expect(theirs).toMatchObject({ status: 403, body: { code: 'ANNOTATION_NOT_YOURS' } })
    const missing = await call(agent, 'POST', '/annotations/revoke', { ids: [...ids, 'ann_none'] })
    expect(missing).toMatchObject({ status: 404, body: { code: 'ANNOTATION_NOT_FOUND' } })
    const revoked = await call(agent, 'POST', '/annotations/revoke', { ids })
    expect(revoked.status).toBe(200)
    expect(revoked.body.items.map(({ id }: { id: string }) => id)).toEqual(ids)
    for (const each of revoked.body.items)
      expect(each).toMatchObject({ revoked: { actor: { id: agent.id } } })
    expect(await call(agent, 'POST', '/annotations/revoke', { ids })).toEqual(revoked)
  })

  it('appends an event and an audit entry for each of several annotations', async () => {
    const deps = await setUpLabels(await database())
    await addLabels(deps, 'category', ['billing'])
    await addThreads(deps, [{ id: 't1' }, { id: 't2' }])
    const items = ['t1', 't2'].map((threadId) => ({ threadId, facet: 'category', label: 'billing' }))
    const given = await correctLabels(deps, { items, actor: agent })
    const events = await eventsOf(deps.db, 'label.corrected')
    expect(events.map(({ annotationId }) => annotationId)).toEqual(given.map(({ id }) => id))
    const audited = await deps.audit.list({ limit: 10 })
    expect(audited.items.map(({ target }) => target).sort()).toEqual(['t1', 't2'])
  })

  it('shows neither that a hidden thread exists nor its annotations', async () => {
    const { call } = await setUp()
    const body = { facet: 'category', label: 'billing' }
    const given = await call(agent, 'POST', '/threads/secret/annotations', body)
    expect(given.status).toBe(201)
    const read = await call(outsider, 'GET', '/threads/secret/annotations')
    expect(read).toMatchObject({ status: 404, body: { code: 'THREAD_NOT_FOUND' } })
    const revoked = await call(outsider, 'DELETE', `/annotations/${given.body.id}`)
    expect(revoked).toMatchObject({ status: 404, body: { code: 'ANNOTATION_NOT_FOUND' } })
  })

  it('adds, lists and changes facets and labels', async () => {
    const { call } = await setUp()
    const facet = { name: 'urgency', description: 'How soon', riskBudget: 0.1, requireParity: false }
    expect(await call(supervisor, 'POST', '/facets', facet)).toEqual({ status: 201, body: facet })
    const change = { riskBudget: 0.02, requireParity: true }
    const changed = await call(supervisor, 'PATCH', '/facets/urgency', change)
    expect(changed).toEqual({ status: 200, body: { ...facet, ...change } })
    const label = { name: 'très urgent', description: 'now' }
    expect(await call(supervisor, 'POST', '/facets/urgency/labels', label)).toEqual({
      status: 201,
      body: label,
    })
    const path = `/facets/urgency/labels/${encodeURIComponent('très urgent')}`
    expect(await call(supervisor, 'PATCH', path, { description: 'today' })).toMatchObject({ status: 200 })
    const labels = await call(agent, 'GET', '/facets/urgency/labels?limit=5')
    expect(labels.body).toEqual({ items: [{ name: 'très urgent', guidelines: [], description: 'today' }] })
    const facets = await call(agent, 'GET', '/facets')
    expect(facets.body.items.map(({ name }: { name: string }) => name)).toEqual(['category', 'urgency'])
  })

  it('refuses bodies that are not as declared', async () => {
    const { call } = await setUp()
    const refused = async (path: string, body: object) => (await call(supervisor, 'POST', path, body)).status
    expect(await refused('/facets', { name: 'Not Kebab' })).toBe(400)
    expect(await refused('/facets', { name: 'fine', riskBudget: 2 })).toBe(400)
    expect(await refused('/facets/category/labels', { name: '' })).toBe(400)
    expect(await refused('/facets', { name: 'category' })).toBe(409)
    expect(await refused('/facets/none/labels', { name: 'x' })).toBe(404)
  })

  it('lets routing engines list facets and labels, to write their rules by', async () => {
    const { allowed } = await setUp()
    for (const path of ['/facets', '/facets/:facet', '/facets/:facet/labels'])
      expect(allowed('GET', path)).toContain('router')
  })

  it('lets agents take back their own annotations, and supervisors anyone’s', async () => {
    const { call } = await setUp()
    const body = { facet: 'category', label: 'billing' }
    const annotate = async () => (await call(agent, 'POST', '/threads/t1/annotations', body)).body.id
    const other = { ...agent, id: 'key_other', name: 'Ben' }
    const revoke = async (as: Actor, id: string) => (await call(as, 'DELETE', `/annotations/${id}`)).body
    const first = await annotate()
    const manager = { ...other, roles: ['agent', 'knowledge-manager'] as const }
    for (const as of [other, manager])
      expect(await revoke(as, first)).toMatchObject({ code: 'ANNOTATION_NOT_YOURS' })
    expect(await revoke(agent, first)).toMatchObject({ revoked: { actor: { id: agent.id } } })
    expect(await revoke(supervisor, await annotate())).toMatchObject({
      revoked: { actor: { id: supervisor.id } },
    })
  })

  it('lets only supervisors define, and every agent annotate', async () => {
    const { allowed } = await setUp()
    expect(allowed('POST', '/facets')).toEqual(['supervisor'])
    expect(allowed('PATCH', '/facets/:facet/labels/:label')).toEqual(['supervisor'])
    expect(allowed('POST', '/threads/:id/annotations')).toContain('agent')
    expect(allowed('POST', '/threads/:id/annotations')).not.toContain('router')
  })
})
