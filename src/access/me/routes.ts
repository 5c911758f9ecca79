import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { LinkDeps } from '../accounts/accept-link.ts'
import { ROLES } from '../actor.ts'
import { clearSessionCookie } from '../sessions/cookie.ts'
import {
  changeMe,
  changePassword,
  endOtherSessions,
  endOwnSession,
  getMe,
  listOwnSessions,
  type Me,
} from './own-account.ts'
import { MeSchema, OwnChangeBody, PasswordChangeBody, SessionList, SessionParams } from './schemas.ts'

/** Whoever is known, by a session or a key. */
const EVERYBODY = { allow: ROLES }

/** `/me`: who asks, what they prefer, and their sessions. */
export function meRoutes(deps: LinkDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/me',
      {
        config: EVERYBODY,
        schema: {
          operationId: 'getMe',
          summary: 'Get who is asking: a person who is signed in, or a key',
          tags: ['sign-in'],
          response: { 200: MeSchema },
        },
      },
      async ({ actor }) => shownMe(await getMe(deps, actor)),
    )

    app.patch(
      '/me',
      {
        config: EVERYBODY,
        schema: {
          operationId: 'changeMe',
          summary: 'Change your name, language or preferences',
          description: 'Each preference that is sent is replaced as a whole; the others stay.',
          tags: ['sign-in'],
          body: OwnChangeBody,
          response: { 200: MeSchema },
        },
      },
      async ({ actor, body }) => shownMe(await changeMe(deps, { ...body, actor })),
    )

    app.post(
      '/me/password',
      {
        // A password must not be kept as part of a remembered request.
        config: { ...EVERYBODY, idempotent: false },
        schema: {
          operationId: 'changePassword',
          summary: 'Change your password',
          description: 'Your other sessions end.',
          tags: ['sign-in'],
          body: PasswordChangeBody,
          response: { 204: Type.Null({ description: 'The password is changed' }) },
        },
      },
      async ({ actor, sessionId, ip, body }, reply) => {
        await changePassword(deps, { ...body, actor, sessionId, address: ip })
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/me/sessions',
      {
        config: EVERYBODY,
        schema: {
          operationId: 'listMySessions',
          summary: 'List your sessions, newest first',
          tags: ['sign-in'],
          response: { 200: SessionList },
        },
      },
      async ({ actor, sessionId }) => {
        const sessions = await listOwnSessions(deps, actor)
        return { items: sessions.map((session) => ({ ...session, current: session.id === sessionId })) }
      },
    )

    app.delete(
      '/me/sessions/:id',
      {
        config: EVERYBODY,
        schema: {
          operationId: 'endMySession',
          summary: 'End one of your sessions',
          tags: ['sign-in'],
          params: SessionParams,
          response: { 204: Type.Null({ description: 'The session has ended' }) },
        },
      },
      async (request, reply) => {
        const { id } = request.params
        await endOwnSession(deps, { id, actor: request.actor })
        if (id === request.sessionId) clearSessionCookie(request, reply, deps.config)
        return reply.code(204).send(null)
      },
    )

    app.delete(
      '/me/sessions',
      {
        config: EVERYBODY,
        schema: {
          operationId: 'endMyOtherSessions',
          summary: 'End all your sessions but this one',
          tags: ['sign-in'],
          response: { 204: Type.Null({ description: 'The other sessions have ended' }) },
        },
      },
      async ({ actor, sessionId }, reply) => {
        await endOtherSessions(deps, { actor, sessionId })
        return reply.code(204).send(null)
      },
    )
  }
}

/** As the schema has it, whose lists are not read-only. */
export function shownMe({ roles, preferences, ...me }: Me) {
  const { views } = preferences
  return {
    ...me,
    roles: [...roles],
    preferences: { ...preferences, views: views === undefined ? undefined : [...views] },
  }
}
