import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { cookieOptions } from '../access/sessions/cookie.ts'
import type { SignInConfig } from '../platform/config/sign-in-config.ts'

/**
 * By which a browser's second vote of a day replaces its first, and searches of one visit belong together. It is set when
 * somebody searches or votes, lasts a day, and says nothing else.
 */
const VISIT_COOKIE = 'entraide_visit'
/** That help was offered in the way of this visit once. */
const OFFERED_COOKIE = 'entraide_offered'
const DAY_S = 86_400

/** The visit that a browser says it is on; undefined where it says none. */
export function knownVisit({ cookies }: FastifyRequest): string | undefined {
  const known = cookies[VISIT_COOKIE]
  return known !== undefined && /^[0-9a-f]{32}$/.test(known) ? `visit_${known}` : undefined
}

/** The visit that a browser is on, which begins now if it said none. */
export function visitOf(request: FastifyRequest, reply: FastifyReply, signIn: SignInConfig): string {
  const known = knownVisit(request)
  if (known !== undefined) return known
  const visit = randomBytes(16).toString('hex')
  reply.setCookie(VISIT_COOKIE, visit, { ...cookieOptions(request, signIn), path: '/help', maxAge: DAY_S })
  return `visit_${visit}`
}

/** Whether a visit has been offered help in its way; if not, it is now. */
export function offerOnce(request: FastifyRequest, reply: FastifyReply, signIn: SignInConfig): boolean {
  if (request.cookies[OFFERED_COOKIE] !== undefined) return false
  reply.setCookie(OFFERED_COOKIE, '1', { ...cookieOptions(request, signIn), path: '/help', maxAge: DAY_S })
  return true
}
