import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CATEGORY } from '../labels/facet.ts'
import { auditReport } from './audit/audit-report.ts'
import { AuditQuery, AuditReportSchema } from './audit/audit-schemas.ts'
import type { InsightDeps } from './deps.ts'
import { parityReport } from './parity/parity-report.ts'
import { AlertPage, AlertQuery, FacetQuery, ParityReportSchema } from './parity/parity-schemas.ts'
import { savingsReport } from './savings/savings-report.ts'
import { SavingsQuery, SavingsReportSchema } from './savings/savings-schemas.ts'

const READERS = ['supervisor'] as const

/** Figures for supervisors over HTTP. */
export function figureRoutes(deps: InsightDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/insight/audit',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getAuditFigures',
          summary: 'Get the accuracy of a model on threads drawn at random and labelled blind',
          description:
            'Accuracy, coverage, wrong labels and misroutes with 95% intervals, also by language and label, on threads that the caller may see.',
          tags: ['insight'],
          querystring: AuditQuery,
          response: { 200: AuditReportSchema },
        },
      },
      ({ query: { facet = CATEGORY, judged = 'routed', ...period }, actor }) =>
        auditReport(deps, { facet, judged, ...period, reader: actor.audience }),
    )

    app.get(
      '/insight/parity',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getParity',
          summary: 'Compare accuracy in French and English',
          description:
            'Accuracy, calibration and coverage of the active version in each language, and whether the differences are significant.',
          tags: ['insight'],
          querystring: FacetQuery,
          response: { 200: ParityReportSchema },
        },
      },
      ({ query: { facet = CATEGORY }, actor }) => parityReport(deps, { facet, reader: actor.audience }),
    )

    app.get(
      '/insight/learning-curve',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getLearningCurve',
          summary: 'Predict the gain from more labels of a facet',
          description:
            'The learning curve as measured after the last activation with enough new labels, the figures of each version, and advice whether to go on labelling.',
          tags: ['insight'],
          querystring: SavingsQuery,
          response: { 200: SavingsReportSchema },
        },
      },
      ({ query: { facet = CATEGORY, more = 200 } }) => savingsReport(deps, { facet, more }),
    )

    app.get(
      '/insight/alerts',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listAlerts',
          summary: 'List alerts for supervisors, newest first',
          tags: ['insight'],
          querystring: AlertQuery,
          response: { 200: AlertPage },
        },
      },
      async ({ query: { facet, resolved = false, limit = 20, cursor }, actor }) => {
        const page = await deps.alerts.list({
          reader: actor.audience,
          resolved,
          limit,
          facetId: facet === undefined ? undefined : (await deps.facets.require(facet)).id,
          cursor,
        })
        return { ...page, items: [...page.items] }
      },
    )
  }
}
