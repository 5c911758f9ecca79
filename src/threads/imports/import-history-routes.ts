import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { hasEnded, importEvents } from './import-events.ts'
import type { ImportHistory } from './import-history.ts'
import * as schemas from './import-schemas.ts'
import { presentImport } from './present-import.ts'
import { createImportWatching, versionOf } from './watch-imports.ts'

const READERS = ['knowledge-manager', 'supervisor'] as const
const EVENT_STREAM = 'text/event-stream'

/** What came of imports, what they could not take, and how those that run go on. */
export function importHistoryRoutes(history: ImportHistory): FastifyPluginAsyncTypebox {
  return async (app) => {
    // Listeners were let in by their audience when they came.
    const watching = createImportWatching((ids) => history.find(ids, 'internal'))
    app.addHook('preClose', async () => watching.close())

    app.get(
      '/imports',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listImports',
          summary: 'Imports, newest first, from the command line too',
          tags: ['imports'],
          querystring: schemas.ImportListQuery,
          response: { 200: schemas.ImportPage },
        },
      },
      async ({ query, actor }) => {
        const { limit = 20, ...filters } = query
        const page = await history.list({ ...filters, limit, reader: actor.audience })
        return { ...page, items: page.items.map(presentImport) }
      },
    )

    app.get(
      '/imports/:id',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getImport',
          summary: 'An import: how far it is, or what came of it',
          tags: ['imports'],
          params: schemas.ImportParams,
          response: { 200: schemas.Import },
        },
      },
      async ({ params, actor }) => presentImport(await history.require(params.id, actor.audience)),
    )

    app.get(
      '/imports/:id/rejections',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listImportRejections',
          summary: 'What an import could not take, with its place and reason',
          description: 'In the order of the export; the first 10,000 are kept, all are counted.',
          tags: ['imports'],
          params: schemas.ImportParams,
          querystring: schemas.RejectionListQuery,
          response: { 200: schemas.RejectionPage },
        },
      },
      async ({ params, query, actor }) => {
        const { limit = 20, cursor } = query
        const reader = actor.audience
        const page = await history.rejections(params.id, {
          reader,
          limit,
          ...(cursor !== undefined && { cursor }),
        })
        return { ...page, items: [...page.items] }
      },
    )

    app.get(
      '/imports/:id/events',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'followImport',
          summary: 'The progress of an import as server-sent events',
          description:
            'The state as it is comes first, then an event `progress` for each change, at last `completed`, `failed`, `cancelled` or `interrupted`, whose data is the import too. 204 to a listener that has had the last one already, which tells an EventSource not to come back.',
          tags: ['imports'],
          params: schemas.ImportParams,
          headers: schemas.EventHeaders,
          produces: [EVENT_STREAM],
          response: {
            200: {
              description: 'Events',
              content: { [EVENT_STREAM]: { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
            },
            204: Type.Null({ description: 'It has ended, and you know' }),
          },
        },
      },
      async (request, reply) => {
        const { params, actor, headers } = request
        const record = await history.require(params.id, actor.audience)
        if (hasEnded(record) && headers['last-event-id'] === versionOf(record))
          return reply.code(204).send(null)
        const events = importEvents(watching.watch(record.id))
        reply.header('x-accel-buffering', 'no').type(EVENT_STREAM)
        return reply.send(Readable.from(events, { objectMode: false, highWaterMark: 1 }))
      },
    )
  }
}
