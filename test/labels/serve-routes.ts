import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import type { Actor } from '../../src/access/actor.ts'
import { CodedError } from '../../src/platform/errors.ts'

/** A slice's routes without the server's plugins: the caller is given, coded errors become their status. */
export async function serveRoutes(routes: FastifyPluginAsyncTypebox) {
  const app = fastify()
  const allow = new Map<string, unknown>()
  let actor: Actor | undefined
  app.decorateRequest('actor', null as unknown as Actor)
  app.addHook('onRequest', async (request) => {
    request.actor = actor!
  })
  app.addHook('onRoute', ({ method, url, config }) => {
    allow.set(`${String(method)} ${url}`, config?.allow)
  })
  app.setErrorHandler((error, _, reply) => {
    const status =
      error instanceof CodedError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500)
    return reply
      .code(status)
      .send({ code: (error as { code?: string }).code, detail: (error as Error).message })
  })
  await app.register(routes)
  return {
    allowed: (method: string, url: string) => allow.get(`${method} ${url}`),
    async call(as: Actor, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object) {
      actor = as
      const response = await app.inject({ method, url, ...(body && { payload: body }) })
      return { status: response.statusCode, body: response.json() }
    },
  }
}
