import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import {
  type PredictionInfluences,
  type PredictionInfluencesDeps,
  predictionInfluences,
} from './explain-prediction.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const

const InfluenceSchema = Type.Object({
  annotation: Type.Object({
    id: Type.String(),
    threadId: Type.String(),
    label: Type.String(),
    provenance: Type.String(),
    blind: Type.Boolean(),
    actor: Type.Object({ id: Type.String(), name: Type.String() }),
    createdAt: Type.String(),
  }),
  similarity: Type.Number({
    description: 'Cosine similarity of the two texts in the features of the model, from 0 to 1',
  }),
  weight: Type.Number({
    description: 'Strength with which the annotation pulls the model towards the label, or away from it',
  }),
  influence: Type.Number({ description: '`similarity` × `weight`; negative against the label' }),
})

const Influences = Type.Unsafe<PredictionInfluences>(
  Type.Object(
    {
      threadId: Type.String(),
      facet: Type.String(),
      label: Type.String(),
      probability: Type.Number({ description: 'Calibrated probability that `label` is right' }),
      modelVersion: Type.Integer(),
      influences: Type.Array(InfluenceSchema, { description: 'Strongest first, whatever the sign' }),
      pending: Type.Boolean({
        description: 'True while labelled threads are still being loaded: repeat the request',
      }),
    },
    {
      examples: [
        {
          threadId: 'thr_7h2k9m4p6r8t1v3x',
          facet: 'category',
          label: 'billing',
          probability: 0.91,
          modelVersion: 3,
          influences: [
            {
              annotation: {
                id: 'ann_01k9zq3c8m5v7x2r4t6b8n0q',
                threadId: 'thr_0001',
                label: 'billing',
                provenance: 'agent',
                blind: false,
                actor: { id: 'key_01k9zq0000000000000000aa', name: 'demo agent' },
                createdAt: '2026-01-15T09:30:00.000Z',
              },
              similarity: 0.62,
              weight: 0.18,
              influence: 0.1116,
            },
          ],
          pending: false,
        },
      ],
    },
  ),
)

/** The annotations that influenced a prediction, over HTTP. */
export function influenceRoutes(deps: PredictionInfluencesDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/threads/:id/influences',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listInfluences',
          summary: 'List the annotations that influenced a prediction',
          description:
            'Considers the fifty most similar labelled threads. Revoke wrong annotations at `/api/revocations`.',
          tags: ['triage'],
          params: Type.Object({ id: Type.String() }),
          querystring: Type.Object({
            facet: Type.Optional(Type.String({ maxLength: 60, default: 'category' })),
            label: Type.Optional(
              Type.String({
                maxLength: 200,
                description: 'Label to explain; that of the decision by default',
              }),
            ),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
          }),
          response: { 200: Influences },
        },
      },
      ({ params, query: { facet = 'category', label, limit = 10 }, actor }) =>
        predictionInfluences(deps, {
          threadId: params.id,
          facet,
          limit,
          actor,
          label,
        }),
    )
  }
}
