import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { budgetPrices } from './budget-prices.ts'
import * as budgets from './budget-schemas.ts'
import { comparedThreads, comparePredictionsOf } from './compare-predictions.ts'
import { confusionMatrix } from './confusion-matrix.ts'
import type { VersionFigureDeps } from './deps.ts'
import { labelReport } from './label-figures.ts'
import { confusedThreads } from './predicted-threads.ts'
import * as predictions from './prediction-schemas.ts'
import { reliabilityDiagram } from './reliability-diagram.ts'
import { riskCoverage } from './risk-coverage.ts'
import * as schemas from './version-schemas.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const

/** Figures of a model version's held-out predictions over HTTP. */
export function versionFigureRoutes(deps: VersionFigureDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/models/:facet/versions/:version/labels',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getVersionLabels',
          summary: 'Get precision, recall, examples and the next step of each label',
          description: 'By held-out predictions of threads that the caller may see.',
          tags: ['models'],
          params: schemas.VersionParams,
          response: { 200: predictions.LabelReportSchema },
        },
      },
      ({ params, actor }) => labelReport(deps, { ...params, reader: actor.audience }),
    )

    app.get(
      '/models/:facet/versions/:version/confusion',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getConfusionMatrix',
          summary: 'Get the confusion matrix of a model version',
          description: 'By held-out predictions of threads that the caller may see, assigned or not.',
          tags: ['models'],
          params: schemas.VersionParams,
          response: { 200: predictions.ConfusionSchema },
        },
      },
      ({ params, actor }) => confusionMatrix(deps, { ...params, reader: actor.audience }),
    )

    app.get(
      '/models/:facet/versions/:version/confusion/threads',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listConfusedThreads',
          summary:
            'List the threads of a cell, row or column of the confusion matrix, or of a range of confidences',
          description: 'Those predicted with the highest confidence first.',
          tags: ['models'],
          params: schemas.VersionParams,
          querystring: schemas.CellQuery,
          response: { 200: predictions.PredictedThreadPage },
        },
      },
      ({ params, query, actor }) => confusedThreads(deps, { ...params, ...query, reader: actor.audience }),
    )

    app.get(
      '/models/:facet/versions/:version/reliability',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getReliability',
          summary: 'Get the reliability diagram of a model version',
          description: 'How often held-out predictions are right, by their confidence.',
          tags: ['models'],
          params: schemas.VersionParams,
          querystring: schemas.BinsQuery,
          response: { 200: budgets.ReliabilitySchema },
        },
      },
      ({ params, query: { bins = 10 }, actor }) =>
        reliabilityDiagram(deps, { ...params, bins, reader: actor.audience }),
    )

    app.get(
      '/models/:facet/versions/:version/risk-coverage',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getRiskCoverage',
          summary: 'Get the risk–coverage curve of a model version',
          description:
            'The share of wrong labels for any share of posts that are assigned one. Like budgets, it rests on all held-out predictions.',
          tags: ['models'],
          params: schemas.VersionParams,
          response: { 200: budgets.RiskCoverageSchema },
        },
      },
      ({ params }) => riskCoverage(deps, params),
    )

    app.get(
      '/models/:facet/versions/:version/budgets',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getBudgetPrices',
          summary: 'Get what risk budgets give and cost with a model version, in posts a day',
          description:
            'Changes nothing. Set the budget at `/api/facets/{facet}`. Posts are those that the caller may see.',
          tags: ['models'],
          params: schemas.VersionParams,
          querystring: schemas.PricesQuery,
          response: { 200: budgets.PricesSchema },
        },
      },
      ({ params, query: { budget: budgets, source }, actor }) =>
        budgetPrices(deps, { ...params, budgets, source, actor }),
    )

    app.get(
      '/models/:facet/versions/:version/comparisons/:other',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'compareModelVersions',
          summary: 'Compare the held-out predictions of two model versions',
          description: 'On examples that the caller may see and that had the same label in both trainings.',
          tags: ['models'],
          params: schemas.ComparisonParams,
          response: { 200: predictions.ComparisonSchema },
        },
      },
      ({ params, actor }) => comparePredictionsOf(deps, { ...params, reader: actor.audience }),
    )

    app.get(
      '/models/:facet/versions/:version/comparisons/:other/threads',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listComparedThreads',
          summary: 'List the threads that two model versions predict differently',
          description: 'Those that the version predicts with the highest confidence first.',
          tags: ['models'],
          params: schemas.ComparisonParams,
          querystring: schemas.ChangeQuery,
          response: { 200: predictions.ComparedThreadPage },
        },
      },
      ({ params, query: { change = 'different', ...page }, actor }) =>
        comparedThreads(deps, { ...params, ...page, change, reader: actor.audience }),
    )
  }
}
