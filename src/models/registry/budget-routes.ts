import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { FacetStore } from '../../labels/facet-store.ts'
import { type BudgetCost, budgetCost } from './budget-cost.ts'
import type { ModelRegistry } from './model-registry.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const

const Share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })

const threshold = {
  budget: Share('Largest share of wrong labels wanted among those assigned'),
  threshold: Type.Number({ description: 'Least confidence at which a label is assigned; above 1: never' }),
  cases: Type.Integer({ description: 'Posts, unseen when they were predicted, that the threshold rests on' }),
  coverage: Share('Share of those at or above the threshold'),
  assigned: Type.Integer({ description: 'Those at or above the threshold' }),
  wrong: Type.Integer({ description: 'Wrong ones among them' }),
  upperBound: Share('Exact upper bound of the share of wrong ones'),
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
    en: 'With at most 5% wrong among what is assigned, 81% of posts are assigned a label; people decide on the others.',
    fr: 'Avec au plus 5\u00a0% d’erreurs parmi ce qui est attribué, 81\u00a0% des messages reçoivent une étiquette\u202f; les autres sont laissés à l’équipe.',
  },
}

const BudgetCostSchema = Type.Unsafe<BudgetCost>(
  Type.Object(
    {
      facet: Type.String(),
      modelVersion: Type.Integer(),
      failureProbability: Share(
        'Probability, at most, that the share of wrong labels is above a budget after all',
      ),
      coverage: Share('Share of posts that are assigned a label, all budgets together'),
      budget: Type.Object(threshold, { description: 'Of all labels but those with a bound of their own' }),
      labels: Type.Array(
        Type.Object({
          label: Type.String(),
          ...threshold,
          bound: Type.String({
            enum: ['own', 'facet'],
            description: '`facet`: too few cases for a bound of its own',
          }),
          reason: Type.Optional(Type.String({ enum: ['too-few-cases'] })),
          needed: Type.Optional(Type.Integer({ description: 'Cases that a bound of its own takes' })),
        }),
        { description: 'Labels with a budget of their own' },
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
          summary: 'What the risk budgets of a facet cost, or what others would',
          description:
            'Changes nothing. Budgets are set at `/api/facets/{facet}` and `/api/facets/{facet}/labels/{label}`.',
          tags: ['models'],
          params: Type.Object({ facet: Type.String() }),
          querystring: Type.Object({
            riskBudget: Type.Optional(Share('As if the facet’s were this')),
            label: Type.Optional(
              Type.String({ maxLength: 200, description: 'As if this label had `labelBudget`' }),
            ),
            labelBudget: Type.Optional(Share('As if `label` had this')),
          }),
          response: { 200: BudgetCostSchema },
        },
      },
      ({ params, query }) => budgetCost(deps, { ...params, ...query }),
    )
  }
}
