import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { LARGEST_COST } from '../../learning/risk/costs.ts'
import type { LabelDeps } from '../deps.ts'
import { LONGEST_LABEL } from '../facet.ts'
import { MOST_COSTS, stateCosts } from './state-costs.ts'

const example = { costs: [{ truth: 'fraud', given: 'community', cost: 10 }] }

const Cost = Type.Object(
  {
    truth: Type.String({ minLength: 1, maxLength: LONGEST_LABEL, description: 'Label that the thread has' }),
    given: Type.String({ minLength: 1, maxLength: LONGEST_LABEL, description: 'Label that it is given' }),
    cost: Type.Number({
      exclusiveMinimum: 0,
      maximum: LARGEST_COST,
      description: 'In units of an ordinary mistake, which costs 1',
    }),
  },
  { additionalProperties: false },
)
const Params = Type.Object({ facet: Type.String() })
const Costs = Type.Object({ costs: Type.Array(Cost) }, { examples: [example] })

/** What mistakes cost, over HTTP. */
export function costRoutes(deps: LabelDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/facets/:facet/costs',
      {
        config: { allow: ['router', 'agent', 'knowledge-manager', 'supervisor'] },
        schema: {
          operationId: 'listCosts',
          summary: 'List the stated costs of mistakes of a facet',
          description:
            'As stated. Those of the model in force, which may have been trained before a change, are at `/api/models/{facet}/budgets`.',
          tags: ['labels'],
          params: Params,
          response: { 200: Costs },
        },
      },
      async ({ params }) => {
        const facet = await deps.facets.require(params.facet)
        return { costs: await deps.facets.costs.of(facet.id) }
      },
    )

    app.put(
      '/facets/:facet/costs',
      {
        config: { allow: ['supervisor'] },
        schema: {
          operationId: 'stateCosts',
          summary: 'State what mistakes of a facet cost',
          description:
            'Replaces the costs stated before; an empty list removes all. A wrong label costs 1 unless stated otherwise, and the right one nothing. The model then gives the label of least expected cost, and risk budgets bound the mean cost of what is assigned. Takes effect with a training, which starts at once: the held-out predictions of the model in force lack the probabilities to decide by other costs.',
          tags: ['labels'],
          params: Params,
          body: Type.Object(
            { costs: Type.Array(Cost, { maxItems: MOST_COSTS }) },
            { additionalProperties: false, examples: [example] },
          ),
          response: { 200: Costs },
        },
      },
      async ({ params, body, actor }) => ({
        costs: await stateCosts(deps, { facet: params.facet, costs: body.costs, actor }),
      }),
    )
  }
}
