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
          summary: 'How good a model is on threads drawn at random and labelled blind',
          description:
            'Accuracy, coverage, wrong labels and misroutes with 95 % intervals, also by language and label, of threads that the caller may see.',
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
          summary: 'French and English side by side',
          description:
            'Accuracy, calibration and coverage of the version in force, and whether they differ beyond noise.',
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
          summary: 'What more labels of a facet would gain',
          description:
            'The learning curve as measured after the last activation that had enough new labels, what each version was found to be, and whether to go on labelling.',
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
          summary: 'What supervisors should look at, newest first',
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
