import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Counters } from '../platform/database/change-counters.ts'
import { createLiveStream, type LiveDeps, type LivePace } from './live-stream.ts'
import * as schemas from './schemas.ts'

const EVENT_STREAM = 'text/event-stream'
/** What may wait for a reader that is too slow; it connects again. */
const MOST_UNREAD = 1_048_576

/** What happens, as it happens. */
export function liveRoutes(deps: LiveDeps, pace?: LivePace): FastifyPluginAsyncTypebox {
  return async (app) => {
    const stream = createLiveStream(deps, pace)
    app.addHook('preClose', async () => stream.close())

    app.get(
      '/events',
      {
        config: { allow: ['router', 'agent', 'knowledge-manager', 'supervisor'], countsAsUse: false },
        exposeHeadRoute: false,
        schema: {
          operationId: 'followEvents',
          summary: 'Stream what happens as server-sent events',
          description:
            'First `ready`, whose `resumed` says whether everything since the last event received follows; where it is false, read again what you show. Then the running imports (`import.progress`) and the counts of the review queue (`queue.changed`), which come again whenever they change, and what happens: `model.activated`, `model.trained`, `model.refused`, `conflict.opened`, `article.changed`, `alert.raised`. You hear of what your role and audience may read. An event may come twice. The stream ends now and then, and when your key is revoked, your session ends or your roles change: connect again with `Last-Event-ID`.',
          tags: ['events'],
          querystring: schemas.EventsQuery,
          headers: schemas.EventsHeaders,
          produces: [EVENT_STREAM],
          response: {
            200: {
              description: 'Server-sent events',
              content: {
                [EVENT_STREAM]: {
                  schema: Type.Unsafe<string>({
                    type: 'string',
                    examples: [
                      'id: 412\nevent: model.activated\ndata: {"facet":"category","version":4,"replaced":3}\n\n',
                    ],
                  }),
                },
              },
            },
          },
        },
      },
      async (request, reply) => {
        const { actor, query, headers } = request
        const { raw } = reply
        const counters = await request.counters()
        reply.hijack()
        for (const [name, value] of Object.entries(reply.getHeaders()))
          if (value !== undefined) raw.setHeader(name, value)
        raw.writeHead(200, {
          'content-type': `${EVENT_STREAM}; charset=utf-8`,
          'x-accel-buffering': 'no',
        })
        const listener = {
          actor,
          isStillEntitled: (now: Counters) => request.isStillEntitled(now),
          write(text: string) {
            if (raw.writableLength > MOST_UNREAD) raw.destroy()
            else if (!raw.writableEnded) raw.write(text)
          },
          end: () => void raw.end(),
        }
        try {
          const last = /^\d{1,15}$/.exec(headers['last-event-id'] ?? '')
          const stop = await stream.follow(listener, counters, last === null ? query.after : Number(last[0]))
          if (raw.destroyed) stop()
          else raw.once('close', stop)
        } catch (error) {
          // The answer has begun; the client connects again.
          reply.log.warn({ err: error }, 'cannot begin a stream of events')
          raw.destroy()
        }
      },
    )
  }
}
