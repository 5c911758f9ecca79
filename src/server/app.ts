import cookie from '@fastify/cookie'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type FastifyBaseLogger, type FastifyInstance, fastify } from 'fastify'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config/config.ts'
import type { Database } from '../platform/database/database.ts'
import type { Migration } from '../platform/database/migrate.ts'
import { addAuthentication, type Identification } from './authentication.ts'
import { answerClientError } from './client-errors.ts'
import {
  addConnectionGuard,
  CHECK_CONNECTIONS_MS,
  CONNECTION_LIMITS,
  type ConnectionLimits,
  HEADERS_TIMEOUT_MS,
  trustKeyHolders,
} from './connections.ts'
import { addHealth, type ReadinessCheck } from './health.ts'
import { addIdempotency } from './idempotency.ts'
import { addOverloadGuard, addRateLimit, type OverloadLimits } from './limits.ts'
import { addMetrics, type MetricSource } from './metrics.ts'

import { addOpenApi } from './openapi.ts'
import { addProblems, answerFrameworkError } from './problems.ts'
import { acceptJson, refuseNulCharacters } from './request-body.ts'

import { addRequestIds, createRequestId, RequestLog } from './request-log.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { warnOfUntrustedProxy } from './untrusted-proxy.ts'
import { compileValidator } from './validation.ts'
import { addWorkbench } from './workbench.ts'

/** What the application is made of; the composition root has it all. */
export interface AppParts {
  readonly config: Pick<Config, 'bodyLimit' | 'rateLimit'> & Partial<Pick<Config, 'trustedProxies'>>
  readonly db: Database
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** Every step of the schema, oldest first: the process is not ready before the database has them. */
  readonly migrations: readonly Migration[]
  /** How callers are known: by keys and by sessions. */
  readonly identification: Omit<Identification, 'db'>
  /** The slices' routes, in the order of the document; all of them live under `/api`. */
  readonly routes: readonly FastifyPluginAsyncTypebox[]
  /** Routes at the root, which answer with pages. */
  readonly pages?: readonly FastifyPluginAsyncTypebox[]
  /** What else must hold before this process takes requests, beside the database and its schema. */
  readonly readiness?: readonly ReadinessCheck[]
  /** Figures beside those of the process and of HTTP. */
  readonly metrics?: readonly MetricSource[]
  /** When requests are refused with 503 OVERLOADED, if not as usual. */
  readonly overload?: OverloadLimits
  /** What those without a key may hold, if not as usual. */
  readonly connections?: Partial<ConnectionLimits>
}

/** The longest id or name in an address. */
const MAX_PARAM_LENGTH = 200
/** For a request to arrive in full: enough for a batch that streams for an hour. */
const REQUEST_TIMEOUT_MS = 3_600_000

/**
 * The HTTP application, ready to be listened on or injected into; nothing of the process (port, signals) is touched.
 *
 * @throws CodedError ROUTE_UNGUARDED when a route does not say who may call it
 */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { trustedProxies = [] } = parts.config
  const app: FastifyInstance = fastify({
    loggerInstance: parts.log,
    logController: new RequestLog(),
    genReqId: createRequestId(),
    requestIdHeader: false,
    bodyLimit: parts.config.bodyLimit,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_CONNECTIONS_MS },
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    return503OnClosing: false,
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
  })

  app.decorateRequest('actor')
  app.setValidatorCompiler(compileValidator)
  addRequestIds(app)
  warnOfUntrustedProxy(app)
  addProblems(app)
  const trust = addConnectionGuard(app, { ...CONNECTION_LIMITS, ...parts.connections })
  await addSecurityHeaders(app)
  await app.register(cookie)
  await addOpenApi(app)
  addMetrics(app, parts.metrics ?? [])
  addHealth(app, { ...parts, readiness: parts.readiness ?? [] })
  acceptJson(app)
  refuseNulCharacters(app)
  await addWorkbench(app)

  await app.register(async (guarded) => {
    await addOverloadGuard(guarded, parts.overload)
    addAuthentication(guarded, { ...parts.identification, db: parts.db })
    trustKeyHolders(guarded, trust)
    await addRateLimit(guarded, parts.config.rateLimit)
    for (const pages of parts.pages ?? []) await guarded.register(pages)
    await guarded.register(
      async (api) => {
        addIdempotency(api, parts.db, parts.clock)
        for (const routes of parts.routes) await api.register(routes)
      },
      { prefix: '/api' },
    )
  })
  await app.ready()
  return app
}
