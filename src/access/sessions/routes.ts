import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { preferredLanguage } from '../../text/language/preferred-language.ts'
import { acceptLink, describeLink, type LinkDeps } from '../accounts/accept-link.ts'
import { type ResetDeps, requestReset } from '../accounts/request-reset.ts'
import { AcceptBody, LinkDescription, LinkTokenBody, ResetRequestBody } from '../accounts/schemas.ts'
import { accessErrors } from '../errors.ts'
import { meOf } from '../me/own-account.ts'
import { shownMe } from '../me/routes.ts'
import { MeSchema } from '../me/schemas.ts'
import { clearSessionCookie, isFromLoopback, originOf, setSessionCookie } from './cookie.ts'
import { DEMO_ROLES, signInToDemo } from './demo.ts'
import { DemoBody, SignInBody, SignInOptions } from './schemas.ts'
import { endSession, type SignIn, signIn } from './sign-in.ts'

export interface SignInRouteDeps extends LinkDeps, ResetDeps {
  /** Whether a click signs in. */
  readonly demo: boolean
}

/** What strangers may do, and never again with the same answer: it holds a secret, or depends on one. */
const STRANGERS = { allow: 'anyone', idempotent: false } as const

/** `/sign-in` and `/sign-out`, and the links by which people set a password. */
export function signInRoutes(deps: SignInRouteDeps): FastifyPluginAsyncTypebox {
  const { config } = deps

  async function welcome(request: FastifyRequest, reply: FastifyReply, signedIn: SignIn) {
    setSessionCookie(request, reply, signedIn, config)
    const { account } = signedIn
    return shownMe(meOf(account, await deps.accounts.preferences(account.id)))
  }

  return async (app) => {
    app.get(
      '/sign-in/options',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'getSignInOptions',
          summary: 'Get the ways to sign in',
          tags: ['sign-in'],
          response: { 200: SignInOptions },
        },
      },
      async (request) => ({
        password: config.password,
        oidc: config.oidc === undefined ? undefined : { name: config.oidc.name },
        demoRoles: deps.demo && isFromLoopback(request) ? [...DEMO_ROLES] : [],
      }),
    )

    app.post(
      '/sign-in',
      {
        config: STRANGERS,
        schema: {
          operationId: 'signIn',
          summary: 'Sign in with a password',
          description: 'Sets the cookie `entraide_session`. After too many failures answers 429 for a while.',
          tags: ['sign-in'],
          body: SignInBody,
          response: { 200: MeSchema },
        },
      },
      async (request, reply) =>
        welcome(request, reply, await signIn(deps, { ...request.body, origin: originOf(request) })),
    )

    app.post(
      '/sign-in/demo',
      {
        config: STRANGERS,
        schema: {
          operationId: 'signInToDemo',
          summary: 'Sign in to the demo with a role',
          description: 'Only in the demo, and only from the machine where it runs.',
          tags: ['sign-in'],
          body: DemoBody,
          response: { 200: MeSchema },
        },
      },
      async (request, reply) => {
        if (!deps.demo || !isFromLoopback(request)) throw accessErrors.DEMO_ONLY()
        const { role } = request.body
        return welcome(request, reply, await signInToDemo(deps, { role, origin: originOf(request) }))
      },
    )

    app.post(
      '/sign-out',
      {
        config: STRANGERS,
        schema: {
          operationId: 'signOut',
          summary: 'End this session',
          tags: ['sign-in'],
          response: { 204: Type.Null({ description: 'Signed out, or was not signed in' }) },
        },
      },
      async (request, reply) => {
        const { actor, sessionId } = request
        if (sessionId !== undefined) await endSession(deps, { actor, sessionId })
        clearSessionCookie(request, reply, config)
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/invitations/describe',
      {
        config: STRANGERS,
        schema: {
          operationId: 'describeInvitation',
          summary: 'Get what an invitation or a reset link is for',
          description: 'The link stays valid.',
          tags: ['sign-in'],
          body: LinkTokenBody,
          response: { 200: LinkDescription },
        },
      },
      async ({ body }) => describeLink(deps, body.token),
    )

    app.post(
      '/invitations/accept',
      {
        config: STRANGERS,
        schema: {
          operationId: 'acceptInvitation',
          summary: 'Set a password by an invitation or a reset link, and sign in',
          description:
            'Sets the cookie `entraide_session`. The link works once; other sessions of the person end.',
          tags: ['sign-in'],
          body: AcceptBody,
          response: { 200: MeSchema },
        },
      },
      async (request, reply) =>
        welcome(request, reply, await acceptLink(deps, { ...request.body, origin: originOf(request) })),
    )

    app.post(
      '/password-resets',
      {
        config: STRANGERS,
        schema: {
          operationId: 'requestPasswordReset',
          summary: 'Have a link mailed by which to set a new password',
          description:
            'Answers the same for any address. Without a mail server nothing is sent: ask an administrator for a link.',
          tags: ['sign-in'],
          body: ResetRequestBody,
          response: {
            202: Type.Null({ description: 'If there is such an account, the mail is on its way' }),
          },
        },
      },
      async ({ id, body, ip, headers }, reply) => {
        const language = preferredLanguage(headers['accept-language'])
        await requestReset(deps, { email: body.email, address: ip, requestId: id, language })
        return reply.code(202).send(null)
      },
    )
  }
}
