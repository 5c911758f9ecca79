import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, anonymous, type Role } from '../access/actor.ts'
import { SESSION_COOKIE } from '../access/sessions/cookie.ts'
import type { SignedIn } from '../access/sessions/session-resolver.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import type { Database } from '../platform/database/database.ts'
import type { CodedError } from '../platform/errors.ts'
import { crossSiteRefusal } from './cross-site.ts'
import { errors } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the key that came with the request was refused. */
    keyRefusal: CodedError | undefined
    /** What `counters()` read, once it was called. */
    countersRead: Promise<Counters> | undefined
  }
}

/** How callers are known. */
export interface Identification {
  /** The holder of a key; undefined when it is unknown or revoked. Asked at every request. */
  resolveKey(token: string, counters: Counters): Promise<Actor | undefined>
  /** Who is signed in by the token of a session; undefined when it is none, or has ended. */
  resolveSession(token: string, counters: Counters, isUse: boolean): Promise<SignedIn | undefined>
  readonly db: Pick<Database, 'counters'>
  /** Address under which browsers reach this service, where it is known. */
  readonly publicUrl?: string
}

/** Who a key or a session belongs to; nobody where the key is unknown. */
interface Identified {
  readonly actor: Actor | undefined
  readonly sessionId?: string
}

/**
 * Who asks, and whether they may. Identifies before the rate limit (which counts by key) and refuses after it, so that
 * guessing keys is limited too, but before the body is read. A wrong key is refused on public routes as well: its
 * holder would otherwise take what is public for all there is. A session that has ended is not, or nobody could sign
 * in again.
 *
 * @param api every route added to it from now on must say who may call it
 */
export function addAuthentication(
  api: FastifyInstance,
  { resolveKey, resolveSession, db, publicUrl }: Identification,
): void {
  api.decorateRequest('sessionId')
  api.decorateRequest('keyRefusal')
  api.decorateRequest('countersRead')
  api.decorateRequest('counters', function counters() {
    this.countersRead ??= db.counters()
    return this.countersRead
  })

  api.addHook('onRoute', ({ method, url, config }) => {
    if (config?.allow === undefined) throw errors.ROUTE_UNGUARDED({ method, url })
  })

  /** A key in the header wins over the cookie of a session. */
  async function identify(
    request: FastifyRequest,
    counters: () => Promise<Counters>,
    isUse: boolean,
  ): Promise<Identified | undefined> {
    const token = presentedKey(request)
    if (token !== undefined) return { actor: await resolveKey(token, await counters()) }
    const cookie = request.cookies[SESSION_COOKIE]
    return cookie === undefined ? undefined : resolveSession(cookie, await counters(), isUse)
  }

  api.decorateRequest('isStillEntitled', async function isStillEntitled(counters) {
    const known = await identify(this, async () => counters, false)
    return known?.actor !== undefined && rightsOf(known.actor) === rightsOf(this.actor)
  })

  api.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const { countsAsUse = true } = request.routeOptions.config
    const known = await identify(request, () => request.counters(), countsAsUse)
    if (known !== undefined && known.actor === undefined) request.keyRefusal = errors.KEY_INVALID()
    request.sessionId = known?.sessionId
    request.actor = { ...(known?.actor ?? anonymous), requestId: request.id }
  })

  api.addHook('preParsing', (request, reply, payload, done) => {
    const refusal =
      refusalOf(request, reply) ??
      crossSiteRefusal(request, { hasKey: presentedKey(request) !== undefined, publicUrl })
    if (refusal === undefined) done(null, payload)
    else done(refusal)
  })
}

function refusalOf(request: FastifyRequest, reply: FastifyReply): CodedError | undefined {
  if (request.keyRefusal !== undefined) return challenge(reply, request.keyRefusal, ', error="invalid_token"')
  const { allow = [] } = request.routeOptions.config
  if (allow === 'anyone' || mayCall(request.actor, allow)) return undefined
  if (request.actor.id === anonymous.id)
    return challenge(reply, isSessionOver(request) ? errors.SESSION_ENDED() : errors.KEY_REQUIRED())
  return errors.ROLE_FORBIDDEN({ roles: [...allow, 'admin'].join(', ') })
}

function rightsOf({ id, roles, audience }: Actor): string {
  return JSON.stringify([id, roles, audience])
}

/** Whether a browser still sends the cookie of a session that is no more. */
function isSessionOver({ cookies, sessionId }: FastifyRequest): boolean {
  return cookies[SESSION_COOKIE] !== undefined && sessionId === undefined
}

/** `X-API-Key` goes first, and of `Authorization` a bearer only: a proxy in front may have its own credentials there. */
function presentedKey(request: FastifyRequest): string | undefined {
  const given = request.headers['x-api-key']
  if (typeof given === 'string') return given
  return /^Bearer\b(.*)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim()
}

function mayCall(actor: Actor, allow: readonly Role[]): boolean {
  return actor.roles.some((role) => role === 'admin' || allow.includes(role))
}

function challenge(reply: FastifyReply, error: CodedError, reason = ''): CodedError {
  reply.header('www-authenticate', `Bearer realm="entraide"${reason}`)
  return error
}
