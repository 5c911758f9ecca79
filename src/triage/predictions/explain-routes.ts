import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type ExplainDeps, explainPost } from './explain-post.ts'
import { ExplainBody, ExplainedPostSchema } from './explain-schemas.ts'

/** Those who may classify; all of them may read threads too, as far as their audience reaches. */
const CALLERS = ['router', 'agent', 'knowledge-manager', 'supervisor'] as const

/** Why a post is classified as it is. */
export function explainRoutes(deps: ExplainDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/classify/explain',
      {
        config: { allow: CALLERS, idempotent: false },
        schema: {
          operationId: 'explainClassification',
          summary: 'Explain the probability of a label',
          description:
            'The exact contribution of each word for and against the label, and the most similar labelled posts. Stores nothing.',
          tags: ['triage'],
          body: ExplainBody,
          response: { 200: ExplainedPostSchema },
        },
      },
      ({ body, actor }) => explainPost(deps, body, actor.audience),
    )
  }
}
