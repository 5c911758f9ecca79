import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { ArticleDeps } from '../deps.ts'
import { CREDITS, changeCredits } from './credits.ts'

const Settings = Type.Object(
  {
    credits: Type.Enum([...CREDITS], {
      description:
        'Whether readers who do not work on articles see the names of members whose posts an article rests on; `shown` by default',
    }),
  },
  { additionalProperties: false, examples: [{ credits: 'hidden' }] },
)

/** What the company decides for all articles. */
export function creditsRoutes(
  deps: Pick<ArticleDeps, 'db' | 'credits' | 'audit'>,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/articles/settings',
      {
        config: { allow: ['agent', 'knowledge-manager', 'supervisor'] },
        schema: {
          operationId: 'getArticleSettings',
          summary: 'Get the settings of all articles',
          tags: ['articles'],
          response: { 200: Settings },
        },
      },
      async () => ({ credits: await deps.credits.find() }),
    )

    app.put(
      '/articles/settings',
      {
        config: { allow: ['knowledge-manager'] },
        schema: {
          operationId: 'changeArticleSettings',
          summary: 'Change the settings of all articles',
          tags: ['articles'],
          body: Settings,
          response: { 200: Settings },
        },
      },
      async ({ body: { credits }, actor }) => ({ credits: await changeCredits(deps, { credits, actor }) }),
    )
  }
}
