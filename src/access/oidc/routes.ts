import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CodedError } from '../../platform/errors.ts'
import type { LinkDeps } from '../accounts/accept-link.ts'
import { accessErrors } from '../errors.ts'
import { addressOf, cookieOptions, originOf, setSessionCookie } from '../sessions/cookie.ts'
import type { GroupRoles } from './group-roles.ts'
import type { IdentityProvider, PendingSignIn } from './identity-provider.ts'
import { ownPath } from './own-path.ts'
import { signInByOidc } from './sign-in-by-oidc.ts'

/** The cookie that a browser keeps while it is at the identity provider. */
const PENDING_COOKIE = 'entraide_oidc'
const PATH = '/api/sign-in/oidc'
const PENDING_S = 600

interface Pending extends PendingSignIn {
  readonly to: string
}

const Redirect = Type.Null({ description: 'Redirect' })

/** `/sign-in/oidc`: to the identity provider and back. */
export function oidcRoutes({
  oidc,
  ...deps
}: LinkDeps & {
  /** Absent where no identity provider is configured. */
  readonly oidc?: { readonly provider: IdentityProvider; readonly groupRoles: GroupRoles }
}): FastifyPluginAsyncTypebox {
  const { config } = deps

  function required() {
    if (oidc === undefined) throw accessErrors.OIDC_NOT_CONFIGURED()
    return oidc
  }

  const redirectUri = (request: FastifyRequest) => `${addressOf(request, config)}${PATH}/callback`
  const cookie = (request: FastifyRequest) => ({ ...cookieOptions(request, config), path: PATH })

  return async (app) => {
    app.get(
      '/sign-in/oidc',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'signInByOidc',
          summary: 'Redirect to the identity provider to sign in',
          description: 'What goes wrong is told at /app/sign-in by its code, in `problem`.',
          tags: ['sign-in'],
          querystring: Type.Object({
            to: Type.Optional(
              Type.String({ maxLength: 2_000, description: 'Where to go afterwards: a path under /app' }),
            ),
          }),
          response: { 302: Redirect },
        },
      },
      async (request, reply) => {
        const to = ownPath(request.query.to)
        try {
          const { url, pending } = await required().provider.begin(redirectUri(request))
          const kept: Pending = { ...pending, to }
          const value = Buffer.from(JSON.stringify(kept)).toString('base64url')
          reply.setCookie(PENDING_COOKIE, value, { ...cookie(request), maxAge: PENDING_S })
          return reply.redirect(url.href)
        } catch (error) {
          return refuse(request, reply, error, to)
        }
      },
    )

    app.get(
      '/sign-in/oidc/callback',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'finishSignInByOidc',
          summary: 'Finish a sign-in, and redirect to where it was asked for',
          description:
            'The identity provider sends browsers here. What goes wrong is told at /app/sign-in by its code, in `problem`.',
          tags: ['sign-in'],
          response: { 302: Redirect },
        },
      },
      async (request, reply) => {
        const pending = readPending(request.cookies[PENDING_COOKIE])
        reply.clearCookie(PENDING_COOKIE, cookie(request))
        try {
          const { provider, groupRoles } = required()
          if (pending === undefined) throw accessErrors.OIDC_FAILED()
          const address = new URL(`${redirectUri(request)}${searchOf(request.url)}`)
          const claims = await provider.finish(address, pending)
          const origin = originOf(request)
          const signedIn = await signInByOidc(
            { ...deps, groupRoles },
            { issuer: provider.issuer, claims, origin },
          )
          setSessionCookie(request, reply, signedIn, config)
          return reply.redirect(pending.to)
        } catch (error) {
          return refuse(request, reply, error, pending?.to ?? ownPath(undefined))
        }
      },
    )
  }
}

/** A browser that is on its way is shown a page rather than JSON. */
function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown, to: string): FastifyReply {
  if (!(error instanceof CodedError)) throw error
  request.log.warn({ err: error.cause ?? error, code: error.code }, 'sign-in by OpenID Connect failed')
  return reply.redirect(`/app/sign-in?${new URLSearchParams({ problem: error.code, to })}`)
}

function searchOf(url: string): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at)
}

/** @returns undefined where it is missing, or not as it was given out */
function readPending(value: string | undefined): Pending | undefined {
  try {
    const { state, nonce, verifier, to } = JSON.parse(Buffer.from(value ?? '', 'base64url').toString())
    const isWhole = [state, nonce, verifier, to].every((each) => typeof each === 'string' && each !== '')
    return isWhole ? { state, nonce, verifier, to: ownPath(to) } : undefined
  } catch {
    return undefined
  }
}
