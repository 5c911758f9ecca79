import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { Audience, Language } from '../schemas.ts'
import { exportRecords, mayExportFor } from './export-records.ts'

const NDJSON = 'application/x-ndjson'

const ExportQuerystring = Type.Object(
  {
    audience: Type.Optional(Audience),
    language: Type.Optional(Language),
  },
  { additionalProperties: false },
)

/** Exporting articles. */
export function exportRoutes(deps: Pick<ArticleDeps, 'db'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/articles/export',
      {
        config: { allow: ['knowledge-manager'] },
        schema: {
          operationId: 'exportArticles',
          summary: 'Export articles as JSON Lines',
          description:
            'Each line is a record of a `type`: an `article`, then what belongs to it. With `audience`, only what that audience sees of published articles. Without it, all that the store holds, for internal readers; others get what their own audience sees. The last line has the type `end`: without it, the export is incomplete.',
          tags: ['articles'],
          produces: [NDJSON],
          querystring: ExportQuerystring,
          response: {
            200: {
              description: 'One JSON object a line',
              content: {
                [NDJSON]: { schema: Type.Unsafe<unknown>({ type: 'object', description: 'A record' }) },
              },
            },
          },
        },
      },
      async ({ query, actor }, reply) => {
        const { audience = actor.audience === 'internal' ? undefined : actor.audience, language } = query
        if (audience !== undefined && !mayExportFor(actor.audience, audience))
          throw articleErrors.EXPORT_AUDIENCE_FORBIDDEN({ reader: actor.audience, audience })
        const lines = exportRecords(deps, { audience, language })
        return reply
          .type(NDJSON)
          .header('content-disposition', 'attachment; filename="articles.jsonl"')
          .send(Readable.from(lines, { objectMode: false }))
      },
    )
  }
}
