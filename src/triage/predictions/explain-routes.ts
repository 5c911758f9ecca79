import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CATEGORY } from '../../labels/facet.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import { type ExplainDeps, explainPost, explainThread } from './explain-prediction.ts'
import { ExplainBody, ExplainedPostSchema, ThreadExplanationQuery, ThreadParams } from './explain-schemas.ts'

/** Those who may classify. All of them may read threads too, within their audience. */
const CALLERS = ['router', 'agent', 'knowledge-manager', 'supervisor'] as const

/** Explanations of classifications over HTTP. */
export function explainRoutes(
  deps: ExplainDeps & { readonly threads: Pick<ThreadStore, 'require' | 'facts'> },
): FastifyPluginAsyncTypebox {
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

    app.get(
      '/threads/:id/explanation',
      {
        config: { allow: CALLERS },
        schema: {
          operationId: 'explainThread',
          summary: 'Explain the probability of a label for a thread',
          description:
            'The exact contribution of each word for and against the label, and the most similar other labelled posts.',
          tags: ['triage'],
          params: ThreadParams,
          querystring: ThreadExplanationQuery,
          response: { 200: ExplainedPostSchema },
        },
      },
      ({ params: { id: threadId }, query: { facet = CATEGORY, label }, actor }) =>
        explainThread(deps, { threadId, facet, label, actor }),
    )
  }
}
