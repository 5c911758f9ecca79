import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type ExplainDeps, explainPost } from './explain-prediction.ts'
import { ExplainBody, ExplainedPostSchema } from './explain-schemas.ts'

/** Those who may classify. All of them may read threads too, within their audience. */
const CALLERS = ['router', 'agent', 'knowledge-manager', 'supervisor'] as const

/** Explanations of classifications over HTTP. */
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
