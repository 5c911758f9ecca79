import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type Activation, type ActivationDeps, latestActivation } from './latest-activation.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const

const Side = Type.Object({
  label: Type.String(),
  confidence: Type.Number(),
  decision: Type.String({ enum: ['assigned', 'abstained'] }),
})

const ActivationSchema = Type.Unsafe<Activation>(
  Type.Object(
    {
      facet: Type.String(),
      version: Type.Integer(),
      previousVersion: Type.Optional(Type.Integer({ description: 'Absent for the first version' })),
      activatedAt: Type.Optional(Type.String()),
      newAnnotations: Type.Integer({
        description:
          'Annotations, rulings and revocations by people that it saw and the previous version did not',
      }),
      predictions: Type.Object({
        compared: Type.Integer({
          description:
            'Threads that had a prediction by an earlier version; grows while all threads are predicted again',
        }),
        changed: Type.Integer({ description: 'Those whose label or decision changed' }),
      }),
      examples: Type.Array(
        Type.Object({ threadId: Type.String(), title: Type.String(), before: Side, after: Side }),
        { description: 'Up to 20 changed threads that you may see' },
      ),
    },
    {
      examples: [
        {
          facet: 'category',
          version: 4,
          previousVersion: 3,
          activatedAt: '2026-01-15T09:30:00.000Z',
          newAnnotations: 21,
          predictions: { compared: 5200, changed: 61 },
          examples: [
            {
              threadId: 'thr_7h2k9m4p6r8t1v3x',
              title: 'Charged twice this month',
              before: { label: 'contract', confidence: 0.44, decision: 'abstained' },
              after: { label: 'billing', confidence: 0.91, decision: 'assigned' },
            },
          ],
        },
      ],
    },
  ),
)

/** What activations changed, over HTTP. */
export function activationRoutes(deps: ActivationDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/facets/:facet/activations/latest',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getLatestActivation',
          summary: 'Get what the model version in force changed',
          description:
            'How many predictions it changed of those by the version before, some of them, and how many annotations it learned from since.',
          tags: ['triage'],
          params: Type.Object({ facet: Type.String() }),
          response: { 200: ActivationSchema },
        },
      },
      ({ params: { facet }, actor }) => latestActivation(deps, { facet, reader: actor.audience }),
    )
  }
}
