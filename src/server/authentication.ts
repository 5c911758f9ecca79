import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, anonymous, type Role } from '../access/actor.ts'
import type { CodedError } from '../platform/errors.ts'
import { errors } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the key that came with the request was refused. */
    keyRefusal: CodedError | undefined
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
  resolveKey: (token: string) => Promise<Actor | undefined>,
): void {
  api.decorateRequest('keyRefusal')

  api.addHook('onRoute', ({ method, url, config }) => {
    if (config?.allow === undefined) throw errors.ROUTE_UNGUARDED({ method, url })
  })

  api.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const token = presentedKey(request)
    const holder = token === undefined ? anonymous : await resolveKey(token)
    if (holder === undefined) request.keyRefusal = errors.KEY_INVALID()
    request.actor = { ...(holder ?? anonymous), requestId: request.id }
  })

  api.addHook('preParsing', async (request, reply) => {
    if (request.keyRefusal !== undefined)
      throw challenge(reply, request.keyRefusal, ', error="invalid_token"')
    const { allow = [] } = request.routeOptions.config
    if (allow === 'anyone') return
    if (request.actor.id === anonymous.id) throw challenge(reply, errors.KEY_REQUIRED())
    if (!mayCall(request.actor, allow)) throw errors.ROLE_FORBIDDEN({ roles: [...allow, 'admin'].join(', ') })
  })
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
