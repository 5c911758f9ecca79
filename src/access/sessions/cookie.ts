import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SignInConfig } from '../../platform/config/sign-in-config.ts'
import { isLoopbackAddress, isLoopbackHost } from '../../platform/loopback.ts'
import type { Origin, SignIn } from './sign-in.ts'

/** The cookie by which a browser is known to be signed in. */
export const SESSION_COOKIE = 'entraide_session'

type AddressConfig = Pick<SignInConfig, 'publicUrl'>

/** Whether the browser reached this service by HTTPS, as a trusted proxy says where that ended it. */
function isSecure({ protocol }: FastifyRequest, { publicUrl }: AddressConfig): boolean {
  return protocol === 'https' || (publicUrl ?? '').startsWith('https:')
}

/** Where a browser reaches this service, without a slash at its end. */
export function addressOf(request: FastifyRequest, config: AddressConfig): string {
  const protocol = isSecure(request, config) ? 'https' : 'http'
  return config.publicUrl ?? `${protocol}://${request.headers.host ?? 'localhost'}`
}

/** No script reads it, and no other site's form or script sends it along. */
export function cookieOptions(request: FastifyRequest, config: AddressConfig) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(request, config) } as const
}

/** Gives the browser the session's token. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { session }: SignIn,
  config: AddressConfig,
): void {
  reply.setCookie(SESSION_COOKIE, session.token, {
    ...cookieOptions(request, config),
    expires: session.expiresAt,
  })
}

/** Takes the token from the browser. */
export function clearSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  config: AddressConfig,
): void {
  reply.clearCookie(SESSION_COOKIE, cookieOptions(request, config))
}

/** Where a request came from, and the session that it came with. */
export function originOf(request: FastifyRequest): Origin {
  const { actor, sessionId } = request
  return {
    address: request.ip,
    userAgent: request.headers['user-agent'],
    requestId: request.id,
    earlier: sessionId === undefined ? undefined : { accountId: actor.id, sessionId },
  }
}

/** Headers by which proxies and tunnels say that a request came from further away. */
const FORWARDING = /^(x-forwarded-|forwarded$|via$|x-real-ip$|x-client-ip$|true-client-ip$|cf-)/

/**
 * Whether a request came from a browser of this machine and no further: not by a proxy on it, nor by the page of
 * another site, nor by one whose name was made to point here.
 */
export function isFromLoopback({ socket, headers }: FastifyRequest): boolean {
  const { host = '', origin } = headers
  return (
    isLoopbackAddress(socket.remoteAddress ?? '') &&
    isOnLoopback(`http://${host}`) &&
    (origin === undefined || isOnLoopback(origin)) &&
    !Object.keys(headers).some((name) => FORWARDING.test(name))
  )
}

function isOnLoopback(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname)
}
