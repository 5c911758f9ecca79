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
          summary: 'Why a label has the probability it has',
          description:
            'Which words spoke for and against it, exactly, and the labelled posts most like it. Stores nothing.',
          tags: ['triage'],
          body: ExplainBody,
          response: { 200: ExplainedPostSchema },
        },
      },
      ({ body, actor }) => explainPost(deps, body, actor.audience),
    )
  }
}
