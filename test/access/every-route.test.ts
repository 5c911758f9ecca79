import type { FastifyInstance, FastifyPluginAsync, InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccountStore } from '../../src/access/accounts/account-store.ts'
import { ROLES, type Role } from '../../src/access/actor.ts'
import { createSessionStore } from '../../src/access/sessions/session-store.ts'
import { type App, createApp } from '../../src/app.ts'
import { migrations } from '../../src/migrations.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { buildApp } from '../../src/server/app.ts'
import { createLog } from '../../src/server/log.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { keyOf } from '../support/keys.ts'

const ANYONE = 'anyone'
const EVERYBODY: readonly Role[] = ['router', 'agent', 'knowledge-manager', 'supervisor']
const STAFF: readonly Role[] = ['agent', 'knowledge-manager', 'supervisor']
const LEADS: readonly Role[] = ['knowledge-manager', 'supervisor']
const MANAGER: readonly Role[] = ['knowledge-manager']
const SUPERVISOR: readonly Role[] = ['supervisor']
const CURATORS: readonly Role[] = ['agent', 'knowledge-manager']
const FEEDERS: readonly Role[] = ['router', 'supervisor']
const ADMINISTRATOR: readonly Role[] = []

/**
 * Who may call what, besides administrators, who may call everything: by how an address begins (`*` is any one part of
 * it) and by method; the first row that fits counts.
 */
const EXPECTATIONS: readonly (readonly [string, string, readonly Role[] | typeof ANYONE])[] = [
  // People and keys
  ['*', '/sign-in', ANYONE],
  ['POST', '/sign-out', ANYONE],
  ['POST', '/invitations', ANYONE],
  ['POST', '/password-resets', ANYONE],
  ['*', '/me', EVERYBODY],
  ['*', '/accounts', ADMINISTRATOR],
  ['*', '/keys', ADMINISTRATOR],
  ['GET', '/audit', SUPERVISOR],
  // Running the service
  ['*', '/jobs', ADMINISTRATOR],
  ['GET', '/system', ADMINISTRATOR],
  ['*', '/webhooks', ADMINISTRATOR],
  ['GET', '/events', EVERYBODY],
  // Sources and imports; what a community sends shows a secret of its own
  ['POST', '/sources/*/webhooks/*/secrets', ADMINISTRATOR],
  ['POST', '/sources/*/webhooks', ANYONE],
  ['GET', '/sources/counts', EVERYBODY],
  ['*', '/sources/*', ADMINISTRATOR],
  ['GET', '/sources', EVERYBODY],
  ['GET', '/imports', LEADS],
  ['POST', '/imports', MANAGER],
  // Searches
  ['GET', '/search/queries', LEADS],
  ['GET', '/search/gaps', LEADS],
  ['GET', '/search/judged', LEADS],
  ['*', '/search/judged', MANAGER],
  ['GET', '/search/abandonment', LEADS],
  ['*', '/search/gaps/*/decisions', MANAGER],
  // Threads
  ['*', '/threads/*/merge', CURATORS],
  ['*', '/threads/*/merge-preview', CURATORS],
  ['*', '/threads/*/split', CURATORS],
  ['POST', '/threads/*/promote', STAFF],
  ['GET', '/threads/*/personal-data', MANAGER],
  ['POST', '/threads/*/release/confirm', LEADS],
  ['POST', '/threads/*/release', STAFF],
  ['POST', '/threads/*/posts', FEEDERS],
  ['*', '/threads/*/answers', CURATORS],
  ['GET', '/threads/*/answering', STAFF],
  ['*', '/threads/*/answering', CURATORS],
  ['GET', '/threads/*/suggested-answers', STAFF],
  ['POST', '/threads/*/misroutes', EVERYBODY],
  ['*', '/threads/*/annotations', STAFF],
  ['GET', '/threads/*/changes', STAFF],
  ['GET', '/threads/*/influences', STAFF],
  ['GET', '/threads', EVERYBODY],
  ['POST', '/threads', FEEDERS],
  ['GET', '/protections', STAFF],
  // The inbox
  ['GET', '/inbox', STAFF],
  ['*', '/inbox', CURATORS],
  // Labels, models, triage
  ['GET', '/facets/*/activations', STAFF],
  ['GET', '/facets/*/agreement', STAFF],
  ['GET', '/facets/*/measurements', STAFF],
  ['GET', '/facets', EVERYBODY],
  ['*', '/facets', SUPERVISOR],
  ['*', '/annotations', STAFF],
  ['GET', '/revocations', LEADS],
  ['POST', '/revocations', SUPERVISOR],
  ['GET', '/models', STAFF],
  ['POST', '/models', SUPERVISOR],
  ['POST', '/classify', EVERYBODY],
  ['GET', '/routing', STAFF],
  ['*', '/routing', SUPERVISOR],
  // Review
  ['POST', '/review/audit-draws', SUPERVISOR],
  ['*', '/review', STAFF],
  ['GET', '/conflicts', LEADS],
  ['POST', '/conflicts', MANAGER],
  // Articles and search
  ['GET', '/articles/counts', STAFF],
  ['GET', '/articles/export', MANAGER],
  ['POST', '/articles/preview', STAFF],
  ['GET', '/articles/*/revisions', STAFF],
  ['GET', '/articles/*/passages', STAFF],
  ['GET', '/articles/*/draft', STAFF],
  ['GET', '/articles/*/publication', STAFF],
  ['GET', '/articles/*/personal-data', STAFF],
  ['GET', '/articles/categories', STAFF],
  ['PUT', '/articles/categories', MANAGER],
  ['GET', '/articles/owners', MANAGER],
  ['GET', '/articles/settings', STAFF],
  ['PUT', '/articles/settings', MANAGER],
  ['GET', '/articles/reports', STAFF],
  ['POST', '/articles/*/feedback', ANYONE],
  ['GET', '/articles/*/previews', STAFF],
  ['GET', '/articles/*/translation', STAFF],
  ['GET', '/articles/*/phrasings', STAFF],
  ['*', '/articles/*/phrasings', MANAGER],
  ['GET', '/translations', STAFF],
  // Further in, proficiency decides: test/articles/coaching
  ['*', '/coaching', STAFF],
  ['GET', '/articles/*/merge-preview', STAFF],
  ['PUT', '/articles/reviews/settings', MANAGER],
  ['GET', '/articles/reviews', STAFF],
  ['GET', '/articles', ANYONE],
  // Further in, proficiency decides: test/articles/rights
  ['*', '/articles', STAFF],
  ['GET', '/candidates', STAFF],
  ['*', '/candidates', MANAGER],
  ['*', '/search/synonyms', MANAGER],
  ['GET', '/search/suggest', ANYONE],
  ['GET', '/search', ANYONE],
  ['POST', '/search/similar', ANYONE],
  ['GET', '/questions', STAFF],
  ['POST', '/questions', CURATORS],
  ['GET', '/help-centre', STAFF],
  ['*', '/help-centre', MANAGER],
  // Figures
  ['*', '/insight/drift', LEADS],
  ['*', '/insight/topics', LEADS],
  ['GET', '/insight', SUPERVISOR],
]

interface Route {
  readonly method: string
  readonly url: string
}

function rowOf({ method, url }: Route): number {
  const parts = url.replace('/api', '').split('/')
  return EXPECTATIONS.findIndex(([ofMethod, prefix]) => {
    const begins = prefix
      .split('/')
      .every((part, at) => (part === '*' ? parts[at] !== undefined : part === parts[at]))
    return begins && (ofMethod === '*' || ofMethod === method)
  })
}

/** Nobody gets further than this: what a route does is not of interest here. */
const REACHED = 299

describeEachDatabase.always('every route of the API', (database) => {
  const routes: Route[] = []
  let app: App
  let server: FastifyInstance
  /** Headers by which somebody is known, with their role. */
  const callers: { readonly who: string; readonly role?: Role; readonly headers: Record<string, string> }[] =
    []

  beforeAll(async () => {
    const address = await database()
    const { home, databaseUrl } = address
    const config = { ...readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'silent' }), databaseUrl }
    app = await createApp(config)
    const { access, ingest, threads, labels, models, search, triage } = app
    const { review, articles, helpCentre, community, insight, webhooks, operations, live } = app
    const modules = [
      access,
      ingest,
      threads,
      labels,
      models,
      search,
      triage,
      review,
      articles,
      helpCentre,
      community,
    ]
    const plugins = (
      await Promise.all([...modules, insight, webhooks, operations, live].map((module) => module.routes()))
    ).flat()
    const watched = plugins.map(
      (plugin): FastifyPluginAsync =>
        async (scope) => {
          scope.addHook('onRoute', ({ method, url }) => {
            for (const each of [method].flat()) if (each !== 'HEAD') routes.push({ method: each, url })
          })
          scope.addHook('preValidation', (_request, reply) => reply.code(REACHED).send())
          await scope.register(plugin)
        },
    )
    server = await buildApp({
      config,
      db: app.platform.db,
      clock: systemClock,
      log: createLog({ level: 'silent' }),
      migrations,
      identification: access.identification,
      routes: watched,
      // Two thousand requests in a row are no overload here.
      overload: { maxEventLoopDelayMs: 600_000, sampleMs: 600_000 },
    })
    const accounts = createAccountStore(address.db, systemClock)
    const sessions = createSessionStore(address.db, systemClock, config.signIn)
    callers.push({ who: 'a stranger', headers: {} })
    for (const role of ROLES) {
      const { token: key } = await keyOf(address, role)
      callers.push({ who: `a key of ${role}`, role, headers: { authorization: `Bearer ${key}` } })
      const person = await accounts.insert({ name: role, roles: [role], audience: 'internal' })
      const { token } = await sessions.start(person!.id, {})
      const headers = { cookie: `entraide_session=${token}`, 'sec-fetch-site': 'same-origin' }
      callers.push({ who: `a person of ${role}`, role, headers })
    }
  })
  afterAll(async () => {
    await server.close()
    await app.close()
  })

  it('has a row that says who may call it, and no row is without a route', () => {
    expect(routes.length).toBeGreaterThan(140)
    expect(routes.filter((route) => rowOf(route) === -1)).toEqual([])
    const used = new Set(routes.map(rowOf))
    expect(EXPECTATIONS.filter((_, at) => !used.has(at))).toEqual([])
  })

  it('lets in whom its row names and refuses all others, by key and by session', async () => {
    const faults: string[] = []
    for (const route of routes) {
      const allowed = EXPECTATIONS[rowOf(route)]?.[2] ?? []
      const url = route.url.replaceAll(/:version\b/g, '1').replaceAll(/:\w+/g, 'none')
      for (const { who, role, headers } of callers) {
        const mayCall =
          allowed === ANYONE || role === 'admin' || (role !== undefined && allowed.includes(role))
        const answer = await server.inject({ method: route.method as InjectOptions['method'], url, headers })
        const outcome = answer.statusCode === REACHED ? 'reached' : answer.json().code
        const expected = mayCall ? 'reached' : role === undefined ? 'KEY_REQUIRED' : 'ROLE_FORBIDDEN'
        if (outcome !== expected)
          faults.push(`${route.method} ${route.url} by ${who}: ${outcome}, not ${expected}`)
      }
    }
    expect(faults).toEqual([])
  })
})
