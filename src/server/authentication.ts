import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, anonymous, type Role } from '../access/actor.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import type { Database } from '../platform/database/database.ts'
import type { CodedError } from '../platform/errors.ts'
import { errors } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the key that came with the request was refused. */
    keyRefusal: CodedError | undefined
    /** What `counters()` read, once it was called. */
    countersRead: Promise<Counters> | undefined
  }
}

/**
 * Who asks, and whether they may. Identifies before the rate limit (which counts by key) and refuses after it, so
 * that guessing keys is limited too, but before the body is read. A wrong key is refused on public routes as well:
 * its holder would otherwise take what is public for all there is.
 *
 * @param api every route added to it from now on must say who may call it
 */
export function addAuthentication(
  api: FastifyInstance,
  resolveKey: (token: string, counters: Counters) => Promise<Actor | undefined>,
  db: Pick<Database, 'counters'>,
): void {
  api.decorateRequest('keyRefusal')
  api.decorateRequest('countersRead')
  api.decorateRequest('counters', function counters() {
    this.countersRead ??= db.counters()
    return this.countersRead
  })

  api.addHook('onRoute', ({ method, url, config }) => {
    if (config?.allow === undefined) throw errors.ROUTE_UNGUARDED({ method, url })
  })

  api.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const token = presentedKey(request)
    const holder = token === undefined ? anonymous : await resolveKey(token, await request.counters())
    if (holder === undefined) request.keyRefusal = errors.KEY_INVALID()
    request.actor = { ...(holder ?? anonymous), requestId: request.id }
  })

  api.addHook('preParsing', (request, reply, payload, done) => {
    const refusal = refusalOf(request, reply)
    if (refusal === undefined) done(null, payload)
    else done(refusal)
  })
}

function refusalOf(request: FastifyRequest, reply: FastifyReply): CodedError | undefined {
  if (request.keyRefusal !== undefined) return challenge(reply, request.keyRefusal, ', error="invalid_token"')
  const { allow = [] } = request.routeOptions.config
  if (allow === 'anyone' || mayCall(request.actor, allow)) return undefined
  if (request.actor.id === anonymous.id) return challenge(reply, errors.KEY_REQUIRED())
  return errors.ROLE_FORBIDDEN({ roles: [...allow, 'admin'].join(', ') })
}

/** `X-API-Key` goes first: a proxy in front may have put credentials of its own into `Authorization`. */
function presentedKey(request: FastifyRequest): string | undefined {
  const given = request.headers['x-api-key']
  if (typeof given === 'string') return given
  return request.headers.authorization?.replace(/^Bearer +/i, '').trim()
}

function mayCall(actor: Actor, allow: readonly Role[]): boolean {
  return actor.roles.some((role) => role === 'admin' || allow.includes(role))
}

function challenge(reply: FastifyReply, error: CodedError, reason = ''): CodedError {
  reply.header('www-authenticate', `Bearer realm="entraide"${reason}`)
  return error
}
