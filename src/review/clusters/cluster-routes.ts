import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { CATEGORY } from '../../labels/facet.ts'
import type { ReviewDeps } from '../deps.ts'
import { type Cluster, findClusters } from './find-clusters.ts'

const REVIEWERS = ['agent', 'knowledge-manager', 'supervisor'] as const

const Clusters = Type.Unsafe<{ readonly items: readonly Cluster[] }>(
  Type.Object(
    {
      items: Type.Array(
        Type.Object({
          likely: Type.Optional(
            Type.Object(
              { label: Type.String(), threads: Type.Integer() },
              { description: 'Label predicted for most of the threads, and for how many' },
            ),
          ),
          threads: Type.Array(
            Type.Object({
              threadId: Type.String(),
              title: Type.String(),
              excerpt: Type.String({ description: 'Beginning of the question as plain text' }),
              language: Type.String(),
              source: Type.String(),
              likeness: Type.Optional(
                Type.Number({ description: 'Similarity to the first thread, from 0 to 1' }),
              ),
              prediction: Type.Optional(
                Type.Object({ label: Type.String(), confidence: Type.Number(), decision: Type.String() }),
              ),
            }),
            { description: 'The thread that the others are like, then those, up to 50' },
          ),
        }),
      ),
    },
    {
      examples: [
        {
          items: [
            {
              likely: { label: 'billing', threads: 2 },
              threads: [
                {
                  threadId: 'thr_7h2k9m4p6r8t1v3x',
                  title: 'Charged twice this month',
                  excerpt: 'My invoice shows the subscription twice.',
                  language: 'en',
                  source: 'forum',
                  prediction: { label: 'billing', confidence: 0.41, decision: 'abstained' },
                },
                {
                  threadId: 'thr_3m5v7x2r4t6b8n0q',
                  title: 'Billed twice',
                  excerpt: 'The subscription is on my invoice twice.',
                  language: 'en',
                  source: 'forum',
                  likeness: 0.94,
                  prediction: { label: 'billing', confidence: 0.52, decision: 'abstained' },
                },
              ],
            },
          ],
        },
      ],
    },
  ),
)

/** Clusters of threads to label together, over HTTP. */
export function clusterRoutes(deps: ReviewDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/review/clusters',
      {
        config: { allow: REVIEWERS },
        schema: {
          operationId: 'listClusters',
          summary: 'List clusters of unlabelled threads that ask nearly the same, largest first',
          description:
            'Near-duplicates without a label on the facet, that nobody else is labelling; none of the audit slice. Not reserved for you. Label those that fit at `/api/annotations`.',
          tags: ['review'],
          querystring: Type.Object({
            facet: Type.Optional(Type.String({ minLength: 1, maxLength: 60, default: 'category' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
          }),
          response: { 200: Clusters },
        },
      },
      async ({ query: { facet = CATEGORY, limit = 10 }, actor }) => ({
        items: await findClusters(deps, { facet, limit, actor }),
      }),
    )
  }
}
