import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { FacetStore } from '../../labels/facet-store.ts'
import { type BudgetCost, budgetCost } from './budget-cost.ts'
import type { ModelRegistry } from './model-registry.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const

const Share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })

const threshold = {
  budget: Share(
    'Risk budget: the largest share of wrong labels among assigned ones; with costs, their largest mean cost',
  ),
  threshold: Type.Number({
    description:
      'Lowest confidence at which a label is assigned (with costs: 1 less the expected cost in units of the largest); above 1: never',
  }),
  cases: Type.Integer({ description: 'Held-out predictions that the threshold is based on' }),
  coverage: Share('Share of predictions at or above the threshold'),
  assigned: Type.Integer({ description: 'Predictions at or above the threshold' }),
  wrong: Type.Integer({ description: 'Wrong predictions at or above the threshold' }),
  upperBound: Share('Exact upper bound of the share of wrong predictions'),
  cost: Type.Optional(
    Type.Object(
      { mean: Type.Number(), upperBound: Type.Number() },
      {
        description: 'Mean cost of the assigned, in ordinary mistakes, and its upper bound; with costs only',
      },
    ),
  ),
}

const example: BudgetCost = {
  facet: 'category',
  modelVersion: 3,
  failureProbability: 0.005,
  coverage: 0.81,
  budget: {
    budget: 0.05,
    threshold: 0.62,
    cases: 2950,
    coverage: 0.82,
    assigned: 2419,
    wrong: 96,
    upperBound: 0.047,
  },
  labels: [
    {
      label: 'fraud',
      budget: 0.01,
      threshold: 0.62,
      cases: 50,
      coverage: 0.5,
      assigned: 25,
      wrong: 0,
      upperBound: 0.113,
      bound: 'facet',
      reason: 'too-few-cases',
      needed: 528,
    },
  ],
  sentence: {
    en: 'With at most 5% wrong among assigned labels, 81% of posts are assigned a label; people decide on the others.',
    fr: 'Avec au plus 5\u00a0% d’erreurs parmi les étiquettes attribuées, 81\u00a0% des messages reçoivent une étiquette\u202f; l’équipe décide des autres.',
  },
}

const BudgetCostSchema = Type.Unsafe<BudgetCost>(
  Type.Object(
    {
      facet: Type.String(),
      modelVersion: Type.Integer(),
      failureProbability: Share(
        'Upper bound of the probability that the share of wrong labels exceeds a budget',
      ),
      coverage: Share('Share of posts assigned a label under all budgets'),
      budget: Type.Object(threshold, {
        description: 'All labels except those with a threshold of their own',
      }),
      dear: Type.Optional(
        Type.Object(
          { ...threshold, labels: Type.Array(Type.String()) },
          {
            description:
              'With costs: labels that may cost more than an ordinary mistake, which are tested apart from the others',
          },
        ),
      ),
      labels: Type.Array(
        Type.Object({
          label: Type.String(),
          ...threshold,
          bound: Type.String({
            enum: ['own', 'facet'],
            description: '`facet`: the threshold of the facet applies because the label has too few cases',
          }),
          reason: Type.Optional(Type.String({ enum: ['too-few-cases'] })),
          needed: Type.Optional(Type.Integer({ description: 'Cases needed for a threshold of its own' })),
        }),
        { description: 'Labels with a budget of their own' },
      ),
      costs: Type.Optional(
        Type.Array(Type.Object({ truth: Type.String(), given: Type.String(), cost: Type.Number() }), {
          description: 'Costs that the model in force decides by; absent if all mistakes cost the same',
        }),
      ),
      sentence: Type.Object({ en: Type.String(), fr: Type.String() }),
    },
    { examples: [example] },
  ),
)

/** What risk budgets cost. */
export function budgetRoutes(deps: {
  readonly facets: FacetStore
  readonly registry: ModelRegistry
}): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/models/:facet/budgets',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getBudgetCost',
          summary: 'Get the cost of the risk budgets of a facet, present or hypothetical',
          description:
            'Changes nothing. Set budgets at `/api/facets/{facet}` and `/api/facets/{facet}/labels/{label}`.',
          tags: ['models'],
          params: Type.Object({ facet: Type.String() }),
          querystring: Type.Object({
            riskBudget: Type.Optional(Share('Hypothetical budget of the facet')),
            label: Type.Optional(
              Type.String({ maxLength: 200, description: 'Label to which `labelBudget` applies' }),
            ),
            labelBudget: Type.Optional(Share('Hypothetical budget of `label`')),
          }),
          response: { 200: BudgetCostSchema },
        },
      },
      ({ params, query }) => budgetCost(deps, { ...params, ...query }),
    )
  }
}
