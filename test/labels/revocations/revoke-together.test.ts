import { expect, it } from 'vitest'
import { type Actor, commandLine } from '../../../src/access/actor.ts'
import { correctLabel, revokeAnnotation, ruleOnLabel } from '../../../src/labels/annotate-thread.ts'
import { revocationJobs } from '../../../src/labels/jobs.ts'
import type { RevocationScope } from '../../../src/labels/revocations/revocation-store.ts'
import { restoreRevocation, revokeTogether } from '../../../src/labels/revocations/revoke-together.ts'
import { revocationRoutes } from '../../../src/labels/revocations/routes.ts'
import { on } from '../../../src/platform/jobs/job-handler.ts'

import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs, performJob } from '../../support/drain-jobs.ts'
import { serveRoutes } from '../serve-routes.ts'
import {
  addLabels,
  addThreads,
  agent,
  emptiedEachTime,
  eventsOf,
  outsider,
  setUpLabels,
  supervisor,
} from '../support.ts'

const other: Actor = { ...agent, id: 'key_other', name: 'Bo' }

describeEachDatabase.always('revoking annotations together', (fresh) => {
  const database = emptiedEachTime(fresh)

  /** Two hundred and fifty threads labelled `network` by one agent on the 1st, half of them `billing` on the 2nd. */
  const setUp = async () => {
    const deps = await setUpLabels(await database())
    const ids = Array.from({ length: 250 }, (_, i) => `t${i}`)
    await addThreads(
      deps,
      ids.map((id) => ({ id })),
    )
    const category = await addLabels(deps, 'category', ['billing', 'network'])
    const urgency = await addLabels(deps, 'urgency', ['high', 'low'])
    const annotate = async (actor: Actor, facet: typeof category, label: string, threads = ids) => {
      const { id } = await deps.facets.requireLabel(facet, label)
      await deps.annotations.append(
        threads.map((threadId) => ({ threadId, facetId: facet.id, labelId: id, provenance: 'agent' })),
        actor,
      )
    }
    await annotate(other, category, 'network')
    deps.clock.advance(86_400_000)
    await annotate(agent, category, 'billing', ids.slice(0, 125))
    await annotate(agent, urgency, 'high', ids.slice(0, 3))
    const done = () => drainJobs(deps, revocationJobs(deps))
    const countInForce = async (label: string) => {
      const labels = [...(await deps.threadLabels.labelsOf(ids)).values()].flat()
      return labels.filter((each) => each.label === label).length
    }
    const ofAgent = { agent: agent.id, since: deps.clock.now().toISOString() } satisfies RevocationScope
    return { ...deps, annotate, done, countInForce, category, ids, ofAgent }
  }

  it('puts the labels of others in force again, in one call, and restores all of it in another', async () => {
    const deps = await setUp()
    expect([await deps.countInForce('billing'), await deps.countInForce('network')]).toEqual([125, 125])
    const { id } = await revokeTogether(deps, { scope: deps.ofAgent, actor: supervisor })
    expect(await deps.revocations.require(id)).toMatchObject({ status: 'revoking', annotations: 0 })
    await deps.done()
    expect(await deps.revocations.require(id)).toMatchObject({
      status: 'revoked',
      annotations: 128,
      actor: { id: supervisor.id },
    })
    expect([await deps.countInForce('billing'), await deps.countInForce('network')]).toEqual([0, 250])
    expect(await deps.countInForce('high')).toBe(0)
    await restoreRevocation(deps, { id, actor: supervisor })
    await deps.done()
    expect(await deps.revocations.require(id)).toMatchObject({
      status: 'restored',
      restored: { actor: { id: supervisor.id } },
    })
    expect([await deps.countInForce('billing'), await deps.countInForce('network')]).toEqual([125, 125])
    expect(await deps.countInForce('high')).toBe(3)
  })

  it('appends an event for each facet it changed, so that its model is retrained, and is audited', async () => {
    const deps = await setUp()
    const { id } = await revokeTogether(deps, {
      scope: { ...deps.ofAgent, facet: 'urgency' },
      reason: 'guessed',
      actor: supervisor,
    })
    expect(await eventsOf(deps.db, 'annotations.revised')).toEqual([])
    deps.clock.advance(1)
    const seen: unknown[] = []
    const listener = on('annotations.revised', {
      type: 'test.listen',
      perform: async (event) => void seen.push(event),
    })
    await drainJobs(deps, [...revocationJobs(deps), listener])
    expect(seen).toMatchObject([{ facet: 'urgency', revocationId: id }])
    const { items } = await deps.audit.list({ target: id, limit: 5 })
    expect(items.map(({ action, actor }) => [action, actor.id])).toEqual([
      ['labels.revoked', 'system'],
      ['labels.revocation-requested', supervisor.id],
    ])
    expect(await deps.countInForce('billing')).toBe(125)
  })

  it('revokes nothing annotated before the date or after the call', async () => {
    const deps = await setUp()
    const scope = { ...deps.ofAgent, since: new Date(deps.clock.now().getTime() + 1).toISOString() }
    const { id } = await revokeTogether(deps, { scope, actor: supervisor })
    deps.clock.advance(1000)
    await deps.annotate(agent, deps.category, 'billing', ['t200'])
    await deps.done()
    expect(await deps.revocations.require(id)).toMatchObject({ annotations: 0 })
    expect(await deps.countInForce('billing')).toBe(126)
  })

  it('leaves annotations alone that were revoked before, also when it is restored', async () => {
    const deps = await setUp()
    const [first] = (await deps.annotations.history('t0')).filter(({ label }) => label === 'billing')
    await revokeAnnotation(deps, { id: first!.id, actor: agent })
    const { id } = await revokeTogether(deps, { scope: deps.ofAgent, actor: supervisor })
    await deps.done()
    expect(await deps.revocations.require(id)).toMatchObject({ annotations: 127 })
    await restoreRevocation(deps, { id, actor: supervisor })
    await deps.done()
    expect((await deps.annotations.require(first!.id)).revoked?.actor.id).toBe(agent.id)
    expect(await deps.countInForce('billing')).toBe(124)
  })

  it('continues where a process died, and ends the same when it runs twice', async () => {
    const deps = await setUp()
    const { id } = await revokeTogether(deps, { scope: deps.ofAgent, actor: supervisor })
    const [job] = revocationJobs(deps)
    let batches = 0
    const dying = {
      ...deps,
      annotations: {
        ...deps.annotations,
        async revoke(...args: Parameters<typeof deps.annotations.revoke>) {
          if (batches++ === 1) throw new Error('killed')
          return deps.annotations.revoke(...args)
        },
      },
    }
    await expect(performJob(revocationJobs(dying)[0], { id })).rejects.toThrow('killed')
    expect(await deps.revocations.require(id)).toMatchObject({ status: 'revoking', annotations: 100 })
    await performJob(job, { id })
    await performJob(job, { id })
    expect(await deps.revocations.require(id)).toMatchObject({ status: 'revoked', annotations: 128 })
  })

  it('revokes no annotation on a thread that the requester may not see', async () => {
    const deps = await setUp()
    await addThreads(deps, [{ id: 'secret' }], { name: 'staff', audience: 'internal' })
    const hidden = await correctLabel(deps, {
      threadId: 'secret',
      facet: 'category',
      label: 'billing',
      actor: agent,
    })
    const partner: Actor = { ...supervisor, audience: 'public' }
    const { id } = await revokeTogether(deps, { scope: deps.ofAgent, actor: partner })
    await deps.done()
    expect(await deps.revocations.require(id)).toMatchObject({ annotations: 128 })
    expect((await deps.annotations.require(hidden.id)).revoked).toBeUndefined()
    const one = { scope: { annotation: hidden.id }, actor: partner }
    await expect(revokeTogether(deps, one)).rejects.toMatchObject({ code: 'ANNOTATION_NOT_FOUND' })
  })

  it('is known, with its reason, only to readers who see as much as its requester did', async () => {
    const deps = await setUp()
    const { call } = await serveRoutes(revocationRoutes(deps))
    await addThreads(deps, [{ id: 'secret' }], { name: 'staff', audience: 'internal' })
    const hidden = await correctLabel(deps, {
      threadId: 'secret',
      facet: 'category',
      label: 'billing',
      actor: agent,
    })
    const narrow: Actor = { ...supervisor, id: 'key_narrow', audience: 'partner' }
    const one = { scope: { annotation: hidden.id }, reason: 'the secret thread', actor: supervisor }
    const { id } = await revokeTogether(deps, one)
    await deps.done()
    expect((await call(narrow, 'GET', '/revocations')).body.items).toEqual([])
    expect((await call(narrow, 'GET', `/revocations/${id}`)).body.code).toBe('REVOCATION_NOT_FOUND')
    const refused = await call(narrow, 'POST', `/revocations/${id}/restore`)
    expect(refused).toMatchObject({ status: 404, body: { code: 'REVOCATION_NOT_FOUND' } })
    await deps.done()
    expect((await deps.annotations.require(hidden.id)).revoked).toBeDefined()
    deps.clock.advance(1)
    const own = await revokeTogether(deps, { scope: deps.ofAgent, actor: narrow })
    await deps.done()
    expect((await call(narrow, 'GET', '/revocations')).body.items).toMatchObject([{ id: own.id }])
    expect((await call(supervisor, 'GET', '/revocations?limit=1')).body).toMatchObject({
      items: [{ id: own.id }],
      next: expect.any(String),
    })
    expect((await call(supervisor, 'GET', '/revocations')).body.items).toHaveLength(2)
  })

  it('restores no annotation on a thread whose source was closed to whoever restores', async () => {
    const deps = await setUp()
    await addThreads(deps, [{ id: 'open' }], { name: 'staff', audience: 'public' })
    const given = await correctLabel(deps, {
      threadId: 'open',
      facet: 'category',
      label: 'billing',
      actor: agent,
    })
    const narrow: Actor = { ...supervisor, audience: 'partner' }
    const single = await revokeTogether(deps, { scope: { annotation: given.id }, actor: narrow })
    await deps.done()
    await restoreRevocation(deps, { id: single.id, actor: narrow })
    await deps.done()
    const all = await revokeTogether(deps, { scope: deps.ofAgent, actor: narrow })
    await deps.done()
    await deps.db.sql('sources').where({ name: 'staff' }).update({ audience: 'internal' })
    await expect(restoreRevocation(deps, { id: single.id, actor: narrow })).rejects.toMatchObject({
      code: 'REVOCATION_NOT_FOUND',
    })
    await restoreRevocation(deps, { id: all.id, actor: narrow })
    await deps.done()
    expect((await deps.annotations.require(given.id)).revoked).toBeDefined()
    expect(await deps.countInForce('billing')).toBe(125)
  })

  it('leaves rulings to those who may rule', async () => {
    const deps = await setUp()
    const manager: Actor = { ...agent, roles: ['knowledge-manager'] }
    const ruling = await ruleOnLabel(deps, {
      threadId: 't9',
      facet: 'category',
      label: 'network',
      actor: manager,
    })
    const one = { annotation: ruling.id }
    await expect(revokeTogether(deps, { scope: one, actor: supervisor })).rejects.toMatchObject({
      code: 'RULING_NOT_REVOCABLE',
      status: 403,
    })
    const { id } = await revokeTogether(deps, { scope: deps.ofAgent, actor: supervisor })
    await deps.done()
    expect((await deps.annotations.require(ruling.id)).revoked).toBeUndefined()
    await restoreRevocation(deps, { id, actor: supervisor })
    await deps.done()
    const whole = await revokeTogether(deps, { scope: deps.ofAgent, actor: commandLine })
    await deps.done()
    expect((await deps.annotations.require(ruling.id)).revoked).toBeDefined()
    await expect(restoreRevocation(deps, { id: whole.id, actor: supervisor })).rejects.toMatchObject({
      code: 'RULING_NOT_RESTORABLE',
    })
  })

  it('refuses an agent that no key has and that never annotated a thread', async () => {
    const deps = await setUp()
    const ask = (who: string) => {
      const scope = { ...deps.ofAgent, agent: who }
      return revokeTogether(deps, { scope, actor: supervisor })
    }
    await expect(ask('key_unknown')).rejects.toMatchObject({ code: 'AGENT_NOT_FOUND', status: 404 })
    const key = { id: 'key_silent', name: 'silent', roles: ['agent'], audience: 'internal' } as const
    await deps.keys.insert(key, 'hash')
    expect(await ask('key_silent')).toMatchObject({ status: 'revoking' })
    await deps.db.sql('api_keys').delete()
  })

  it('is asked for, followed and undone over HTTP by supervisors alone', async () => {
    const deps = await setUp()
    const { call, allowed } = await serveRoutes(revocationRoutes(deps))
    expect(allowed('POST', '/revocations')).toEqual(['supervisor'])
    expect(allowed('POST', '/revocations/:id/restore')).toEqual(['supervisor'])
    const [annotation] = await deps.annotations.history('t0')
    const asked = await call(supervisor, 'POST', '/revocations', { scope: { annotation: annotation!.id } })
    expect(asked).toMatchObject({ status: 202, body: { status: 'revoking' } })
    const path = `/revocations/${asked.body.id}`
    expect(await call(supervisor, 'POST', `${path}/restore`)).toMatchObject({
      status: 409,
      body: { code: 'REVOCATION_IN_PROGRESS' },
    })
    await deps.done()
    expect((await call(supervisor, 'GET', path)).body).toMatchObject({ status: 'revoked', annotations: 1 })
    expect((await call(supervisor, 'GET', '/revocations')).body.items).toHaveLength(1)
    expect((await call(supervisor, 'POST', `${path}/restore`)).status).toBe(202)
    await deps.done()
    expect((await call(supervisor, 'POST', `${path}/restore`)).body).toMatchObject({ status: 'restored' })
    for (const scope of [
      {},
      { agent: 'x' },
      { since: '2026-01-01T00:00:00Z' },
      { agent: 'x', since: 'monday' },
    ])
      expect((await call(supervisor, 'POST', '/revocations', { scope })).status).toBe(400)
    const nowhere = { scope: { ...deps.ofAgent, facet: 'mood' } }
    expect((await call(outsider, 'POST', '/revocations', nowhere)).body.code).toBe('FACET_NOT_FOUND')
    expect((await call(supervisor, 'GET', '/revocations/rvc_0')).status).toBe(404)
  })
})
