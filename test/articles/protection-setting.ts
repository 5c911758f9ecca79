import { createAccountStore } from '../../src/access/accounts/account-store.ts'
import { createKeyStore } from '../../src/access/key-store.ts'
import { articleJobs } from '../../src/articles/jobs.ts'
import { articleRoutes } from '../../src/articles/routes.ts'
import { createRatingStore } from '../../src/labels/agreement/rating-store.ts'
import { createGuidelineStore } from '../../src/labels/guidelines/guideline-store.ts'
import { labelJobs } from '../../src/labels/jobs.ts'
import { labelRoutes } from '../../src/labels/routes.ts'
import { newId } from '../../src/platform/ids.ts'
import { searchJobs } from '../../src/search/jobs.ts'
import { searchRoutes } from '../../src/search/routes.ts'
import { curateRoutes } from '../../src/threads/merge-routes.ts'
import { protectionRoutes } from '../../src/threads/protections/protection-routes.ts'
import { threadRoutes } from '../../src/threads/routes.ts'
import { createChangeStore } from '../../src/triage/activations/change-store.ts'
import { triageJobs } from '../../src/triage/jobs.ts'
import { createMeasurementStore } from '../../src/triage/measurements/measurement-store.ts'
import type { FacetModel } from '../../src/triage/predictions/prediction.ts'
import { createConditionReading } from '../../src/triage/routing/condition-reading.ts'
import { createDecisionStore } from '../../src/triage/routing/decision-store.ts'
import { createRuleSetStore } from '../../src/triage/routing/rule-set-store.ts'
import { threadListRoutes } from '../../src/triage/thread-list/thread-list-routes.ts'
import { buildTestApp } from '../server/test-app.ts'
import type { TestDatabase } from '../support/databases.ts'
import { drainJobs } from '../support/drain-jobs.ts'
import { setUpReceivers } from '../webhooks/receivers.ts'
import { actor, openWorld } from './world.ts'

const maya = actor('maya', 'internal', 'knowledge-manager')
const sol = actor('sol', 'internal', 'supervisor', 'agent')
const ada = actor('ada', 'internal', 'agent')
/** Sees what customers see. */
const rita = actor('rita', 'public', 'agent')

const answered = (title: string, labels?: Record<string, string>) => ({
  title,
  question: `${title}. What should I do?`,
  answers: [{ body: `Call the desk about it: ${title.toLowerCase()}.`, accepted: true }],
  ...(labels && { labels }),
})

/** A public forum: a thread labelled sensitive, an ordinary one, and one without a label for a model to judge. */
export async function setUp(database: TestDatabase, { mourning = 0.9 } = {}) {
  const world = await openWorld(database)
  const { db, clock } = world
  const id = await world.importThreads('forum', 'public', {
    widow: answered('Widowed and locked out', { sensitivity: 'sensitive' }),
    router: answered('Router blinks orange', { sensitivity: 'ordinary' }),
    funeral: answered('Funeral costs on the invoice'),
  })
  const facet = await world.facets.require('sensitivity')
  const versionId = newId('ver', clock.now())
  await db.sql('model_versions').insert({
    id: versionId,
    facet_id: facet.id,
    number: 1,
    status: 'active',
    artefact_hash: '',
    report: '{}',
    reason: '',
    annotations_seen: 0,
    labels_read_at: clock.now().toISOString(),
    created_at: clock.now().toISOString(),
  })
  /** Finds sensitive what speaks of a funeral, so likely as stated, and assigns it to nothing. */
  const model: FacetModel = {
    facet: facet.name,
    facetId: facet.id,
    versionId,
    version: 1,
    budgets: '',
    classifier: {
      classify: (text) => {
        const sensitive = text.includes('uneral') ? mourning : 0.1
        const alternatives = [
          { label: 'sensitive', confidence: sensitive },
          { label: 'ordinary', confidence: 1 - sensitive },
        ].sort((a, b) => b.confidence - a.confidence)
        return { ...alternatives[0]!, novelty: 0, decision: 'abstained', reason: 'unsure', alternatives }
      },
    },
  }
  const triage = {
    ...world,
    models: { active: async () => [model], unreadable: () => [] },
    reading: createConditionReading(),
    ruleSets: createRuleSetStore(db, clock),
    decisions: createDecisionStore(db, clock),
    measurements: createMeasurementStore(db, clock),
    changes: createChangeStore(db),
  }
  const labelling = {
    ...world,
    ratings: createRatingStore(db),
    guidelines: createGuidelineStore(db, clock),
    accounts: createAccountStore(db, clock),
    keys: createKeyStore(db, clock),
  }
  const receivers = setUpReceivers(world)
  const routing = { activeWithinDays: 'any' } as const
  await receivers.add('staff', { routing })
  await receivers.add('world', { audience: 'public', routing })
  const handlers = [
    ...labelJobs(world),
    ...searchJobs({ ...world, keptDays: 90 }),
    ...articleJobs(world),
    ...triageJobs(triage),
    ...receivers.handlers,
  ]
  const people = [maya, sol, ada, rita]
  const { app } = await buildTestApp(
    database,
    [
      threadRoutes(world),
      threadListRoutes({ ...triage, search: { threadIds: async () => [] } }),
      curateRoutes(world),
      protectionRoutes(world),
      articleRoutes(world),
      searchRoutes(world),
      labelRoutes(labelling),
    ],
    { clock, resolveKey: async (token) => people.find(({ name }) => name === token) },
  )
  const call = async (
    who: string | undefined,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
  ) => {
    clock.advance(1)
    const answer = await app.inject({
      method,
      url: `/api${url}`,
      headers: who === undefined ? {} : { authorization: `Bearer ${who}` },
      ...(body && { body }),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const drain = async () => {
    await drainJobs(world, handlers)
    clock.advance(10_000)
    await drainJobs(world, handlers)
  }
  return {
    world,
    id,
    receivers,
    call,
    drain,
    /** Locks what is sensitive, in force or at least so likely. */
    async protect(from = 0.6) {
      await call('sol', 'PATCH', '/facets/sensitivity/labels/sensitive', { protectFrom: from })
      await drain()
    },
    titlesSeenBy: async (who: string) => {
      const { body } = await call(who, 'GET', '/threads?limit=50')
      return body.items.map(({ title }: { title: string }) => title).sort()
    },
    found: async (who: string | undefined, query: string) => {
      const { body } = await call(who, 'GET', `/search?q=${encodeURIComponent(query)}`)
      return body.items.map((hit: { id: string }) => hit.id)
    },
    promote: (name: string, who = 'maya') => call(who, 'POST', `/threads/${id(name)}/promote`),
    publish: (articleId: string, audience = 'public') =>
      call('maya', 'POST', `/articles/${articleId}/publish`, { audience }),
    ask: (name: string, who = 'maya') =>
      call(who, 'POST', `/threads/${id(name)}/release/request`, { reason: 'She agreed' }),
    confirm: (name: string, who: string) => call(who, 'POST', `/threads/${id(name)}/release/confirm`),
    withdraw: (name: string, who: string) => call(who, 'POST', `/threads/${id(name)}/release/withdraw`),
  }
}

export const all = ['Funeral costs on the invoice', 'Router blinks orange', 'Widowed and locked out']
