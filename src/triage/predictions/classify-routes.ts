import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { TriageDeps } from '../deps.ts'
import { classifyLines } from './classify-lines.ts'
import { classifyPost } from './classify-post.ts'
import { BatchRequest, BatchResponse, ClassifiedPostSchema, ClassifyBody } from './classify-schemas.ts'

const CALLERS = ['router', 'agent', 'knowledge-manager', 'supervisor'] as const
const NDJSON = 'application/x-ndjson'

/** Classification over HTTP of posts that are not stored. */
export function classifyRoutes(deps: TriageDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/classify',
      {
        config: { allow: CALLERS, idempotent: false },
        schema: {
          operationId: 'classifyPost',
          summary: 'Classify and route one post',
          description: 'Stores nothing.',
          tags: ['triage'],
          body: ClassifyBody,
          response: { 200: ClassifiedPostSchema },
        },
      },
      async (request) => classifyPost(deps, request.body, request.actor.audience, await request.counters()),
    )
  }
}

/** Classification of a stream of posts over HTTP. A plugin of its own: its content type parser accepts streams only. */
export function classifyBatchRoutes(deps: TriageDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(NDJSON, (_request, stream, done) => done(null, stream))

    app.post(
      '/classify/batch',
      {
        config: { allow: CALLERS, idempotent: false },
        schema: {
          operationId: 'classifyBatch',
          summary: 'Classify and route a stream of posts',
          description:
            'Takes and returns NDJSON, one line for each line, in the same order. Responses begin before the request ends: read while you write, or the stream stalls.',
          tags: ['triage'],
          consumes: [NDJSON],
          produces: [NDJSON],
          body: { content: { [NDJSON]: { schema: BatchRequest } } },
          response: {
            200: { description: 'Default Response', content: { [NDJSON]: { schema: BatchResponse } } },
          },
        },
      },
      async (request, reply) => {
        // The parser above passes the body on as a stream; it is undefined for a request without body.
        const input = (request.body as Readable | undefined) ?? Readable.from([])
        const lines = classifyLines(deps, input, request.actor.audience)
        return reply.type(NDJSON).send(Readable.from(lines, { objectMode: false }))
      },
    )
  }
}
